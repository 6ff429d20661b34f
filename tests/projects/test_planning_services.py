from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kader.vocabulary import ConditionAnswer, Feasibility, OrganisationType, Phase
from projects import services
from projects.feasibility import FeasibilityState, mark_of
from projects.models import FeasibilityVote, Planning, PlanningStep
from tests.factories import (
    FeasibilityVoteFactory,
    OrganisationFactory,
    PlanningFactory,
    PlanningStepFactory,
    ProjectFactory,
    SteeringGroupMemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
SINCE = date(2026, 9, 7)


def seats(project, count=3):
    """Seat people of both sides, so that R1 holds: one of the OCMW, the rest not."""
    ocmw = OrganisationFactory(project=project)
    grassroots = OrganisationFactory(project=project, grassroots=True)
    return [
        SteeringGroupMemberFactory(
            project=project, organisation=grassroots if place else ocmw, since=SINCE
        )
        for place in range(count)
    ]


def a_step(**changed):
    given = {
        "title": "Groepsgesprekken",
        "phase": Phase.ANALYSIS,
        "starts_on": date(2026, 11, 9),
        "ends_on": date(2027, 1, 22),
        "hours": 20,
        "euros": 500,
    }
    return PlanningStep(**given | changed)


def propose(project, *steps, seen=None, on=TODAY, **changed):
    newest = project.plannings.current()
    given = {
        "target_participants": 24,
        "target_not_reached": 6,
        "target_providers": 20,
        "is_major": False,
        "proposed_on": on,
    }
    return services.propose_planning(
        planning=Planning(project=project, **given | changed),
        steps=steps or [a_step()],
        seen=(newest.version if newest else 0) if seen is None else seen,
    )


def says(planning, member, choice=Feasibility.FEASIBLE, condition="", on=TODAY):
    return services.cast_vote(
        planning=planning, member=member, choice=choice, condition=condition, on=on
    )


def says_if(planning, member, condition="Als het na de vakantie is."):
    return says(planning, member, Feasibility.FEASIBLE_IF, condition)


def answers(vote, answer=ConditionAnswer.ACCEPTED, text="", seen=None):
    return services.answer_condition(
        vote=vote,
        answer=answer,
        text=text,
        seen=mark_of(vote) if seen is None else seen,
        on=TODAY,
    )


def is_agreed(planning):
    return Planning.objects.get(pk=planning.pk).agreed_on is not None


# --- versions ---------------------------------------------------------------


def test_a_proposal_made_from_an_old_version_is_refused(project):
    propose(project)
    propose(project, target_providers=21)

    with pytest.raises(ValidationError, match="bewaarde iemand anders planning 2"):
        propose(project, target_providers=22, seen=1)

    assert project.plannings.count() == 2


def test_two_first_proposals_do_not_overrule_each_other(project):
    propose(project, seen=0)

    with pytest.raises(ValidationError, match="planning 1"):
        propose(project, target_providers=21, seen=0)


def test_a_proposal_that_changes_nothing_makes_no_version(project):
    propose(project, remark="Niet in mei.")

    with pytest.raises(ValidationError, match="niets veranderd"):
        propose(project, remark="Niet  in mei. ")

    assert project.plannings.count() == 1


def test_plannings_are_numbered_per_project(project):
    PlanningFactory()

    versions = [propose(project, target_providers=20 + n).version for n in range(3)]

    assert versions == [1, 2, 3]
    assert project.plannings.current().version == 3


def test_the_version_before_keeps_its_own_numbers_and_steps(project):
    first = propose(project)
    first_id = first.pk
    first.target_participants = 30

    services.propose_planning(planning=first, steps=[a_step(hours=8)], seen=1)

    kept = Planning.objects.get(pk=first_id)
    assert kept.target_participants == 24
    assert kept.steps.get().hours == 20
    assert project.plannings.current().steps.get().hours == 8


def test_steps_keep_the_order_they_were_given_in(project):
    planning = propose(project, a_step(title="Eerst"), a_step(title="Daarna"))

    assert [step.title for step in planning.steps.all()] == ["Eerst", "Daarna"]


def test_the_first_version_is_a_big_change_and_not_approved(project):
    planning = propose(project, agreed_on=TODAY)

    assert planning.is_major
    assert planning.agreed_on is None


@pytest.mark.parametrize(
    ("steps", "changed"),
    [
        ([{"starts_on": date(2026, 11, 10)}], {}),
        ([{"ends_on": date(2027, 1, 23)}], {}),
        ([{"hours": 21}], {}),
        ([{"hours": None}], {}),
        ([{}, {"title": "Een stap meer", "hours": None}], {}),
        ([{"title": "Iets heel anders", "hours": 2}], {}),
        ([{}], {"target_participants": 25}),
        ([{}], {"target_not_reached": 7}),
        ([{}], {"target_providers": 21}),
    ],
    ids=str,
)
def test_other_dates_numbers_or_hours_reopen_the_votes(project, steps, changed):
    members = seats(project, 2)
    first = propose(project)
    for member in members:
        says(first, member)

    second = propose(project, *(a_step(**step) for step in steps), **changed)

    assert is_agreed(first)
    assert second.is_major
    assert second.agreed_on is None
    assert not second.votes.exists()


def test_the_hours_of_another_organisation_reopen_the_votes(project):
    [member, other] = seats(project, 2)
    propose(project, a_step(owner=member.organisation))

    second = propose(project, a_step(owner=other.organisation))

    assert second.is_major


@pytest.mark.parametrize(
    "step",
    [
        {"title": "Gesprekken met groepen"},
        {"euros": 900},
        {"phase": Phase.DIALOGUE},
    ],
    ids=str,
)
def test_a_small_change_keeps_the_votes_the_answers_and_the_approval(project, step):
    [first_member, second_member] = seats(project, 2)
    first = propose(project)
    vote = says_if(first, first_member)
    answers(vote, text="Afgesproken.")
    says(first, second_member)

    second = propose(project, a_step(**step), on=TODAY + timedelta(days=3))

    assert not second.is_major
    assert second.agreed_on == TODAY
    kept = second.votes.get(member=first_member)
    assert (kept.condition, kept.answer, kept.answer_text) == (
        vote.condition,
        ConditionAnswer.ACCEPTED,
        "Afgesproken.",
    )
    assert second.votes.count() == first.votes.count() == 2


def test_a_small_change_may_be_called_big_by_the_coordinator(project):
    [member, _] = seats(project, 2)
    says(propose(project), member)

    second = propose(project, remark="Niet in mei.", is_major=True)

    assert second.is_major
    assert not second.votes.exists()


# --- voting -----------------------------------------------------------------


def test_a_vote_on_an_old_version_is_not_stored(project):
    [member, _] = seats(project, 2)
    first = propose(project)
    propose(project, target_providers=21)

    with pytest.raises(ValidationError, match="Intussen is er een nieuwe planning"):
        says(first, member)

    assert not FeasibilityVote.objects.exists()


def test_a_vote_on_no_version_at_all_is_not_stored(project):
    [member, _] = seats(project, 2)

    with pytest.raises(ValidationError, match="Intussen is er een nieuwe planning"):
        says(Planning(project=project), member)


def test_an_approved_planning_takes_no_more_votes(project):
    members = seats(project, 2)
    planning = propose(project)
    for member in members:
        says(planning, member)

    with pytest.raises(ValidationError, match="al goedgekeurd"):
        says_if(planning, members[0])


@pytest.mark.parametrize(
    "seat",
    [
        {"role": "observer"},
        {"until": TODAY},
        {"since": TODAY + timedelta(days=1)},
    ],
    ids=["an observer", "who left today", "who begins tomorrow"],
)
def test_who_does_not_judge_cannot_vote(project, seat):
    seats(project, 2)
    planning = propose(project)
    member = SteeringGroupMemberFactory(project=project, **{"since": SINCE} | seat)

    with pytest.raises(ValidationError, match="oordeelt niet over deze planning"):
        says(planning, member)


def test_a_member_of_another_project_cannot_vote(project):
    planning = propose(project)

    with pytest.raises(ValidationError, match="oordeelt niet"):
        says(planning, SteeringGroupMemberFactory(since=SINCE))


@pytest.mark.parametrize("choice", [Feasibility.FEASIBLE_IF, Feasibility.NOT_FEASIBLE])
def test_a_condition_has_words(project, choice):
    [member, _] = seats(project, 2)
    planning = propose(project)

    with pytest.raises(ValidationError, match="wat er moet veranderen"):
        says(planning, member, choice, "   ")


def test_feasible_has_no_condition(project):
    [member, _] = seats(project, 2)
    planning = propose(project)

    with pytest.raises(ValidationError, match="geen voorwaarde"):
        says(planning, member, Feasibility.FEASIBLE, "Als het lukt.")


def test_another_vote_replaces_the_first_and_clears_the_answer(project):
    [member, _] = seats(project, 2)
    planning = propose(project)
    answers(says_if(planning, member))

    says(planning, member, Feasibility.NOT_FEASIBLE, "Ik heb geen vervanger.")

    vote = planning.votes.get()
    assert vote.condition == "Ik heb geen vervanger."
    assert (vote.answer, vote.answer_text, vote.answered_on) == ("", "", None)


def test_the_coordinator_notes_what_a_member_without_account_said(project, coordinator):
    [member, _] = seats(project, 2)
    planning = propose(project)

    vote = services.record_vote(
        planning=planning,
        member=member,
        choice=Feasibility.FEASIBLE,
        condition="",
        recorded_by=coordinator,
        on=TODAY,
    )

    assert vote.recorded_by == coordinator


def test_nobody_notes_the_vote_of_who_has_an_account(project, coordinator):
    planning = propose(project)
    member = SteeringGroupMemberFactory(
        project=project, since=SINCE, user=UserFactory()
    )

    with pytest.raises(ValidationError, match="oordeelt zelf"):
        services.record_vote(
            planning=planning,
            member=member,
            choice=Feasibility.FEASIBLE,
            condition="",
            recorded_by=coordinator,
            on=TODAY,
        )


def test_an_own_vote_forgets_who_noted_the_one_before(project, coordinator):
    [member, _] = seats(project, 2)
    planning = propose(project)
    FeasibilityVoteFactory(planning=planning, member=member, recorded_by=coordinator)

    vote = says(planning, member)

    assert vote.recorded_by is None


# --- answering --------------------------------------------------------------


def test_a_condition_that_was_rewritten_is_not_answered_unread(project):
    [member, _] = seats(project, 2)
    planning = propose(project)
    seen = mark_of(says_if(planning, member))
    vote = says_if(planning, member, "Als iemand mij vervangt.")

    with pytest.raises(ValidationError, match="Lees het opnieuw"):
        answers(vote, seen=seen)

    assert planning.votes.get().answer == ""


def test_a_vote_that_is_gone_is_not_answered(project):
    [member, _] = seats(project, 2)
    vote = says_if(propose(project), member)
    FeasibilityVote.objects.all().delete()

    with pytest.raises(ValidationError, match="Lees het opnieuw"):
        answers(vote)


def test_a_vote_without_condition_needs_no_answer(project):
    [member, _] = seats(project, 2)
    vote = says(propose(project), member)

    with pytest.raises(ValidationError, match="zonder voorwaarde"):
        answers(vote)


def test_a_refusal_has_words(project):
    [member, _] = seats(project, 2)
    vote = says_if(propose(project), member)

    with pytest.raises(ValidationError, match="waarom het niet kan"):
        answers(vote, ConditionAnswer.NOT_ACCEPTED, " ")


def test_a_vote_on_an_old_version_is_not_answered(project):
    [member, _] = seats(project, 2)
    vote = says_if(propose(project), member)
    propose(project, target_providers=21)

    with pytest.raises(ValidationError, match="nieuwe planning"):
        answers(vote)


def test_a_vote_on_an_approved_planning_is_not_answered(project):
    vote = says_if(propose(project), seats(project, 2)[0])
    Planning.objects.update(agreed_on=TODAY)

    with pytest.raises(ValidationError, match="al goedgekeurd"):
        answers(vote)


def test_a_refused_condition_may_still_be_accepted(project):
    members = seats(project, 2)
    planning = propose(project)
    vote = says_if(planning, members[0])
    says(planning, members[1])
    answers(vote, ConditionAnswer.NOT_ACCEPTED, "Dat gaat niet.")
    refused = is_agreed(planning)

    answers(vote, text="Toch wel.")

    assert not refused
    assert is_agreed(planning)


# --- the approval -----------------------------------------------------------


def test_the_last_vote_approves_the_planning_on_its_day(project):
    members = seats(project, 3)
    planning = propose(project)
    for place, member in enumerate(members):
        assert not is_agreed(planning)
        says(planning, member, on=TODAY + timedelta(days=place))

    assert Planning.objects.get().agreed_on == TODAY + timedelta(days=2)


def test_forty_members_approve_with_the_fortieth(
    project, django_assert_max_num_queries
):
    members = seats(project, 40)
    planning = propose(project)
    for member in members[:-1]:
        FeasibilityVoteFactory(planning=planning, member=member)
    before = services.settle_planning(planning=planning, on=TODAY)

    with django_assert_max_num_queries(25):
        says(planning, members[-1])

    assert not before
    assert is_agreed(planning)


def test_an_accepted_condition_approves_the_planning(project):
    members = seats(project, 2)
    planning = propose(project)
    says(planning, members[0])
    vote = says_if(planning, members[1])
    waiting = is_agreed(planning)

    answers(vote)

    assert not waiting
    assert is_agreed(planning)


def test_not_feasible_stays_in_the_way_whatever_the_answer(project):
    members = seats(project, 2)
    planning = propose(project)
    says(planning, members[0])
    vote = says(planning, members[1], Feasibility.NOT_FEASIBLE, "Geen tijd.")

    answers(vote)

    assert not is_agreed(planning)
    state = services.feasibility_of(planning, on=TODAY).state
    assert state == FeasibilityState.OBJECTIONS


def test_an_observer_does_not_hold_up_the_approval(project):
    members = seats(project, 2)
    SteeringGroupMemberFactory(project=project, role="observer", since=SINCE)
    planning = propose(project)

    for member in members:
        says(planning, member)

    assert is_agreed(planning)


def test_without_a_basiswerking_the_approval_waits(project):
    ocmw = OrganisationFactory(project=project)
    member = SteeringGroupMemberFactory(project=project, organisation=ocmw, since=SINCE)
    planning = propose(project)
    says(planning, member)
    alone = is_agreed(planning)
    grassroots = OrganisationFactory(project=project, grassroots=True)
    late = SteeringGroupMemberFactory(
        project=project, organisation=grassroots, since=SINCE
    )

    says(planning, late)

    assert not alone
    assert is_agreed(planning)


def test_a_planning_without_members_is_never_approved(project):
    planning = propose(project)

    settled = services.settle_planning(planning=planning, on=TODAY)

    assert not settled
    assert not is_agreed(planning)


def test_a_project_of_observers_alone_approves_nothing(project):
    SteeringGroupMemberFactory(
        project=project,
        role="observer",
        since=SINCE,
        organisation=OrganisationFactory(
            project=project, type=OrganisationType.GRASSROOTS
        ),
    )
    SteeringGroupMemberFactory(project=project, role="observer", since=SINCE)
    planning = propose(project)

    assert not services.settle_planning(planning=planning, on=TODAY)


def test_who_leaves_while_voting_no_longer_holds_up_the_approval(project):
    members = seats(project, 3)
    planning = propose(project)
    for member in members[:2]:
        says(planning, member)
    before = services.settle_planning(planning=planning, on=TODAY)
    members[2].until = TODAY
    members[2].save()

    settled = services.settle_planning(planning=planning, on=TODAY)

    assert not before
    assert settled
    assert planning.agreed_on == TODAY


def test_the_objection_of_who_left_no_longer_counts(project):
    members = seats(project, 3)
    planning = propose(project)
    for member in members[:2]:
        says(planning, member)
    says(planning, members[2], Feasibility.NOT_FEASIBLE, "Geen tijd.")
    members[2].until = TODAY
    members[2].save()

    assert services.settle_planning(planning=planning, on=TODAY)


def test_who_joins_while_voting_is_asked_too(project):
    members = seats(project, 2)
    planning = propose(project)
    says(planning, members[0])
    SteeringGroupMemberFactory(project=project, since=TODAY)

    says(planning, members[1])

    assert not is_agreed(planning)


def test_who_joins_after_the_approval_changes_nothing(project):
    members = seats(project, 2)
    planning = propose(project)
    for member in members:
        says(planning, member)
    SteeringGroupMemberFactory(project=project, since=TODAY)

    settled = services.settle_planning(planning=planning, on=TODAY + timedelta(days=1))

    assert not settled
    assert Planning.objects.get().agreed_on == TODAY


def test_two_approvals_at_once_leave_the_first(project):
    """Both hold a planning that they read before either of them wrote."""
    members = seats(project, 2)
    planning = propose(project)
    for member in members:
        FeasibilityVoteFactory(planning=planning, member=member)
    hers, his = (Planning.objects.get(pk=planning.pk) for _ in range(2))

    first = services.settle_planning(planning=hers, on=TODAY)
    second = services.settle_planning(planning=his, on=TODAY + timedelta(days=1))

    assert (first, second) == (True, False)
    assert Planning.objects.get().agreed_on == TODAY


def test_an_old_version_is_not_approved_any_more(project):
    members = seats(project, 2)
    first = propose(project)
    for member in members:
        FeasibilityVoteFactory(planning=first, member=member)
    propose(project, target_providers=21)

    settled = services.settle_planning(planning=first, on=TODAY)

    assert not settled
    assert not is_agreed(first)


def test_the_steps_of_a_version_name_their_organisation(project):
    organisation = OrganisationFactory(project=project)
    first = PlanningFactory(project=project)
    PlanningStepFactory(planning=first, owner=organisation)

    second = propose(project, a_step(owner=organisation))

    assert second.steps.get().owner == organisation


@pytest.mark.django_db(transaction=True)
def test_two_last_votes_at_one_moment_approve_once():
    project = ProjectFactory()
    members = seats(project, 2)
    planning = propose(project)
    start = Barrier(2)

    def vote(member):
        try:
            start.wait(timeout=20)
            mine = Planning.objects.get(pk=planning.pk)
            says(mine, member)
            return mine.agreed_on
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        approved_by = list(pool.map(vote, members))

    assert planning.votes.count() == 2
    assert is_agreed(planning)
    assert sorted(approved_by, key=str) == [TODAY, None]


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_one_moment_make_one_version():
    project = ProjectFactory()
    propose(project)
    start = Barrier(2)

    def change(providers):
        try:
            start.wait(timeout=20)
            return propose(project, target_providers=providers, seen=1).version
        except ValidationError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = set(pool.map(change, [21, 22]))

    assert outcomes == {2, "newer"}
    assert project.plannings.count() == 2


def test_an_invitation_that_was_not_accepted_does_not_hold_a_planning_up(
    project, coordinator
):
    planning = propose(project)
    member = SteeringGroupMemberFactory(
        project=project, since=SINCE, user=UserFactory(password=None)
    )

    vote = services.record_vote(
        planning=planning,
        member=member,
        choice=Feasibility.FEASIBLE,
        condition="",
        recorded_by=coordinator,
        on=TODAY,
    )

    assert (vote.member, vote.recorded_by) == (member, coordinator)


# --- who sits at the table changes ------------------------------------------


def test_a_planning_no_longer_waits_for_who_left(project):
    [first, _, last] = seats(project, 3)
    planning = propose(project)
    for member in project.steering_group.exclude(pk=last.pk):
        says(planning, member)

    services.end_seat(member=last, until=TODAY, on=TODAY)

    planning.refresh_from_db()
    assert planning.agreed_on == TODAY
    assert planning.votes.filter(member=first).exists()


def test_an_organisation_that_turns_out_to_be_grassroots_completes_the_table(project):
    ocmw = OrganisationFactory(project=project)
    other = OrganisationFactory(project=project)
    members = [
        SteeringGroupMemberFactory(project=project, organisation=each, since=SINCE)
        for each in (ocmw, other)
    ]
    planning = propose(project)
    for member in members:
        says(planning, member)
    assert planning.agreed_on is None

    other.type = OrganisationType.GRASSROOTS
    services.save_organisation(organisation=other, on=TODAY)

    planning.refresh_from_db()
    assert planning.agreed_on == TODAY
