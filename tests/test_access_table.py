"""Every route × method × persona × scope, plain and as a fragment, against the table.

Generated from the URLconf and lpk_site.access_table. What each role may do is written out
here once more, by hand: a slip in projects.access cannot correct its own test.
"""

import re
from functools import cache

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.urls.resolvers import RegexPattern, URLResolver

from lpk_site.access_table import ACCESS_TABLE, Audience
from tests.factories import ConversationFactory
from tests.world import (
    DECLARED,
    MISSING,
    PERSONA_ROLES,
    PROJECT_ROUTES,
    ROUTES,
    Persona,
    Scope,
    ask,
    every_kwargs,
    is_of_project,
    is_public,
    routes,
    undone,
)

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

MAY = {
    Persona.COORDINATOR: {"follow", "view", "contribute", "enter", "manage"},
    Persona.GRASSROOTS: {"follow", "view", "contribute", "enter"},
    Persona.MEMBER: {"follow", "view", "contribute"},
    Persona.SUPPORTER: {"follow"},
}

# Outside the demo nobody can choose a person to be.
ABSENT_OUTSIDE_DEMO = {"accounts:demo_sign_in"}

# About a second step that the stranger has not switched on.
NEEDS_SECOND_STEP = {
    "mfa_deactivate_totp": ("GET", "HEAD", "OPTIONS", "POST"),
    "mfa_download_recovery_codes": ("GET", "HEAD", "OPTIONS"),
    "mfa_view_recovery_codes": ("GET", "HEAD"),
}

# Pages that show or change what stands on a raw sheet: capability alone is not enough,
# the sheet rule (P4, P8) also asks who entered it and how many people it speaks for.
SHEET_ROUTES = (
    "rechtencirkel:sheet_edit",
    "rechtencirkel:sheet_closing",
    "rechtencirkel:sheet_save_fields",
    "rechtencirkel:sheet_review",
    "rechtencirkel:conversation_hand_in",
    "rechtencirkel:conversation_edit",
    "rechtencirkel:conversation_delete",
    "rechtencirkel:conversation_read_back",
    "rechtencirkel:sheet_photos",
    "rechtencirkel:sheet_import",
    "rechtencirkel:sheet_import_confirm",
    "rechtencirkel:sheet_template_csv",
    "rechtencirkel:sheet_template_xlsx",
    "rechtencirkel:live_room",
    "rechtencirkel:live_screen",
    "rechtencirkel:live_show",
    "rechtencirkel:live_phones",
    "rechtencirkel:live_ballot",
)

# Called by a script that holds text: a stranger gets a bare 401.
SCRIPT_ROUTES = ("rechtencirkel:sheet_save_fields",)

# Pages of the one person who was appointed to read over (P7), here the coordinator:
# somebody else who enters sheets is told who it is.
APPOINTED_ROUTES = ("rechtencirkel:redaction_list", "rechtencirkel:redaction_edit")

PARENTS = {
    "agenda_item_id": "session_id",
    "conclusion_id": "session_id",
    "meeting_item_id": "meeting_id",
    "meeting_decision_id": "meeting_id",
    "photo_id": "conversation_id",
}


def expected_status(name, method, persona, scope):
    """Say what the declaration promises; "allowed" is every code that is no refusal."""
    rule = ACCESS_TABLE[name]
    if persona == Persona.ANONYMOUS and not is_public(name):
        return 401 if name in SCRIPT_ROUTES else "sign in"
    if method not in rule.methods:
        return 405
    if name in ABSENT_OUTSIDE_DEMO:
        return 404
    if persona == Persona.STRANGER and method in NEEDS_SECOND_STEP.get(name, ()):
        return 404
    if rule.asks == Audience.PLATFORM_ADMIN:
        return "allowed" if persona == Persona.PLATFORM_ADMIN else 404
    if isinstance(rule.asks, Audience):
        return "allowed"
    if persona not in MAY or scope != Scope.OWN:
        return 404
    is_appointed = persona == Persona.COORDINATOR or name not in APPOINTED_ROUTES
    return "allowed" if rule.asks in MAY[persona] and is_appointed else 403


def is_as_expected(expected, answer, *, htmx):
    if expected == "allowed":
        return answer.status < 500 and answer.status not in (401, 403, 404, 405)
    if expected != "sign in":
        return answer.status == expected
    if htmx:
        door = answer.response.headers.get("HX-Redirect", "")
        return answer.status == 401 and door == reverse("account_login")
    to = answer.response.headers.get("Location", "")
    return answer.status == 302 and to.startswith(f"{reverse('account_login')}?next=")


def undeclared(listed, table):
    return sorted(route.name for route in listed if route.name not in table)


def body_of(answer):
    """Return the page without what differs at every request: tokens and nonces."""
    text = answer.response.content.decode(errors="replace")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text)


# --- the table itself -------------------------------------------------------


def test_every_route_is_declared():
    assert undeclared(ROUTES.values(), ACCESS_TABLE) == []


def test_an_undeclared_route_is_found():
    toy = path("stiekem/", lambda request: HttpResponse(), name="toy")
    resolver = URLResolver(RegexPattern(r"^/"), [toy])

    found = undeclared(routes(resolver), ACCESS_TABLE)

    assert found == ["toy"]


def test_no_rule_without_a_route():
    assert sorted(set(ACCESS_TABLE) - set(ROUTES)) == []


def test_a_route_asks_for_a_role_exactly_when_it_belongs_to_a_project():
    of_project = {name for name in DECLARED if "project_id" in ROUTES[name].kwargs}

    assert of_project == {name for name in DECLARED if is_of_project(name)}


# --- the walk ---------------------------------------------------------------


