from datetime import date
from itertools import pairwise

import pytest

from kader.vocabulary import AgendaKind, EngagementState, Feasibility, Phase
from projects.agenda import (
    POINTS_PROPOSED,
    TITLES,
    USUAL,
    Happened,
    propose_agenda,
    standard_point,
)
from projects.composition import Composition, Finding
from projects.models import (
    Engagement,
    MeetingDecision,
    Opportunity,
    Organisation,
    PlanningStep,
    SteeringGroupMember,
    TargetGroup,
)

ON = date(2026, 12, 7)
WHOLE = Composition((Finding("R1", is_met=True, title="", detail=""),))
ALONE = Composition(
    (Finding("R1", is_met=False, title="Er is nog niemand van het OCMW", detail=""),)
)


class Rows(list):
    """Related rows that were loaded."""

    def all(self):
        return self


class LoadedPlanning:
    """A planning with its steps and votes loaded, without a database."""

    def __init__(self, agreed_on, steps, votes):
        self.agreed_on, self.steps, self.votes = agreed_on, Rows(steps), Rows(votes)


class Vote:
    """What the proposal asks of a vote."""

    def __init__(self, choice):
        self.awaits_answer = choice == Feasibility.FEASIBLE_IF


def planned(*, agreed_on=None, steps=(), votes=()):
    return LoadedPlanning(agreed_on, steps, map(Vote, votes))


AGREED = planned(agreed_on=date(2026, 10, 26))


def happened(**changed):
    given = {
        "phase": Phase.ANALYSIS,
        "composition": WHOLE,
        "partners": [],
        "groups": [TargetGroup(name="Ouders", decision="chosen")],
        "planning": AGREED,
        "voters": 3,
        "opportunities": [],
        "decisions": [],
        "previous_on": date(2026, 10, 26),
    }
    return Happened(**given | changed)


def point(kind, **changed):
    found = [p for p in propose_agenda(happened(**changed), ON) if p.kind == kind]
    return found[0] if found else None


def partner(state, name="Vakbond"):
    return Engagement(organisation=Organisation(name=name), state=state)


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_gets_four_different_points_with_a_reason(phase):
    points = propose_agenda(happened(phase=phase), ON)

    assert len({p.key for p in points}) == len(points) == POINTS_PROPOSED
    assert all(p.title and p.reason for p in points)


def test_the_week_of_els_gets_the_four_points_of_her_journey():
    points = propose_agenda(
        happened(
            partners=[partner(EngagementState.SUGGESTED)],
            opportunities=[
                Opportunity(
                    pk=1, text="het nieuwe onthaal", noted_on=date(2026, 11, 20)
                )
            ],
            planning=planned(
                agreed_on=date(2026, 10, 26),
                steps=[PlanningStep(title="Groepsgesprek", starts_on=ON)],
            ),
        ),
        ON,
    )

    assert [p.title for p in points] == [
        "Tussenstand: wat hoorden we al?",
        "Wie missen we nog?",
        "Een kans: het nieuwe onthaal",
        "Loopt de planning zoals we dachten?",
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"composition": ALONE}, "Er is nog niemand van het OCMW."),
        (
            {"partners": [partner(EngagementState.TO_CONTACT)]},
            "Nog niet gecontacteerd: Vakbond.",
        ),
        (
            {
                "partners": [
                    partner(EngagementState.SUGGESTED),
                    partner(EngagementState.TO_CONTACT, "VDAB"),
                ]
            },
            "Nog niet gecontacteerd: Vakbond en nog 1.",
        ),
        (
            {"partners": [partner(EngagementState.ENGAGED)]},
            "Dit past bij de fase analyse.",
        ),
    ],
)
def test_who_is_missing_is_said_by_name(changed, reason):
    assert point(AgendaKind.STEERING_GROUP, **changed).reason == reason


@pytest.mark.parametrize(
    ("planning", "reason"),
    [
        (None, "Er is nog geen planning."),
        (
            planned(votes=[Feasibility.FEASIBLE_IF]),
            "1 voorwaarde wacht op een antwoord.",
        ),
        (planned(votes=[Feasibility.FEASIBLE]), "2 leden gaven nog geen oordeel."),
        (
            planned(
                agreed_on=ON,
                steps=[
                    PlanningStep(title="Later", starts_on=date(2027, 1, 11)),
                    PlanningStep(title="Eerst", starts_on=date(2026, 12, 15)),
                ],
            ),
            "‘Eerst’ begint op 15 december 2026.",
        ),
        (
            planned(
                agreed_on=ON,
                steps=[PlanningStep(title="Ver", starts_on=date(2027, 6, 1))],
            ),
            "Dit past bij de fase analyse.",
        ),
    ],
)
def test_the_planning_comes_up_when_something_is_open(planning, reason):
    assert point(AgendaKind.PLANNING, planning=planning).reason == reason


def test_an_opportunity_that_was_used_or_is_over_is_left_out():
    used = Opportunity(pk=1, text="de verhuis", is_used=True, noted_on=ON)
    over = Opportunity(pk=2, text="de fusie", until=date(2026, 12, 6), noted_on=ON)
    still = Opportunity(pk=3, text="het onthaal", until=ON, noted_on=ON)

    assert point(AgendaKind.OWN, opportunities=[used, over]) is None
    assert (
        point(AgendaKind.OWN, opportunities=[used, over, still]).title
        == "Een kans: het onthaal"
    )


@pytest.mark.parametrize(
    ("due_on", "asked"),
    [
        (None, False),
        (date(2026, 10, 26), False),
        (date(2026, 10, 27), True),
        (ON, True),
        (date(2026, 12, 8), False),
    ],
)
def test_a_promise_that_fell_due_since_the_last_meeting_is_asked_after(due_on, asked):
    found = point(AgendaKind.OWN, decisions=[MeetingDecision(due_on=due_on)])

    assert (found is not None) == asked
    if asked:
        assert found.reason == "1 beslissing moest tegen nu klaar zijn."


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([], "De doelgroepenmatrix is nog leeg."),
        ([TargetGroup(name="Ouders")], "1 doelgroep wacht op een beslissing."),
    ],
)
def test_the_matrix_comes_up_while_groups_wait(groups, reason):
    changed = {"phase": Phase.PREPARATION, "groups": groups}

    assert point(AgendaKind.MATRIX, **changed).reason == reason


def test_the_promises_go_along_with_who_made_them():
    promised = MeetingDecision(
        text="We bellen.", owner=SteeringGroupMember(name="Els"), due_on=ON
    )
    nobodys = MeetingDecision(text="We wachten.", due_on=ON)

    found = point(AgendaKind.OWN, decisions=[promised, nobodys])

    assert found.note == "We bellen. (Els)\nWe wachten."


def test_every_part_of_the_project_has_a_usual_title():
    kinds = [kind for kind in AgendaKind if kind != AgendaKind.OWN]

    assert list(TITLES) == kinds
    assert all(standard_point(kind).title for kind in kinds)


def test_no_phase_proposes_the_same_twice():
    assert all(len(set(kinds)) == len(kinds) == 4 for kinds in USUAL.values())
    assert all(a != b for a, b in pairwise(USUAL.values()))
