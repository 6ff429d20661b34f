from datetime import timedelta

import pytest
from django.utils import timezone

from kader.vocabulary import DialogueDecision
from projects import access
from projects.access import Capability
from reports.next_steps import next_steps
from reports.progress import build_progress
from tests.factories import (
    ConclusionFactory,
    ConversationFactory,
    DialogueSessionFactory,
    FeedbackDutyFactory,
    ImprovementActionFactory,
    PlanningFactory,
    ProblemStatementFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db


def steps(project, user):
    seen = access.get_project(user, project.pk, Capability.FOLLOW)
    return next_steps(build_progress(seen, timezone.localdate()))


def titles(project, user):
    return [step.title for step in steps(project, user)]


def test_a_new_project_is_told_how_to_begin(project, coordinator):
    found = titles(project, coordinator)

    assert "Er is nog niemand van het OCMW en van een basiswerking" in found
    assert "Kies met welke doelgroepen jullie starten" in found
    assert "Start een meting met de rechtencirkel" in found


def test_a_supporter_is_asked_nothing(project, supporter):
    assert titles(project, supporter) == []


def test_a_member_is_asked_only_what_a_member_may_do(project, member):
    found = titles(project, member)

    assert "Start een meting met de rechtencirkel" not in found
    assert "Kies met welke doelgroepen jullie starten" in found


def test_a_group_nobody_heard_comes_up(project, grassroots):
    RoundFactory(project=project)
    PlanningFactory(project=project, target_not_reached=6)

    assert "We spraken nog niemand die de weg niet vond" in titles(project, grassroots)


def test_a_sheet_is_asked_of_who_entered_it(project, grassroots, coordinator):
    ConversationFactory(
        project=project,
        round=RoundFactory(project=project),
        title="Ouders",
        entered_by=grassroots,
        held_on=timezone.localdate(),
    )

    assert "Voer in wat er gezegd werd: Ouders" in titles(project, grassroots)
    assert "Voer in wat er gezegd werd: Ouders" not in titles(project, coordinator)


def test_a_duty_to_tell_the_group_comes_first(project, member):
    duty = FeedbackDutyFactory(
        action=ImprovementActionFactory(project=project, is_opportunity=True),
        target_group__project=project,
        due_on=timezone.localdate() - timedelta(days=1),
    )

    assert titles(project, member)[0] == f"Vertel het aan {duty.target_group}"


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "moest het horen voor"), (0, "hoort het best voor")]
)
def test_a_duty_says_whether_its_day_is_past(project, member, days, words):
    FeedbackDutyFactory(
        action=ImprovementActionFactory(project=project, is_opportunity=True),
        target_group__project=project,
        due_on=timezone.localdate() + timedelta(days=days),
    )

    assert f"De groep {words}" in steps(project, member)[0].reason


def test_an_agreement_without_an_owner_comes_up(project, member):
    session = DialogueSessionFactory(project=project)
    conclusion = ConclusionFactory(
        session=session, agenda_item__session=session, decision=DialogueDecision.DO
    )

    assert f"Maak een actie van: {conclusion.text}" in titles(project, member)


def test_a_late_action_is_asked_after(project, member):
    action = ImprovementActionFactory(
        project=project,
        is_opportunity=True,
        running=True,
        starts_on=timezone.localdate() - timedelta(days=40),
        due_on=timezone.localdate() - timedelta(days=1),
    )

    assert f"Hoe staat het met ‘{action}’?" in titles(project, member)


def test_problems_without_a_dialogue_ask_for_one(project, coordinator):
    ProblemStatementFactory(project=project)

    assert "Plan een dialoog" in titles(project, coordinator)
