"""The course of a project: phases that nothing locks, and chances (R6, R8)."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from improvement_actions.models import ImprovementAction
from kader.vocabulary import Phase, Werkpiste
from projects import services
from projects.course import steps_from
from projects.models import Opportunity, PhaseChange, Project
from tests.factories import (
    OpportunityFactory,
    OrganisationFactory,
    PhaseChangeFactory,
    PlanningFactory,
    ProjectFactory,
    UserFactory,
)
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def error_at(response, name):
    found = page_of(response).xpath(f"//*[@id='id_{name}_error']")
    return " ".join(found[0].text_content().split()) if found else ""


def go(project, phase, reason="", **fields):
    return services.change_phase(
        project=project,
        phase=phase,
        reason=reason,
        changed_by=fields.pop("changed_by", None),
        on=fields.pop("on", TODAY),
    )


def sentence(error, field):
    return " ".join(error.value.message_dict[field])


# --- what each step asks -----------------------------------------------------


def test_each_phase_says_beforehand_what_it_asks():
    steps = steps_from(Phase.ANALYSIS, is_agreed=True)

    assert [step.sentence for step in steps] == [
        "Jullie keren terug. Schrijf waarom.",
        "Hier zijn jullie nu.",
        "Dit is de volgende fase. Een reden hoeft niet.",
        "Jullie slaan Dialoog over. Schrijf waarom.",
        "Jullie slaan Dialoog en Uitvoering over. Schrijf waarom.",
    ]


def test_three_phases_skipped_are_enumerated():
    last = steps_from(Phase.PREPARATION, is_agreed=True)[-1]

    assert last.sentence.startswith("Jullie slaan Analyse, Dialoog en Uitvoering over.")


# --- going to another phase --------------------------------------------------


def test_the_phase_one_is_in_is_refused(project):
    with pytest.raises(ValidationError) as error:
        go(project, Phase.PREPARATION, "Daarom gaan we hierheen.")

    assert sentence(error, "phase") == (
        "Jullie zijn al in de fase Voorbereiding. Kies een andere."
    )
    assert not PhaseChange.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "Te vroeg.", "  Te vroeg.  "])
@pytest.mark.parametrize("planned", [True, False])
def test_an_analysis_without_agreed_planning_asks_for_a_real_reason(
    project, reason, planned
):
    if planned:
        PlanningFactory(project=project, agreed_on=None)

    with pytest.raises(ValidationError) as error:
        go(project, Phase.ANALYSIS, reason)

    assert sentence(error, "reason") == (
        "De planning is nog niet goedgekeurd. "
        "Schrijf in één zin waarom jullie toch al starten."
    )
    project.refresh_from_db()
    assert project.phase == Phase.PREPARATION


def test_an_early_analysis_keeps_its_reason_for_every_report(project):
    change = go(project, Phase.ANALYSIS, "  De groep komt maar één keer samen. ")

    assert not change.was_agreed
    assert change.reason == "De groep komt maar één keer samen."
    assert project.phase_changes.early_start() == change
    project.refresh_from_db()
    assert project.phase == Phase.ANALYSIS


def test_only_the_newest_planning_counts(project):
    PlanningFactory(project=project)
    PlanningFactory(project=project, agreed_on=None)

    with pytest.raises(ValidationError):
        go(project, Phase.ANALYSIS)


def test_an_agreed_planning_lets_the_analysis_start_without_a_word(
    project, coordinator
):
    PlanningFactory(project=project)

    change = go(project, Phase.ANALYSIS, changed_by=coordinator, on=date(2026, 11, 9))

    assert change.was_agreed
    assert (change.reason, change.changed_by) == ("", coordinator)
    assert change.changed_on == date(2026, 11, 9)
    assert project.phase_changes.early_start() is None
    assert project.phase == Phase.ANALYSIS


@pytest.mark.parametrize("phase", [Phase.DIALOGUE, Phase.EXECUTION, Phase.ANCHORING])
def test_skipping_a_phase_asks_for_a_reason_and_no_more(project, phase):
    with pytest.raises(ValidationError) as error:
        go(project, phase, "  ")
    assert "over. Schrijf waarom." in sentence(error, "reason")

    change = go(project, phase, "Het OCMW vroeg het.")

    assert change.was_agreed
    assert project.phase == phase


def test_going_back_asks_for_a_reason_and_no_more(project):
    Project.objects.update(phase=Phase.DIALOGUE)
    with pytest.raises(ValidationError, match="Jullie keren terug"):
        go(project, Phase.PREPARATION)

    go(project, Phase.PREPARATION, "Nieuwe groep.")

    assert project.phase == Phase.PREPARATION


def test_the_next_phase_needs_no_reason(project):
    Project.objects.update(phase=Phase.DIALOGUE)

    change = go(project, Phase.EXECUTION)

    assert change.reason == ""


def test_the_second_of_two_coordinators_is_judged_from_where_the_first_went(project):
    seen_by_second = Project.objects.get(pk=project.pk)
    PlanningFactory(project=project)
    go(project, Phase.ANALYSIS)

    with pytest.raises(ValidationError, match="al in de fase Analyse"):
        go(seen_by_second, Phase.ANALYSIS)

    assert PhaseChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_make_one_change():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite locks the whole file, so nothing can meet")
    project = ProjectFactory()
    PlanningFactory(project=project)
    together, refused = Barrier(2), []

    def change():
        together.wait()
        try:
            go(Project.objects.get(pk=project.pk), Phase.ANALYSIS)
        except ValidationError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=change) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert PhaseChange.objects.count() == 1


def test_the_early_start_is_the_last_one_and_of_this_project(project):
    PhaseChangeFactory(project=project, early=True, changed_on=date(2026, 1, 1))
    last = PhaseChangeFactory(project=project, early=True, changed_on=date(2026, 2, 1))
    PhaseChangeFactory(project=project)
    PhaseChangeFactory(early=True)

    assert project.phase_changes.early_start() == last


# --- the pages of the phases -------------------------------------------------


def test_the_page_says_that_the_planning_is_not_agreed(coordinator_client, project):
    without = text(coordinator_client.get(url("phase_change", project)))
    PlanningFactory(project=project, agreed_on=None)
    proposed = text(coordinator_client.get(url("phase_change", project)))
    PlanningFactory(project=project, agreed_on=date(2026, 10, 26))
    agreed = text(coordinator_client.get(url("phase_change", project)))

    assert "Er is nog geen planning." in without
    assert "Planning 1 is nog niet goedgekeurd." in proposed
    assert (
        "Jullie mogen toch starten, met een reden. Die komt in elk rapport." in proposed
    )
    assert "Planning 2 is goedgekeurd op 26 oktober 2026." in agreed


@pytest.mark.parametrize(
    ("asked", "checked"),
    [("dialogue", ["dialogue"]), ("onbekend", []), ("x" * 5000, []), ("\x00", [])],
)
def test_the_address_preselects_a_phase_it_knows(
    coordinator_client, project, asked, checked
):
    answer = coordinator_client.get(url("phase_change", project), {"fase": asked})

    chosen = page_of(answer).xpath("//input[@name='phase' and @checked]/@value")
    assert chosen == checked


def test_a_refused_step_keeps_what_was_typed_and_changes_nothing(
    coordinator_client, project
):
    answer = post_everything(
        coordinator_client, url("phase_change", project), phase="analysis", reason="Zo"
    )

    assert "Schrijf in één zin waarom jullie toch al starten." in error_at(
        answer, "reason"
    )
    assert page_of(answer).xpath("string(//textarea)").strip() == "Zo"
    assert not PhaseChange.objects.exists()


def test_the_coordinator_goes_to_the_next_phase(
    coordinator_client, coordinator, project
):
    PlanningFactory(project=project)

    answer = post_everything(
        coordinator_client, url("phase_change", project), phase="analysis"
    )

    change = PhaseChange.objects.get()
    assert answer.url == url("course", project)
    assert (change.phase, change.changed_by) == (Phase.ANALYSIS, coordinator)


def test_the_settings_leave_the_phase_alone(coordinator_client, project):
    post_everything(coordinator_client, url("project_edit", project), phase="anchoring")

    project.refresh_from_db()
    assert project.phase == Phase.PREPARATION
    page = page_of(coordinator_client.get(url("project_edit", project)))
    assert url("course", project) in page.xpath("//main//a/@href")


def test_the_course_tells_when_why_and_by_whom(member_client, project):
    PhaseChangeFactory(
        project=project,
        early=True,
        changed_on=date(2026, 11, 9),
        changed_by=UserFactory(name="Els Vandamme"),
    )

    page = text(member_client.get(url("course", project)))

    assert "9 november 2026, Els Vandamme Naar analyse" in page
    assert "Gestart voor elk lid de planning haalbaar vond" in page
    assert "Waarom: De groep komt maar één keer samen." in page
    assert "Start van het project" in page
    assert "Ga naar een andere fase" not in page


def test_the_starting_point_is_shown_or_asked_for(coordinator_client, project):
    Project.objects.update(starting_point="Het Sociaal Huis verhuist.")
    there = text(coordinator_client.get(url("course", project)))
    Project.objects.update(starting_point="")
    missing = text(coordinator_client.get(url("course", project)))

    assert "Het Sociaal Huis verhuist." in there
    assert "Pas het vertrekpunt aan" in there
    assert "Schrijf het vertrekpunt op" in missing


# --- chances -----------------------------------------------------------------


def test_chances_come_open_first_then_missed_then_used(member_client, project):
    OpportunityFactory(project=project, text="Zonder einde")
    OpportunityFactory(
        project=project, text="Straks voorbij", until=TODAY + timedelta(days=3)
    )
    OpportunityFactory(
        project=project, text="Al voorbij", until=TODAY - timedelta(days=1)
    )
    OpportunityFactory(project=project, text="Gebruikt", is_used=True)
    OpportunityFactory(text="Van een andere gemeente")

    page = text(member_client.get(url("course", project)))

    places = [
        page.index(words)
        for words in (
            "Straks voorbij",
            "Zonder einde",
            "Voorbij, en nog niets mee gedaan",
            "Al voorbij",
            "Daar deden we iets mee (1)",
            "Gebruikt",
        )
    ]
    assert places == sorted(places)
    assert "andere gemeente" not in page


def test_a_chance_is_not_past_on_its_last_day(project):
    chance = OpportunityFactory(project=project, until=date(2026, 12, 15))

    assert not chance.is_past(date(2026, 12, 15))
    assert chance.is_past(date(2026, 12, 16))


def test_a_member_notes_a_chance(member_client, member, project):
    answer = post_everything(
        member_client,
        url("opportunity_create", project),
        text="VDAB start een infopunt",
        until="",
    )

    chance = Opportunity.objects.get()
    assert answer.url == url("course", project)
    assert (chance.project, chance.noted_by) == (project, member)
    assert chance.noted_on == timezone.localdate()
    assert not chance.is_used


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (
            "until",
            "2026-01-01",
            "Deze dag ligt voor de dag waarop je de kans noteerde.",
        ),
        ("noted_on", "2999-01-01", "Kies vandaag of een dag die voorbij is."),
        ("text", "   ", "Vul dit nog in."),
    ],
)
def test_a_chance_that_cannot_be_is_refused_at_its_field(
    member_client, project, field, value, words
):
    given = {"text": "Iets", "noted_on": "2026-06-01"} | {field: value}

    answer = post_everything(member_client, url("opportunity_create", project), **given)

    assert words in error_at(answer, field)
    assert not Opportunity.objects.exists()


def test_a_chance_can_be_marked_as_used_and_taken_away(member_client, project):
    chance = OpportunityFactory(project=project)

    post_everything(
        member_client, url("opportunity_edit", project, chance.pk), is_used="on"
    )
    chance.refresh_from_db()
    assert chance.is_used

    question = member_client.get(url("opportunity_delete", project, chance.pk))
    assert "Een actie die eruit kwam, blijft bestaan." in text(question)
    assert Opportunity.objects.exists()
    member_client.post(url("opportunity_delete", project, chance.pk))
    assert not Opportunity.objects.exists()


@pytest.mark.parametrize("name", ["opportunity_edit", "opportunity_delete"])
def test_a_chance_of_another_project_is_not_found(member_client, project, name):
    elsewhere = OpportunityFactory()

    answer = member_client.post(url(name, project, elsewhere.pk), {"text": "Mijn"})

    elsewhere.refresh_from_db()
    assert answer.status_code == 404
    assert elsewhere.text != "Mijn"


# --- from a chance to an action ----------------------------------------------


def action_url(project, chance):
    create = reverse("improvement_actions:action_create", args=[project.pk])
    return f"{create}?kans={chance}"


def test_an_action_opens_with_the_words_of_the_chance(member_client, project):
    OrganisationFactory(project=project)
    chance = OpportunityFactory(
        project=project, text="Het onthaal wordt verbouwd.", chance="Mee tekenen."
    )

    page = page_of(member_client.get(action_url(project, chance.pk)))

    assert page.xpath("//input[@name='title']/@value") == ["Het onthaal wordt verbouwd"]
    assert page.xpath("string(//textarea[@name='description'])").strip() == (
        "Mee tekenen."
    )
    assert page.xpath("//input[@name='is_opportunity' and @checked]")


def test_making_the_action_marks_the_chance_as_used(member_client, project):
    owner = OrganisationFactory(project=project)
    chance = OpportunityFactory(project=project)

    answer = post_everything(
        member_client,
        action_url(project, chance.pk),
        owner=str(owner.pk),
        werkpiste=Werkpiste.SERVICE_QUALITY.value,
        domains="reception",
        owner_function="coördinator",
        starts_on="2026-11-20",
        due_on="2026-12-15",
        cost="low",
        participation="De groep kijkt mee.",
    )

    chance.refresh_from_db()
    assert answer.status_code == 302
    assert ImprovementAction.objects.get().is_opportunity
    assert chance.is_used


@pytest.mark.parametrize("forged", ["0", "abc", "", "9" * 30, "-1"])
def test_a_chance_that_does_not_exist_is_not_found(member_client, project, forged):
    assert member_client.get(action_url(project, forged)).status_code == 404


def test_a_chance_of_another_project_starts_no_action(member_client, project):
    elsewhere = OpportunityFactory()

    assert member_client.get(action_url(project, elsewhere.pk)).status_code == 404
