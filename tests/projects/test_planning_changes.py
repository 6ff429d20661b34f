"""Pure: versions and steps that were never stored."""

from datetime import date

import pytest

from kader.vocabulary import Phase
from projects.method_steps import propose_steps
from projects.models import Organisation, Planning, PlanningStep
from projects.planning_changes import (
    amount,
    changes_between,
    describe,
    euros,
    period,
    totals_of,
)

OCMW = Organisation(pk=1, name="OCMW")
BRIDGE = Organisation(pk=2, name="De Brug")


def a_planning(**changed):
    given = {
        "target_participants": 24,
        "target_not_reached": 6,
        "target_providers": 20,
    }
    return Planning(**given | changed)


def a_step(title="Gesprekken", **changed):
    given = {
        "title": title,
        "phase": Phase.ANALYSIS,
        "starts_on": date(2026, 11, 9),
        "ends_on": date(2027, 1, 22),
        "owner": OCMW,
        "hours": 20,
        "euros": 1250,
    }
    return PlanningStep(**given | changed)


def lines(before, after, **changed):
    changes = changes_between(a_planning(), before, a_planning(**changed), after)
    return [
        (change.sentence.replace("\xa0", " "), change.is_major) for change in changes
    ]


def test_a_first_version_changes_nothing():
    assert changes_between(None, [], a_planning(), [a_step()]) == ()


def test_the_same_version_changes_nothing():
    assert lines([a_step()], [a_step()]) == []


def test_a_new_and_a_fallen_step_are_described():
    assert lines(
        [a_step("Oud", hours=5)], [a_step("Nieuw", hours=5, phase="dialogue")]
    ) == [
        (
            "Nieuwe stap: Nieuw, 9 november 2026 – 22 januari 2027, 5 uur, OCMW.",
            True,
        ),
        (
            "Weggevallen: Oud, 9 november 2026 – 22 januari 2027, 5 uur, OCMW.",
            True,
        ),
    ]


def test_a_step_that_moves_is_told_once():
    moved = a_step(starts_on=date(2026, 11, 16))

    assert lines([a_step()], [moved]) == [
        (
            "Gesprekken: verschoven van 9 november 2026 – 22 januari 2027 naar "
            "16 november 2026 – 22 januari 2027.",
            True,
        )
    ]


def test_other_hours_are_told_with_the_total():
    assert lines([a_step()], [a_step(hours=26)]) == [
        ("Gesprekken: 26 uur in plaats van 20.", True),
        ("Alles samen: 26 uur in plaats van 20.", True),
    ]


def test_no_hours_and_zero_hours_are_the_same():
    assert lines([a_step(hours=None)], [a_step(hours=0)]) == []


@pytest.mark.parametrize(
    ("changed", "sentence", "is_major"),
    [
        ({"title": "Praten"}, "‘Gesprekken’ heet nu ‘Praten’.", False),
        ({"phase": Phase.DIALOGUE}, "Gesprekken: hoort nu bij dialoog.", False),
        ({"euros": 900}, "Gesprekken: 900 euro in plaats van 1 250 euro.", False),
        ({"owner": BRIDGE}, "Gesprekken: nu trekt De Brug dit.", True),
        (
            {"owner": None, "hours": 20},
            "Gesprekken: niemand trekt dit nog.",
            True,
        ),
    ],
)
def test_what_else_changes_in_a_step_is_told(changed, sentence, is_major):
    assert lines([a_step()], [a_step(**changed)]) == [(sentence, is_major)]


def test_another_owner_of_a_step_without_hours_is_a_small_change():
    step, other = a_step(hours=None), a_step(hours=None, owner=BRIDGE)

    assert lines([step], [other]) == [("Gesprekken: nu trekt De Brug dit.", False)]


def test_two_steps_with_one_title_are_kept_apart():
    first = a_step()
    second = a_step(starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 5))

    assert lines([first, second], [second, first]) == []
    assert len(lines([first, second], [first])) == 2


def test_other_target_numbers_are_told():
    assert lines(
        [], [], target_participants=30, target_not_reached=8, target_providers=12
    ) == [
        ("Mensen van de doelgroep: 30 in plaats van 24.", True),
        ("Mensen die de weg nog niet vonden: 8 in plaats van 6.", True),
        ("Hulp- en dienstverleners: 12 in plaats van 20.", True),
    ]


def test_a_rewritten_remark_is_a_small_change():
    assert lines([], [], remark="Niet in mei.") == [
        ("De afspraken zijn herschreven.", False)
    ]


def test_sixty_steps_are_compared():
    before = [a_step(f"Stap {n}") for n in range(60)]
    after = [a_step(f"Stap {n}", hours=21) for n in range(60)]

    assert len(lines(before, after)) == 61


def test_amounts_are_written_the_dutch_way():
    assert amount(12) == "12"
    assert amount(1_234_567) == "1\xa0234\xa0567"
    assert euros(1250) == "1\xa0250\xa0euro"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 11, 9), (2026, 11, 9), "9 november 2026"),
        ((2026, 11, 9), (2026, 11, 20), "9 – 20 november 2026"),
        ((2026, 11, 9), (2026, 12, 11), "9 november – 11 december 2026"),
        ((2026, 11, 9), (2027, 11, 9), "9 november 2026 – 9 november 2027"),
        ((2026, 11, 9), (2027, 1, 22), "9 november 2026 – 22 januari 2027"),
    ],
)
def test_a_period_names_the_year_once(first, last, words):
    assert period(a_step(starts_on=date(*first), ends_on=date(*last))) == words


def test_a_step_without_hours_or_owner_is_described_without():
    assert describe(a_step(hours=None, owner=None)) == (
        "Gesprekken, 9 november 2026 – 22 januari 2027"
    )


def test_totals_leave_out_what_is_not_filled_in():
    totals = totals_of([a_step(), a_step(hours=None, euros=None)])

    assert (totals.hours, totals.euros) == (20, 1250)
    assert totals_of([]).hours == 0


def test_the_method_proposes_steps_from_the_start_of_the_project():
    steps = {step.title: step for step in propose_steps(date(2026, 9, 7))}

    talks = steps["Bevraging van de doelgroepen"]
    assert (talks.starts_on, talks.ends_on) == (date(2026, 11, 9), date(2027, 1, 22))
    assert steps["Dialoog"].starts_on == date(2027, 3, 16)
    assert all(step.starts_on <= step.ends_on for step in steps.values())


def test_a_project_at_the_end_of_time_gets_no_proposal():
    assert propose_steps(date.max) == ()
