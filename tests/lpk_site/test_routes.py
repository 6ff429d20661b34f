import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import path

from lpk_site import access_table, checks
from lpk_site.access_table import ACCESS_TABLE, READ, Audience, Rule
from lpk_site.routes import all_routes

ROOT = Path(__file__).resolve().parents[2]


def printed(*arguments):
    output = StringIO()
    call_command("list_routes", *arguments, stdout=output)
    return output.getvalue()


def page(request):
    return HttpResponse()


def test_every_route_is_declared():
    assert checks.every_route_is_declared(None) == []


def test_a_page_that_nobody_declared_stops_the_start(settings, monkeypatch):
    urlconf = type("urls", (), {"urlpatterns": [path("geheim/", page, name="geheim")]})
    settings.ROOT_URLCONF = urlconf
    monkeypatch.setattr("lpk_site.routes.ACCESS_TABLE", {})

    (error,) = checks.every_route_is_declared(None)

    assert error.id == "lpk_site.E001"
    assert error.msg == "Niemand bepaalde wie geheim mag openen (/geheim/)."


def test_a_page_without_a_name_cannot_be_declared(settings, monkeypatch):
    urlconf = type("urls", (), {"urlpatterns": [path("los/", page)]})
    settings.ROOT_URLCONF = urlconf
    monkeypatch.setattr("lpk_site.routes.ACCESS_TABLE", {})

    (error,) = checks.every_route_is_declared(None)

    assert "/los/ (geen naam)" in error.msg


def test_a_rule_for_a_page_that_is_gone_stops_the_start(monkeypatch):
    rule = Rule(READ, Audience.EVERYBODY)
    monkeypatch.setitem(access_table.ACCESS_TABLE, "oude_bladzijde", rule)

    (error,) = checks.every_route_is_declared(None)

    assert error.id == "lpk_site.E002"
    assert "oude_bladzijde" in error.msg


def test_the_time_limits_agree():
    assert checks.time_limits_agree(None) == []


@pytest.mark.parametrize(
    ("soft", "hard", "options", "sentence"),
    [
        (120, 120, {}, "CELERY_TASK_SOFT_TIME_LIMIT (120) moet korter zijn"),
        (90, 120, {"visibility_timeout": 60}, "dan visibility_timeout (60)"),
    ],
)
def test_time_limits_that_contradict_stop_the_start(
    settings, soft, hard, options, sentence
):
    settings.CELERY_TASK_SOFT_TIME_LIMIT = soft
    settings.CELERY_TASK_TIME_LIMIT = hard
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options

    (error,) = checks.time_limits_agree(None)

    assert sentence in error.msg


def test_the_access_document_is_what_the_code_says():
    document = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")

    assert printed("--markdown") == document


def test_the_list_holds_every_declared_route_with_its_roles():
    listed = {route["name"]: route for route in json.loads(printed("--json"))}

    assert set(listed) == {*ACCESS_TABLE, "admin:*"}
    assert listed["rechtencirkel:wheel"] == {
        "name": "rechtencirkel:wheel",
        "path": "/projecten/<int:project_id>/rechtencirkel/",
        "methods": ["GET", "HEAD"],
        "asks": "follow",
        "roles": ["coordinator", "grassroots", "member", "supporter"],
    }


def test_the_list_reads_as_text():
    text = printed()

    assert "projects:membership_list" in text
    assert len(text.splitlines()) == 2 * len(all_routes())


def test_a_route_without_a_rule_is_listed_as_such(monkeypatch):
    monkeypatch.setattr("lpk_site.routes.ACCESS_TABLE", {})

    first = printed().splitlines()[:2]
    (home, *_) = json.loads(printed("--json"))

    assert first[1].strip() == "niet aangegeven"
    assert (home["methods"], home["asks"]) == ([], None)
