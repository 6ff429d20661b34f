from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from improvement_actions import services
from improvement_actions.models import (
    ALLOWED_TRANSITIONS,
    REASON_NEEDED,
    Feedback,
    ImprovementAction,
)
from improvement_actions.models.action import NEWS_FOR_THE_GROUP
from improvement_actions.services import DAYS_TO_TELL
from kader.vocabulary import ActionStatus, DialogueDecision, ServiceDomain, Werkpiste
from tests.factories import (
    ConclusionFactory,
    FeedbackFactory,
    ImprovementActionFactory,
    OrganisationFactory,
    ProblemStatementFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
EVERY_MOVE = list(product(ActionStatus, repeat=2))
ALLOWED_MOVES = [
    (here, there) for here, there in EVERY_MOVE if there in ALLOWED_TRANSITIONS[here]
]


def ago(days):
    return TODAY - timedelta(days=days)


def an_action(status=ActionStatus.IDEA, groups=(), **columns):
    reason = "Eerder beslist." if status in REASON_NEEDED else ""
    return ImprovementActionFactory(
        status=status, status_reason=reason, target_groups=groups, **columns
    )


def move(action, status, *, text="Zo is het.", on=TODAY):
    return services.follow_up(
        action=action,
        text=text,
        happened_on=on,
        written_by=UserFactory(),
        status=status,
    )


def tell(action, group, *, on=TODAY):
    return services.record_feedback(
        feedback=Feedback(
            project=action.project,
            target_group=group,
            given_on=on,
            channel="visit",
            people_present=6,
            told="Het nieuws.",
            recognition="yes",
        ),
        actions=[action],
    )


def a_new_action(project, **columns):
    values = {
        "project": project,
        "title": "Nazorgtelefoon",
        "werkpiste": Werkpiste.SERVICE_QUALITY,
        "owner": OrganisationFactory(project=project),
        "is_opportunity": True,
    }
    return ImprovementAction(**values | columns)


def create(action, groups=()):
    return services.create_action(
        action=action, target_groups=groups, created_by=UserFactory(), on=TODAY
    )


@pytest.mark.parametrize(("here", "there"), EVERY_MOVE)
def test_an_action_moves_as_the_table_says_and_no_other_way(here, there):
    action = an_action(here)

    if there in ALLOWED_TRANSITIONS[here]:
        line = move(action, there, text="De reden.")
        assert (action.status, line.status) == (there, there)
        assert action.status_reason == ("De reden." if there in REASON_NEEDED else "")
    else:
        with pytest.raises(ValidationError, match=here.label.lower()):
            move(action, there, text="De reden.")
        action.refresh_from_db()
        assert action.status == here
        assert not action.follow_ups.exists()


def test_the_page_offers_exactly_the_allowed_moves():
    for status in ActionStatus:
        assert set(an_action(status).allowed_transitions) == ALLOWED_TRANSITIONS[status]


@pytest.mark.parametrize("status", sorted(REASON_NEEDED))
@pytest.mark.parametrize("text", ["", "  \n"])
def test_postponing_and_stopping_need_a_reason(status, text):
    action = an_action(ActionStatus.RUNNING)

    with pytest.raises(ValidationError, match="recht op uitleg"):
        move(action, status, text=text)

    action.refresh_from_db()
    assert action.status == ActionStatus.RUNNING


def test_a_long_reason_is_kept_in_full_in_the_story():
    action = an_action(ActionStatus.RUNNING)

    line = move(action, ActionStatus.POSTPONED, text="w" * 900)

    assert len(line.text) == 900
    assert len(action.status_reason) == 300


def test_a_number_moves_without_the_status():
    action = an_action(ActionStatus.RUNNING, indicator_start=0, indicator_goal=40)

    services.follow_up(
        action=action,
        text="14 gesprekken.",
        happened_on=TODAY,
        written_by=UserFactory(),
        indicator_value=Decimal(14),
    )

    assert action.indicator_now == 14
    assert action.status == ActionStatus.RUNNING
    assert not action.feedback_duties.exists()


@pytest.mark.parametrize(("here", "there"), ALLOWED_MOVES)
def test_news_opens_a_duty_for_every_group(here, there):
    action = an_action(here)
    groups = [TargetGroupFactory(project=action.project) for _ in range(2)]
    action.target_groups.set(groups)

    move(action, there, on=ago(3))

    duties = action.feedback_duties.open()
    told = groups if there in NEWS_FOR_THE_GROUP else []
    assert {duty.target_group for duty in duties} == set(told)
    assert all(duty.due_on == ago(3) + timedelta(days=DAYS_TO_TELL) for duty in duties)


def test_a_second_piece_of_news_joins_the_duty_that_is_open():
    action = an_action(ActionStatus.IDEA)
    action.target_groups.add(TargetGroupFactory(project=action.project))
    move(action, ActionStatus.DECIDED, on=ago(30))

    move(action, ActionStatus.STOPPED, on=ago(2))

    duty = action.feedback_duties.get()
    assert duty.status == ActionStatus.STOPPED
    assert (duty.opened_on, duty.due_on) == (
        ago(30),
        ago(30) + timedelta(days=DAYS_TO_TELL),
    )


def test_telling_the_group_fulfils_its_duty_and_no_other():
    action = an_action(ActionStatus.IDEA)
    told, waiting = (TargetGroupFactory(project=action.project) for _ in range(2))
    action.target_groups.set([told, waiting])
    move(action, ActionStatus.DECIDED, on=ago(10))
    other = an_action(ActionStatus.IDEA, project=action.project, groups=[told])
    move(other, ActionStatus.DECIDED, on=ago(10))

    feedback = tell(action, told)

    assert list(feedback.duties.all()) == [
        action.feedback_duties.get(target_group=told)
    ]
    assert action.feedback_duties.open().get().target_group == waiting
    assert other.feedback_duties.open().exists()


def test_news_after_the_talk_stays_to_be_told():
    action = an_action(ActionStatus.IDEA)
    group = TargetGroupFactory(project=action.project)
    action.target_groups.add(group)
    move(action, ActionStatus.DECIDED, on=ago(5))

    tell(action, group, on=ago(6))

    assert action.feedback_duties.open().exists()


def test_news_that_had_joined_after_the_talk_opens_its_own_duty():
    action = an_action(ActionStatus.IDEA)
    group = TargetGroupFactory(project=action.project)
    action.target_groups.add(group)
    move(action, ActionStatus.DECIDED, on=ago(30))
    move(action, ActionStatus.STOPPED, on=ago(2))

    feedback = tell(action, group, on=ago(10))

    assert feedback.duties.count() == 1
    still_open = action.feedback_duties.open().get()
    assert (still_open.status, still_open.opened_on) == (ActionStatus.STOPPED, ago(2))


def test_news_after_everything_was_told_opens_a_new_duty():
    action = an_action(ActionStatus.RUNNING)
    group = TargetGroupFactory(project=action.project)
    action.target_groups.add(group)
    move(action, ActionStatus.POSTPONED, on=ago(9))
    tell(action, group, on=ago(8))

    move(action, ActionStatus.STOPPED, on=ago(1))

    assert action.feedback_duties.count() == 2
    assert action.feedback_duties.open().get().status == ActionStatus.STOPPED


def test_what_the_dialogue_does_starts_as_decided_and_has_to_be_told():
    conclusion = ConclusionFactory()
    project = conclusion.session.project
    group = TargetGroupFactory(project=project)

    action = create(a_new_action(project, conclusion=conclusion), [group])

    assert action.status == ActionStatus.DECIDED
    assert [line.text for line in action.follow_ups.all()] == ["Beslist in de dialoog."]
    assert action.feedback_duties.open().get().target_group == group


@pytest.mark.parametrize(
    "decision", [DialogueDecision.EXPLORE, DialogueDecision.DO_NOT]
)
def test_what_is_not_agreed_yet_starts_as_an_idea(decision):
    conclusion = ConclusionFactory(decision=decision, reason="Eerst rekenen.")
    project = conclusion.session.project

    action = create(
        a_new_action(project, conclusion=conclusion),
        [TargetGroupFactory(project=project)],
    )

    assert action.status == ActionStatus.IDEA
    assert [line.text for line in action.follow_ups.all()] == ["Opgeschreven."]
    assert not action.feedback_duties.exists()


def test_a_new_action_stands_at_its_start(project):
    action = create(a_new_action(project, indicator_start=3, indicator_goal=21))

    assert action.indicator_now == 3
    assert action.progress == 0


def test_an_action_from_a_conclusion_brings_along_what_is_known():
    problem = ProblemStatementFactory(domains=(ServiceDomain.AFTERCARE,))
    conclusion = ConclusionFactory(
        session__project=problem.project,
        agenda_item__problem_statement=problem,
        text="We bellen na zes maanden.",
    )

    action = services.propose_action(
        project=problem.project, conclusion=conclusion, problem=None
    )

    assert action.title == "We bellen na zes maanden"
    assert (action.problem_statement, action.conclusion) == (problem, conclusion)
    assert (action.domains, action.rights) == (problem.domains, problem.rights)


def test_an_action_about_a_domain_brings_along_the_domain():
    conclusion = ConclusionFactory(agenda_item__about_domain=True, text="w" * 300)

    action = services.propose_action(
        project=conclusion.session.project, conclusion=conclusion, problem=None
    )

    assert action.domains == (ServiceDomain.ACCESS,)
    assert len(action.title) == 150
    assert action.problem is None


def test_a_group_that_joins_a_decided_action_has_to_hear_it():
    known = TargetGroupFactory()
    action = an_action(ActionStatus.DONE, groups=[known], project=known.project)
    joined = TargetGroupFactory(project=known.project)

    services.update_action(action=action, target_groups=[known, joined], on=TODAY)

    assert action.feedback_duties.get().target_group == joined


def test_saving_a_form_that_was_open_for_long_keeps_the_status():
    action = an_action(ActionStatus.RUNNING)
    stale = ImprovementAction.objects.get(pk=action.pk)
    move(action, ActionStatus.POSTPONED, text="Wacht op advies.")

    stale.title = "Een betere titel"
    services.update_action(action=stale, target_groups=[], on=TODAY)

    action.refresh_from_db()
    assert (action.title, action.status) == ("Een betere titel", ActionStatus.POSTPONED)
    assert action.status_reason == "Wacht op advies."


@pytest.mark.parametrize(
    ("start", "now", "goal", "progress"),
    [
        (0, 14, 40, 35),
        (None, 10, 40, 25),
        (3, 21, 21, 100),
        (40, 30, 20, 50),
        (0, 50, 40, 100),
        (10, 5, 40, 0),
        (5, 5, 5, 100),
        (0, None, 40, None),
        (0, 10, None, None),
    ],
)
def test_progress_runs_from_start_to_goal(start, now, goal, progress):
    action = ImprovementAction(
        indicator_start=start, indicator_now=now, indicator_goal=goal
    )

    assert action.progress == progress


@pytest.mark.parametrize(
    ("werkpiste", "grassroots", "misses"),
    [
        (Werkpiste.INFORMAL_NETWORKS, True, True),
        (Werkpiste.INFORMAL_NETWORKS, False, False),
        (Werkpiste.REACHING_OUT, True, False),
    ],
)
def test_an_informal_network_keeps_a_professional_owner(werkpiste, grassroots, misses):
    owner = OrganisationFactory(grassroots=grassroots)

    action = ImprovementActionFactory(
        project=owner.project, owner=owner, werkpiste=werkpiste
    )

    assert action.misses_professional_owner is misses


def test_feedback_about_nothing_open_is_kept():
    feedback = FeedbackFactory()
    action = an_action(ActionStatus.RUNNING, project=feedback.project)

    told = tell(action, feedback.target_group)

    assert list(told.actions.all()) == [action]
    assert not told.duties.exists()
