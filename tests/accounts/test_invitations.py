import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.services import accept_invitation, find_invitation, invite
from tests.factories import PASSWORD, InvitationFactory, UserFactory

NEW = "rode fiets aan de vaart"


@pytest.fixture
def invited(db, django_capture_on_commit_callbacks):
    """Invite Els and give the path in her mail."""

    def send():
        with django_capture_on_commit_callbacks(execute=True):
            invite(email="Els@Voorbeeld.be", name="Els Vandamme", invited_by=None)
        (line,) = [x for x in mail.outbox[-1].body.splitlines() if "http" in x]
        return line.removeprefix("http://testserver")

    return send


def choose(client, path, password=NEW, repeated=NEW):
    return client.post(path, {"password": password, "repeated": repeated})


def test_an_invitation_opens_an_account_and_signs_in(client, invited):
    path = invited()

    response = choose(client, path)

    assert response.url == reverse("projects:project_list")
    els = User.objects.get()
    assert els.check_password(NEW)
    assert client.session["_auth_user_id"] == str(els.pk)


def test_the_mail_says_what_to_do_in_plain_text(invited):
    invited()

    (message,) = mail.outbox
    assert message.to == ["els@voorbeeld.be"]
    assert message.body.startswith("Dag Els\n")
    assert "7 dagen" in message.body
    assert not message.alternatives


def test_the_page_greets_whoever_is_invited(client, invited):
    response = client.get(invited())

    assert "Welkom, Els" in response.text
    assert "els@voorbeeld.be" in response.text


def test_an_invitation_works_once(client, invited):
    path = invited()
    choose(client, path)
    client.logout()

    again = choose(client, path, "een ander wachtwoord", "een ander wachtwoord")

    assert again.status_code == 410
    assert User.objects.get().check_password(NEW)


def test_of_two_accepts_at_once_one_wins(db):
    invitation = InvitationFactory(token="geheim")
    first, second = find_invitation("geheim"), find_invitation("geheim")

    accept_invitation(invitation=first, password=NEW)
    with pytest.raises(ValidationError, match="al gebruikt"):
        accept_invitation(invitation=second, password="de tweede was te laat")

    invitation.user.refresh_from_db()
    assert invitation.user.check_password(NEW)


def test_who_was_too_late_reads_why(client, db, monkeypatch):
    stale = InvitationFactory(token="geheim")
    accept_invitation(invitation=stale, password=NEW)
    monkeypatch.setattr("accounts.views.find_invitation", lambda token: stale)

    response = choose(client, reverse("accounts:invitation_accept", args=["geheim"]))

    assert response.status_code == 410


@pytest.mark.parametrize("state", ["expired", "accepted"])
def test_an_old_invitation_opens_nothing(client, db, state):
    InvitationFactory(token="geheim", **{state: True})

    response = client.get(reverse("accounts:invitation_accept", args=["geheim"]))

    assert response.status_code == 410
    assert "werkt niet meer" in response.text


def test_a_second_invitation_voids_the_first(client, invited):
    first, second = invited(), invited()

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert User.objects.count() == 1


def test_an_invitation_never_opens_an_account_with_a_password(client, db):
    invitation = InvitationFactory(token="geheim")
    invitation.user.set_password(PASSWORD)
    invitation.user.save()

    response = choose(client, reverse("accounts:invitation_accept", args=["geheim"]))

    assert response.status_code == 410
    invitation.user.refresh_from_db()
    assert invitation.user.check_password(PASSWORD)


def test_somebody_with_a_password_gets_no_link(db, django_capture_on_commit_callbacks):
    user = UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        found = invite(email=user.email, name="Iemand anders", invited_by=None)

    assert found == user
    assert not mail.outbox


def test_somebody_whose_account_is_off_gets_in_no_longer(client, db):
    InvitationFactory(token="geheim", user__is_active=False)

    response = client.get(reverse("accounts:invitation_accept", args=["geheim"]))

    assert response.status_code == 410


@pytest.mark.parametrize(
    ("password", "repeated", "sentence"),
    [
        ("kort", "kort", "te kort"),
        ("els@voorbeeld.be", "els@voorbeeld.be", "lijkt te veel op"),
        ("Els Vandamme 1", "Els Vandamme 1", "lijkt te veel op"),
        ("qwertyuiop123", "qwertyuiop123", "te bekend"),
        (NEW, "iets anders helemaal", "niet gelijk"),
        ("", "", "Vul dit nog in."),
    ],
)
def test_a_password_that_will_not_do(client, invited, password, repeated, sentence):
    path = invited()

    response = choose(client, path, password, repeated)

    assert response.status_code == 200
    assert "<title>Fout: " in response.text
    assert sentence in response.text
    assert not User.objects.get().has_usable_password()


def test_the_database_does_not_know_the_secret(invited):
    path = invited()

    stored = User.objects.get().invitations.get()

    assert stored.token_hash not in path
    assert len(stored.token_hash) == 64
