from datetime import timedelta

import pytest
from django.utils import timezone

from improvement_actions.forms import (
    ActionForm,
    AnchoringForm,
    FeedbackForm,
    FollowUpForm,
    SignalForm,
)
from improvement_actions.models import (
    Anchoring,
    Feedback,
    FollowUp,
    ImprovementAction,
    Signal,
)
from kader.vocabulary import ActionStatus, Competence, Werkpiste
from tests.factories import (
    AnchoringFactory,
    ConclusionFactory,
    ImprovementActionFactory,
    OrganisationFactory,
    ProblemStatementFactory,
    SignalFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
NOT_OFFERED = "Kies een van de mogelijkheden."
NONE_OFFERED = "Kies alleen uit de mogelijkheden hieronder."


def action_form(project, **changed):
    owner = OrganisationFactory(project=project)
    data = {
        "title": "Nazorgtelefoon",
        "werkpiste": Werkpiste.SERVICE_QUALITY,
        "is_opportunity": "on",
        "owner": owner.pk,
        "cost": "existing_means",
        "competence": "local",
    } | changed
    return ActionForm(
        {name: value for name, value in data.items() if value is not None},
        instance=ImprovementAction(project=project),
    )


def follow_up_form(action, **changed):
    return FollowUpForm(
        {"text": "Gestart.", "happened_on": TODAY} | changed,
        instance=FollowUp(action=action, written_by=UserFactory()),
    )


def feedback_form(project, **changed):
    data = {
        "target_group": TargetGroupFactory(project=project).pk,
        "actions": [ImprovementActionFactory(project=project).pk],
        "given_on": TODAY,
        "channel": "visit",
        "people_present": 7,
        "told": "De telefoon start.",
        "recognition": "yes",
    }
    return FeedbackForm(data | changed, instance=Feedback(project=project))


def anchoring_form(project, **changed):
    data = {
        "text": "De telefoon blijft.",
        "kind": "procedure",
        "decided_by": "vast bureau",
        "decided_on": TODAY,
    }
    return AnchoringForm(
        data | changed, actions=project.improvement_actions.anchorable()
    )


def signal_form(project, **changed):
    data = {"text": "Eén bewijs.", "competence": "flemish", "noted_on": TODAY}
    return SignalForm(data | changed, instance=Signal(project=project))


def test_an_action_that_says_what_is_needed_is_accepted(project):
    form = action_form(project)

    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("name", "factory", "message"),
    [
        ("owner", OrganisationFactory, NOT_OFFERED),
        ("problem_statement", ProblemStatementFactory, NOT_OFFERED),
        ("conclusion", ConclusionFactory, NOT_OFFERED),
        ("target_groups", TargetGroupFactory, NONE_OFFERED),
    ],
)
def test_an_action_takes_no_row_of_another_project(project, name, factory, message):
    value = factory().pk

    form = action_form(project, **{name: [value] if name == "target_groups" else value})

    assert form.errors == {name: [message]}


@pytest.mark.parametrize("number", [10**23, -(10**23), 2**63])
def test_a_number_no_row_can_have_is_refused_like_any_other(project, number):
    assert action_form(project, target_groups=[number]).errors == {
        "target_groups": [NONE_OFFERED]
    }
    assert feedback_form(project, actions=[number]).errors == {
        "actions": [NONE_OFFERED]
    }


def test_an_action_without_origin_is_refused(project):
    form = action_form(project, is_opportunity=None)

    assert "Zeg waar deze actie vandaan komt" in form.non_field_errors()[0]


@pytest.mark.parametrize("name", ["conclusion", "problem_statement"])
def test_a_link_of_the_thread_is_origin_enough(project, name):
    row = (
        ConclusionFactory(session__project=project)
        if name == "conclusion"
        else ProblemStatementFactory(project=project)
    )

    form = action_form(project, is_opportunity=None, **{name: row.pk})

    assert form.is_valid(), form.errors


def test_more_than_two_other_werkpistes_are_refused(project):
    form = action_form(
        project, other_werkpistes=["information", "reaching_out", "basic_provision"]
    )

    assert form.errors == {
        "other_werkpistes": ["Kies hoogstens twee andere werkpistes."]
    }


def test_the_main_werkpiste_is_not_among_the_others(project):
    form = action_form(
        project, werkpiste="reaching_out", other_werkpistes=["reaching_out"]
    )

    assert "‘Outreachend handelen’ koos je hierboven al" in str(
        form.errors["other_werkpistes"]
    )


