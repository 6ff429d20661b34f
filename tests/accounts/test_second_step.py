import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory

ACTIVATE = reverse("mfa_activate_totp")
CODE_PAGE = reverse("mfa_authenticate")
MOMENT = 42


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """Stop the clock of the codes, so that none expires halfway."""
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([MOMENT]))


@pytest.fixture
def els(db):
    return UserFactory(email="els@voorbeeld.be")


@pytest.fixture
def protected(els):
    """Give Els a second step and return its secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(els, secret)
    return secret


def code_of(secret, moment=MOMENT):
    return auth.format_hotp_value(auth.hotp_value(secret, moment))


def wrong_code_of(secret):
    return code_of(secret, MOMENT + 1)


def sign_in(client):
    return client.post(
        reverse("account_login"), {"login": "els@voorbeeld.be", "password": PASSWORD}
    )


def confirm(client, path):
    """Open a page that first asks for the password, and follow to it."""
    asked = client.get(path)
    return client.post(asked.url, {"password": PASSWORD}, follow=True)


def test_the_second_step_is_switched_on_with_a_code(client, els):
    client.force_login(els)
    page = confirm(client, ACTIVATE)
    (secret,) = re.findall(r"<code[^>]*>(\w+)</code>", page.text)

    done = client.post(ACTIVATE, {"code": code_of(secret)}, follow=True)

    assert "Je herstelcodes" in done.text
    assert len(re.findall(r"<li><code", done.text)) == 10
    assert Authenticator.objects.filter(user=els, type="totp").exists()


def test_the_drawing_for_the_app_stands_in_the_page_itself(client, els):
    client.force_login(els)

    page = confirm(client, ACTIVATE)

    assert "data:" not in page.text
    assert "<?xml" not in page.text
    assert re.search(r'role="img"[^>]*><svg [^>]*viewBox="0 0', page.text)
    assert "style=" not in page.text


def test_it_is_not_switched_on_with_a_wrong_code(client, els):
    client.force_login(els)
    page = confirm(client, ACTIVATE)
    (secret,) = re.findall(r"<code[^>]*>(\w+)</code>", page.text)

    response = client.post(ACTIVATE, {"code": wrong_code_of(secret)})

    assert "<title>Fout: " in response.text
    assert "Deze code klopt niet." in response.text
    assert secret in response.text
    assert not Authenticator.objects.exists()


def test_it_can_be_switched_on_after_a_forgotten_password(client, els):
    client.post(reverse("account_reset_password"), {"email": els.email})
    client.force_login(els)

    page = confirm(client, ACTIVATE)

    assert "Tweede stap aanzetten" in page.text


def test_signing_in_asks_for_the_code(client, protected):
    first = sign_in(client)
    waiting = "_auth_user_id" not in client.session

    second = client.post(CODE_PAGE, {"code": code_of(protected)})

    assert first.url == CODE_PAGE
    assert waiting
    assert second.url == reverse("projects:project_list")
    assert "_auth_user_id" in client.session


def test_a_wrong_code_does_not_sign_in(client, protected):
    sign_in(client)

    response = client.post(CODE_PAGE, {"code": wrong_code_of(protected)})

    assert "Deze code klopt niet." in response.text
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(client, protected):
    sign_in(client)
    client.post(CODE_PAGE, {"code": code_of(protected)})
    client.post(reverse("account_logout"))
    sign_in(client)

    response = client.post(CODE_PAGE, {"code": code_of(protected)})

    assert "Deze code klopt niet." in response.text


def test_guessing_codes_is_slowed_down(client, protected):
    sign_in(client)
    for _ in range(5):
        client.post(CODE_PAGE, {"code": wrong_code_of(protected)})

    response = client.post(CODE_PAGE, {"code": code_of(protected)})

    assert "Je probeerde te veel keer" in response.text


def test_a_recovery_code_replaces_the_phone(client, els, protected):
    codes = RecoveryCodes.activate(els).get_unused_codes()
    sign_in(client)

    response = client.post(CODE_PAGE, {"code": codes[0]})

    assert response.url == reverse("projects:project_list")


def test_a_new_password_does_not_skip_the_second_step(
    client, els, protected, mailoutbox
):
    client.post(reverse("account_reset_password"), {"email": els.email})
    (link,) = re.findall(r"http://testserver(\S+)", mailoutbox[0].body)
    new = {
        "password1": "rode fiets aan de vaart",
        "password2": "rode fiets aan de vaart",
    }

    client.post(client.get(link).url, new)

    assert "_auth_user_id" not in client.session


def test_halfway_somebody_can_stop(client, protected):
    sign_in(client)
    page = client.get(CODE_PAGE)

    response = client.post(reverse("account_logout"))

    assert f'action="{reverse("account_logout")}"' in page.text
    assert response.url == reverse("account_login")
    assert client.get(reverse("account_login")).status_code == 200


def test_the_code_page_means_nothing_before_the_password(client, db):
    assert client.get(CODE_PAGE).url == reverse("account_login")


def test_the_second_step_is_switched_off_again(client, els, protected):
    RecoveryCodes.activate(els)
    client.force_login(els)
    path = reverse("mfa_deactivate_totp")
    asked = confirm(client, path)

    done = client.post(path, follow=True)

    assert "Zet uit" in asked.text
    assert "De tweede stap staat uit." in done.text
    assert not Authenticator.objects.filter(user=els).exists()


def test_recovery_codes_are_shown_kept_and_renewed(client, els, protected):
    old = RecoveryCodes.activate(els).get_unused_codes()
    client.force_login(els)

    shown = confirm(client, reverse("mfa_view_recovery_codes"))
    file = client.get(reverse("mfa_download_recovery_codes"))
    asked = client.get(reverse("mfa_generate_recovery_codes"))
    renewed = client.post(reverse("mfa_generate_recovery_codes"), follow=True)

    assert old[0] in shown.text
    assert file.headers["Content-Type"].startswith("text/plain")
    assert old[0] in file.text
    assert "De 10 codes die je nu hebt" in asked.text
    assert old[0] not in renewed.text


def test_recovery_codes_need_a_second_step(client, els):
    client.force_login(els)
    path = reverse("mfa_generate_recovery_codes")
    confirm(client, path)

    response = client.post(path)

    assert "Zet eerst de tweede stap aan." in response.text


def test_who_has_used_all_codes_reads_so(client, els, protected):
    codes = RecoveryCodes.activate(els)
    for code in codes.get_unused_codes():
        codes.validate_code(code)
    client.force_login(els)

    page = confirm(client, reverse("mfa_view_recovery_codes"))

    assert "Je hebt al je codes gebruikt." in page.text


def test_somebody_confirms_with_a_code_instead_of_the_password(client, els, protected):
    client.force_login(els)
    asked = client.get(reverse("mfa_deactivate_totp"), follow=True)
    way = re.findall(r'href="([^"]+bevestigen[^"]*)"', asked.text)[0].replace(
        "&amp;", "&"
    )

    page = client.get(way)
    wrong = client.post(way, {"code": wrong_code_of(protected)})
    right = client.post(way, {"code": code_of(protected)}, follow=True)

    assert "typ daarom een code".casefold() in page.text.casefold()
    assert "Deze code klopt niet." in wrong.text
    assert "Tweede stap uitzetten" in right.text


def test_a_wrong_password_confirms_nothing(client, els):
    client.force_login(els)
    asked = client.get(ACTIVATE)

    response = client.post(asked.url, {"password": "iets anders helemaal"})

    assert "Dit wachtwoord klopt niet." in response.text


@pytest.mark.parametrize("is_on", [True, False])
def test_the_overview_says_whether_it_is_on(client, els, is_on):
    if is_on:
        auth.TOTP.activate(els, auth.generate_totp_secret())
    client.force_login(els)

    page = client.get(reverse("mfa_index"))

    assert ("Staat aan" if is_on else "Staat uit") in page.text
