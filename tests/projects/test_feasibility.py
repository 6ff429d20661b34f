"""Pure: members and votes that were never stored."""

from datetime import date

import pytest

from kader.vocabulary import ConditionAnswer, Feasibility, SteeringGroupRole
from projects.composition import Composition, Finding
from projects.feasibility import FeasibilityState, check_feasibility, mark_of
from projects.models import FeasibilityVote, SteeringGroupMember

TODAY = date(2026, 11, 20)
COMPLETE = Composition((Finding("R1", is_met=True, title="", detail=""),))
INCOMPLETE = Composition((Finding("R1", is_met=False, title="", detail=""),))
YES = (Feasibility.FEASIBLE, "")
IF = (Feasibility.FEASIBLE_IF, "")
ACCEPTED = (Feasibility.FEASIBLE_IF, ConditionAnswer.ACCEPTED)
REFUSED = (Feasibility.FEASIBLE_IF, ConditionAnswer.NOT_ACCEPTED)
NO = (Feasibility.NOT_FEASIBLE, "")
NO_HEARD = (Feasibility.NOT_FEASIBLE, ConditionAnswer.ACCEPTED)


def a_member(number, role=SteeringGroupRole.MEMBER):
    return SteeringGroupMember(pk=number, name=f"Lid {number}", role=role)


def checked(*said, agreed_on=None, composition=COMPLETE, extra=()):
    """Check a group in which every member said this; None said nothing yet."""
    members = [a_member(number) for number in range(1, len(said) + 1)]
    votes = [
        FeasibilityVote(
            member=member,
            choice=vote[0],
            answer=vote[1],
            condition="" if vote == YES else "Als het kan.",
        )
        for member, vote in zip(members, said, strict=True)
        if vote is not None
    ]
    return check_feasibility(
        agreed_on=agreed_on,
        members=[*members, *extra],
        votes=votes,
        composition=composition,
    )


@pytest.mark.parametrize(
    ("said", "state", "waits_for"),
    [
        ((), "nobody", "Voeg eerst leden toe aan de stuurgroep."),
        ((YES, None), "votes", "Nog 1 lid moet oordelen."),
        (
            (None, None, IF),
            "votes",
            "Nog 2 leden moeten oordelen. 1 voorwaarde wacht op een antwoord",
        ),
        ((YES, IF), "answers", "1 voorwaarde wacht op een antwoord"),
        ((IF, NO), "answers", "2 voorwaarden wachten op een antwoord"),
        ((YES, REFUSED), "objections", "Voor 1 lid lukt het zo niet."),
        ((REFUSED, NO_HEARD), "objections", "Voor 2 leden lukt het zo niet."),
        ((YES, ACCEPTED), "ready", "kan genoteerd worden"),
    ],
    ids=str,
)
def test_the_first_thing_to_do_is_named(said, state, waits_for):
    check = checked(*said)

    assert check.state == FeasibilityState(state)
    assert waits_for in check.waits_for
    assert check.label


def test_an_incomplete_group_waits_when_everybody_agrees():
    check = checked(YES, YES, composition=INCOMPLETE)

    assert check.state == FeasibilityState.COMPOSITION
    assert check.is_unanimous
    assert not check.may_be_agreed
    assert "basiswerking" in check.waits_for


def test_an_approved_planning_waits_for_nothing():
    check = checked(YES, YES, agreed_on=TODAY, composition=INCOMPLETE)

    assert check.state == FeasibilityState.AGREED
    assert check.waits_for == ""
    assert check.label == "goedgekeurd"


@pytest.mark.parametrize(
    ("said", "agreed_on", "sentence"),
    [
        ((), None, "Er is nog niemand die over de planning kan oordelen."),
        ((), TODAY, "De stuurgroep vond deze planning haalbaar."),
        ((YES,), None, "Het enige lid vindt dit haalbaar."),
        ((None,), None, "Het enige lid vindt dit nog niet haalbaar."),
        ((YES, IF), None, "1 van de 2 leden vindt dit haalbaar."),
        ((YES,) * 8 + (None,), None, "8 van de 9 leden vinden dit haalbaar."),
        ((None, None), None, "Nog geen van de 2 leden vindt dit haalbaar."),
        ((YES, ACCEPTED), None, "Beide leden vinden dit haalbaar."),
        ((YES,) * 9, TODAY, "Alle 9 leden vonden dit haalbaar."),
    ],
    ids=str,
)
def test_the_count_is_said_in_words(said, agreed_on, sentence):
    assert checked(*said, agreed_on=agreed_on).sentence == sentence


def test_the_number_of_votes_to_come_is_said():
    assert checked(YES, None).label == "nog 1 oordeel"
    assert checked(None, None).label == "nog 2 oordelen"


def test_the_lists_name_who_is_meant():
    check = checked(YES, None, IF, REFUSED)

    assert [member.name for member in check.to_vote] == ["Lid 2"]
    assert [vote.member.name for vote in check.to_answer] == ["Lid 3"]
    assert [vote.member.name for vote in check.objections] == ["Lid 4"]
    assert check.positive == 1


def test_an_observer_is_not_asked():
    check = checked(YES, extra=[a_member(9, SteeringGroupRole.OBSERVER)])

    assert check.may_be_agreed
    assert len(check.judgments) == 1


def test_who_voted_and_left_is_shown_and_does_not_count():
    gone = a_member(9)
    check = check_feasibility(
        agreed_on=None,
        members=[a_member(1)],
        votes=[FeasibilityVote(member=gone, choice=Feasibility.NOT_FEASIBLE)],
        composition=COMPLETE,
    )

    assert [j.counts for j in check.judgments] == [True, False]
    assert check.to_answer == ()
    assert [member.pk for member in check.to_vote] == [1]


def test_who_joined_after_the_approval_is_not_asked():
    check = checked(YES, agreed_on=TODAY, extra=[a_member(2)])

    assert check.to_vote == ()
    assert check.sentence == "Het enige lid vond dit haalbaar."


def test_the_mark_changes_with_the_words_and_the_choice():
    marks = {
        mark_of(FeasibilityVote(choice=choice, condition=condition))
        for choice in (Feasibility.FEASIBLE_IF, Feasibility.NOT_FEASIBLE)
        for condition in ("Als het kan.", "Als het moet.")
    }

    assert len(marks) == 4