def test_the_same_title_twice_is_refused_in_dutch(project):
    ImprovementActionFactory(project=project, title="Nazorgtelefoon")

    form = action_form(project)

    assert form.non_field_errors() == ["Er is al een actie met deze titel."]


def test_an_action_ends_after_it_starts(project):
    form = action_form(project, starts_on=TODAY, due_on=TODAY - timedelta(days=1))

    assert form.errors == {"due_on": ["Het einde kan niet voor het begin liggen."]}


@pytest.mark.parametrize("value", ["-1", "1000001", "NaN", "veel"])
def test_a_number_that_cannot_be_is_refused(project, value):
    form = action_form(project, indicator_goal=value)

    assert list(form.errors) == ["indicator_goal"]


def test_every_field_of_an_action_stands_under_one_heading():
    named = [name for _, names in ActionForm.SECTIONS for name in names]

    assert sorted(named) == sorted(ActionForm.Meta.fields)


def test_follow_up_offers_only_the_allowed_moves():
    action = ImprovementActionFactory(status=ActionStatus.IDEA)

    form = follow_up_form(action, status="done")

    assert form.errors == {"status": [NOT_OFFERED]}
    assert [value for value, _ in form.fields["status"].choices] == [
        "",
        "decided",
        "stopped",
    ]


def test_an_empty_status_means_unchanged():
    form = follow_up_form(ImprovementActionFactory())

    assert form.is_valid(), form.errors
    assert form.new_status is None


def test_a_chosen_status_is_a_term():
    form = follow_up_form(ImprovementActionFactory(), status="decided")

    assert form.is_valid(), form.errors
    assert form.new_status is ActionStatus.DECIDED


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda p: follow_up_form(ImprovementActionFactory(project=p), happened_on=TOMORROW), "happened_on"),
        (lambda p: feedback_form(p, given_on=TOMORROW), "given_on"),
        (lambda p: signal_form(p, noted_on=TOMORROW), "noted_on"),
        (
            lambda p: anchoring_form(
                p,
                decided_on=TOMORROW,
                action=ImprovementActionFactory(project=p, done=True).pk,
            ),
            "decided_on",
        ),
    ],
)  # fmt: skip
def test_what_happened_did_not_happen_tomorrow(project, make, name):
    form = make(project)

    assert form.errors == {
        name: ["Deze dag moet nog komen. Kies vandaag of een dag ervoor."]
    }


def test_feedback_takes_no_row_of_another_project(project):
    form = feedback_form(
        project,
        target_group=TargetGroupFactory().pk,
        actions=[ImprovementActionFactory().pk],
    )

    assert form.errors == {"target_group": [NOT_OFFERED], "actions": [NONE_OFFERED]}


@pytest.mark.parametrize("people", [0, 501])
def test_feedback_reached_somebody_and_not_everybody(project, people):
    form = feedback_form(project, people_present=people)

    assert list(form.errors) == ["people_present"]


def test_feedback_that_says_what_is_needed_is_accepted(project):
    form = feedback_form(project)

    assert form.is_valid(), form.errors


def test_an_anchoring_takes_no_action_of_another_project(project):
    form = anchoring_form(project, action=ImprovementActionFactory(done=True).pk)

    assert form.errors == {"action": [NOT_OFFERED]}


@pytest.mark.parametrize("status", ActionStatus)
def test_only_what_really_changed_can_be_anchored(project, status):
    action = ImprovementActionFactory(
        project=project, status=status, status_reason="Een reden."
    )

    form = anchoring_form(project, action=action.pk)

    may = status in (ActionStatus.RUNNING, ActionStatus.DONE)
    assert (form.is_valid(), action.can_be_anchored) == (may, may)


def test_the_same_anchoring_twice_is_refused_in_dutch(project):
    action = ImprovementActionFactory(project=project, done=True)
    AnchoringFactory(action=action, text="De telefoon blijft.")

    form = anchoring_form(project, action=action.pk)

    assert form.non_field_errors() == ["Deze verankering staat er al in."]
    assert Anchoring.objects.count() == 1


def test_a_review_comes_after_the_decision(project):
    action = ImprovementActionFactory(project=project, done=True)

    form = anchoring_form(project, action=action.pk, review_on=TODAY)

    assert list(form.errors) == ["review_on"]


def test_what_the_municipality_can_do_itself_is_no_signal(project):
    form = signal_form(project, competence=Competence.LOCAL)

    assert form.errors == {"competence": [NOT_OFFERED]}


def test_the_same_signal_twice_is_refused_in_dutch(project):
    SignalFactory(project=project, text="Eén bewijs.")

    form = signal_form(project)

    assert form.non_field_errors() == ["Dit signaal staat er al in."]
