import pytest
from django.urls import reverse

from tests.factories import UserFactory

SIGN_IN = reverse("account_login")


@pytest.fixture
def els(db):
    return UserFactory(
        name="Els Vandamme", email="els@demo.example", note="Coördinator in Heidebeke"
    )


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def choose(client, user):
    return client.post(reverse("accounts:demo_sign_in", args=[user.pk]))


def test_the_demo_shows_its_people_with_what_they_do(client, els, demo):
    page = client.get(SIGN_IN)

    assert "Kijk rond met een voorbeeldaccount" in page.text
    assert "Els Vandamme" in page.text
    assert "Coördinator in Heidebeke" in page.text


def test_nobody_is_shown_outside_the_demo(client, els):
    page = client.get(SIGN_IN)

    assert "voorbeeldaccount" not in page.text
    assert "Els Vandamme" not in page.text


def test_the_demo_shows_only_its_own_people(client, demo, db):
    UserFactory(name="Echte Persoon", email="echt@gemeente.be")
    UserFactory(name="Oude Persoon", email="oud@demo.example", is_active=False)

    page = client.get(SIGN_IN)

    assert "Echte Persoon" not in page.text
    assert "Oude Persoon" not in page.text


def test_a_visitor_of_the_demo_becomes_the_person_of_choice(client, els, demo):
    response = choose(client, els)

    assert response.url == reverse("projects:project_list")
    assert client.session["_auth_user_id"] == str(els.pk)


def test_outside_the_demo_choosing_a_person_does_not_exist(client, els):
    response = choose(client, els)

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_real_person_cannot_be_chosen_in_the_demo(client, demo, db):
    response = choose(client, UserFactory(email="echt@gemeente.be"))

    assert response.status_code == 404


def test_choosing_a_person_is_never_a_link(client, els, demo):
    response = client.get(reverse("accounts:demo_sign_in", args=[els.pk]))

    assert response.status_code == 405
