import pytest
from django.urls import reverse

PROFILE = reverse("accounts:profile_edit")


def test_somebody_changes_their_name(stranger_client, stranger):
    response = stranger_client.post(PROFILE, {"name": "Els Vandamme"}, follow=True)

    stranger.refresh_from_db()
    assert stranger.name == "Els Vandamme"
    assert "Je gegevens zijn bewaard." in response.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Els\x00"])
def test_a_name_that_will_not_do_changes_nothing(stranger_client, stranger, name):
    response = stranger_client.post(PROFILE, {"name": name})

    assert response.status_code == 200
    assert "<title>Fout: " in response.text
    stranger.refresh_from_db()
    assert stranger.name == "Onbekende"


def test_nobody_makes_themselves_administrator(stranger_client, stranger):
    data = {"name": "Els", "is_staff": "1", "email": "ander@voorbeeld.be", "note": "x"}

    stranger_client.post(PROFILE, data)

    before = stranger.email
    stranger.refresh_from_db()
    assert (stranger.is_staff, stranger.email, stranger.note) == (False, before, "")


@pytest.mark.parametrize(
    "route", ["account_change_password", "mfa_index", "account_logout"]
)
def test_the_profile_leads_to_signing_in_and_out(stranger_client, route):
    page = stranger_client.get(PROFILE)

    assert f'href="{reverse(route)}"' in page.text