@pytest.mark.parametrize("name", DECLARED)
def test_every_method_answers_as_declared_to_everybody(world, name):
    scopes = list(Scope) if is_of_project(name) else [Scope.OWN]
    client = Client(raise_request_exception=False)

    surprises = [
        f"{method}{' htmx' if htmx else ''} as {persona}, {scope}: "
        f"{answer}, expected {expected}"
        for scope in scopes
        for url in [world.url(name, scope)]
        for persona in Persona
        for method in METHODS
        for expected in [expected_status(name, method, persona, scope)]
        for htmx in (False, True)
        for answer in [
            ask(client, method, url, cookies=world.cookies(persona), htmx=htmx)
        ]
        if not is_as_expected(expected, answer, htmx=htmx)
    ]

    assert surprises == []


@pytest.mark.parametrize("name", PROJECT_ROUTES)
def test_a_project_of_others_looks_exactly_like_no_project(world, name):
    method = next(m for m in ("GET", "POST") if m in ACCESS_TABLE[name].methods)
    client = Client(raise_request_exception=False)

    def page(scope, persona, **changed):
        url = world.url(name, scope, **changed)
        return ask(client, method, url, cookies=world.cookies(persona))

    different = [
        f"{persona}, {scope}"
        for persona in Persona
        if persona != Persona.ANONYMOUS
        for missing in [body_of(page(Scope.OWN, persona, project_id=MISSING))]
        for scope in (Scope.SAME_MUNICIPALITY, Scope.OTHER_MUNICIPALITY)
        if body_of(page(scope, persona)) != missing
    ]

    assert different == []


@pytest.mark.parametrize(
    "name", [name for name in PROJECT_ROUTES if ROUTES[name].children]
)
def test_a_row_of_another_project_is_not_found_under_my_own(world, name):
    client = Client(raise_request_exception=False)
    own = world.kwargs(name)
    forged = [
        own | {key: world.kwargs(name, scope)[key]}
        for scope in (Scope.SAME_MUNICIPALITY, Scope.OTHER_MUNICIPALITY)
        for key in ROUTES[name].children
    ] + [own | {key: MISSING} for key in ROUTES[name].children]

    answers = {
        f"{method} {kwargs}": ask(
            client,
            method,
            reverse(name, kwargs=kwargs),
            cookies=world.cookies(Persona.COORDINATOR),
        ).status
        for kwargs in forged
        for method in ACCESS_TABLE[name].methods
    }

    assert {key: code for key, code in answers.items() if code != 404} == {}


@pytest.mark.parametrize(
    "name", [name for name in PROJECT_ROUTES if ROUTES[name].kwargs & PARENTS.keys()]
)
def test_a_row_is_not_found_under_another_row_than_its_own(world, name):
    client = world.client(Persona.COORDINATOR)
    own = world.kwargs(name)
    parent = PARENTS[next(key for key in own if key in PARENTS)]
    others = {
        "session_id": world.own.dialogue_sessions,
        "meeting_id": world.own.meetings,
        "conversation_id": world.own.conversations,
    }[parent].exclude(pk=own[parent])

    codes = {
        ask(client, method, world.url(name, **{parent: other.pk})).status
        for other in others
        for method in ACCESS_TABLE[name].methods
    }

    assert codes == {404}


@pytest.mark.parametrize("name", PROJECT_ROUTES)
def test_no_state_of_a_row_breaks_a_page(world, name):
    client = world.client(Persona.COORDINATOR)
    methods = [m for m in ("GET", "POST") if m in ACCESS_TABLE[name].methods]

    broken = [
        f"{method} {kwargs}: {answer}"
        for kwargs in every_kwargs(name, world.own)
        for method in methods
        for answer in [ask(client, method, reverse(name, kwargs=kwargs))]
        if answer.status >= 500 or answer.status in (401, 405)
    ]

    assert broken == []


# --- the sheet rule ---------------------------------------------------------


@cache
def sheet_rule(persona, entered_by, people):
    """P4, P8: whoever entered it, and the coordinator when it speaks for a group."""
    if "enter" not in MAY[persona]:
        return False
    return persona == entered_by or (persona == Persona.COORDINATOR and people >= 5)


@pytest.mark.parametrize("people", [1, 4, 5, 12])
@pytest.mark.parametrize("name", SHEET_ROUTES)
def test_a_raw_sheet_opens_for_who_entered_it_and_for_the_coordinator_of_a_group(
    world, name, people
):
    client = Client(raise_request_exception=False)
    method = ACCESS_TABLE[name].methods[0]
    surprises = []

    with undone():
        writers = {persona: world.users[persona] for persona in PERSONA_ROLES}
        writers["somebody else"] = (
            world.projects[Scope.OTHER_MUNICIPALITY].memberships.first().user
        )
        for entered_by, user in writers.items():
            draft = ConversationFactory(
                project=world.own, entered_by=user, people=people, filled=True
            )
            url = world.url(name, conversation_id=draft.pk)
            for persona in PERSONA_ROLES:
                answer = ask(client, method, url, cookies=world.cookies(persona))
                opens = answer.status not in (403, 404) and answer.status < 500
                if opens != sheet_rule(persona, entered_by, people):
                    surprises.append(f"{persona}, entered by {entered_by}: {answer}")

    assert surprises == []


# --- the admin of Django ----------------------------------------------------


@pytest.mark.parametrize("persona", Persona)
def test_only_the_platform_administrator_enters_the_admin(world, persona):
    answer = ask(world.client(persona), "GET", reverse("admin:index"))

    assert (answer.status == 200) == (persona == Persona.PLATFORM_ADMIN)
