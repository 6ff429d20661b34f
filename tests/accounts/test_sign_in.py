import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory

NEW = "rode fiets aan de vaart"
SIGN_IN = reverse("account_login")
FORGOTTEN = reverse("account_reset_password")


@pytest.fixture
def els(db):
    return UserFactory(name="Els Vandamme", email="els@voorbeeld.be")


def sign_in(client, email="els@voorbeeld.be", password=PASSWORD, path=SIGN_IN):
    return client.post(path, {"login": email, "password": password})


def without_tokens(html):
    return re.sub(r'value="\w{64}"', "", html)


def reset_path(client, email="els@voorbeeld.be"):
    client.post(FORGOTTEN, {"email": email})
    (link,) = re.findall(r"http://testserver(\S+)", mail.outbox[-1].body)
    return link


def test_somebody_signs_in_and_sees_the_projects(client, els):
    response = sign_in(client)

    assert response.url == reverse("projects:project_list")
    assert client.session["_auth_user_id"] == str(els.pk)


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account/mijn-gegevens/", "/account/mijn-gegevens/"),
        ("https://elders.example/", reverse("projects:project_list")),
    ],
)
def test_signing_in_leads_back_to_where_somebody_was(client, els, wanted, reached):
    response = sign_in(client, path=f"{SIGN_IN}?next={wanted}")

    assert response.url == reached


def test_capitals_in_the_address_do_not_matter(client, els):
    response = sign_in(client, email="Els@Voorbeeld.BE")

    assert response.status_code == 302


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, els):
    wrong = sign_in(client, password="iets anders helemaal")
    unknown = sign_in(client, email="niemand@voorbeeld.be")

    assert "<title>Fout: Aanmelden" in wrong.text
    assert "klopt niet" in wrong.text
    assert without_tokens(wrong.text) == without_tokens(unknown.text).replace(
        "niemand@voorbeeld.be", "els@voorbeeld.be"
    )


def test_after_five_wrong_passwords_even_the_right_one_waits(client, els):
    for _ in range(5):
        sign_in(client, password="iets anders helemaal")

    response = sign_in(client)

    assert "Je probeerde te veel keer" in response.text
    assert "_auth_user_id" not in client.session


def test_another_person_is_not_kept_waiting(client, els):
    UserFactory(email="nele@voorbeeld.be")
    for _ in range(5):
        sign_in(client, password="iets anders helemaal")

    response = sign_in(client, email="nele@voorbeeld.be")

    assert response.status_code == 302


def test_another_browser_or_a_forged_address_does_not_help(client, els):
    for number in range(5):
        client.post(
            SIGN_IN,
            {"login": els.email, "password": "iets anders"},
            headers={"X-Forwarded-For": f"10.0.0.{number}", "User-Agent": f"x{number}"},
        )

    response = sign_in(client)

    assert "Je probeerde te veel keer" in response.text


def test_guessing_on_and_on_is_answered_with_429(client, db):
    for _ in range(30):
        sign_in(client, email="", password="")

    response = sign_in(client, email="", password="")

    assert response.status_code == 429
    assert "Even wachten" in response.text


def test_an_account_that_is_off_does_not_get_in(client, els):
    els.is_active = False
    els.save(update_fields=["is_active"])

    response = client.get(sign_in(client).url)

    assert "_auth_user_id" not in client.session
    assert "Je account staat uit" in response.text


def test_who_is_signed_in_already_does_not_sign_in_again(client, els):
    client.force_login(els)

    assert client.get(SIGN_IN).url == reverse("projects:project_list")


def test_signing_out_asks_first_and_ends_the_session(client, els):
    client.force_login(els)

    asked = client.get(reverse("account_logout"))
    done = client.post(reverse("account_logout"), follow=True)

    assert "Meld je af" in asked.text
    assert "Je bent afgemeld." in done.text
    assert "_auth_user_id" not in client.session


def test_a_known_and_an_unknown_address_get_the_same_answer(client, els):
    known = client.post(FORGOTTEN, {"email": els.email}, follow=True)
    unknown = client.post(FORGOTTEN, {"email": "niemand@voorbeeld.be"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.text == unknown.text
    assert "Kijk in je mailbox" in known.text
    assert len(mail.outbox) == 2


def test_somebody_without_an_account_is_told_so_by_mail_only(client, db):
    client.post(FORGOTTEN, {"email": "niemand@voorbeeld.be"})

    (message,) = mail.outbox
    assert message.to == ["niemand@voorbeeld.be"]
    assert "Er is geen account met dit adres." in message.body
    assert "http" not in message.body


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, els):
    link = reset_path(client)
    form = client.get(link).url

    done = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)

    assert "Je wachtwoord is veranderd" in done.text
    els.refresh_from_db()
    assert els.check_password(NEW)
    assert "_auth_user_id" not in client.session
    assert "Deze link werkt niet meer" in client.get(link).text


def test_the_mail_about_a_forgotten_password_is_plain(client, els):
    reset_path(client)

    (message,) = mail.outbox
    assert message.subject == "Een nieuw wachtwoord voor de Rechtencirkel"
    assert message.body.startswith("Dag Els\n")
    assert "testserver/account/wachtwoord/nieuw/" in message.body
    assert not message.alternatives


def test_two_new_passwords_that_differ_are_refused(client, els):
    form = client.get(reset_path(client)).url

    response = client.post(form, {"password1": NEW, "password2": "iets anders"})

    assert "<title>Fout: " in response.text
    assert els.check_password(PASSWORD)


def test_a_broken_link_says_where_to_get_a_new_one(client, db):
    path = reverse("account_reset_password_from_key", args=["1", "x-y"])

    response = client.get(path)

    assert "Deze link werkt niet meer" in response.text
    assert FORGOTTEN in response.text


def test_a_new_password_ends_the_sessions_on_other_devices(client, els):
    other = type(client)()
    sign_in(other)
    sign_in(client)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        follow=True,
    )

    assert "Je wachtwoord is gewijzigd." in response.text
    profile = reverse("accounts:profile_edit")
    assert response.redirect_chain == [(profile, 302)]
    assert other.get(profile).status_code == 302


def test_changing_a_password_asks_for_the_old_one(client, els):
    client.force_login(els)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": "fout", "password1": NEW, "password2": NEW},
    )

    assert "Dit is niet je wachtwoord van nu." in response.text
    els.refresh_from_db()
    assert els.check_password(PASSWORD)


def test_somebody_without_a_password_chooses_one(client, db):
    user = UserFactory(password=None)
    client.force_login(user)

    page = client.get(reverse("account_change_password"), follow=True)
    done = client.post(
        reverse("account_set_password"),
        {"password1": NEW, "password2": NEW},
        follow=True,
    )

    assert "Wachtwoord kiezen" in page.text
    assert "Je wachtwoord is bewaard." in done.text
    user.refresh_from_db()
    assert user.check_password(NEW)
