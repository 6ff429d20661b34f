"""Pure: a drawing of steps that were never stored."""

from datetime import date

import pytest
from lxml import etree

from kader.vocabulary import Phase
from projects.models import PlanningStep
from projects.timeline import (
    COMPACT,
    STEPS_PER_DRAWING,
    WIDE,
    in_words,
    planning_timelines,
    span_of,
)

SVG = {"s": "http://www.w3.org/2000/svg"}
TODAY = date(2026, 11, 23)


def a_step(title="Gesprekken", first=(2026, 11, 9), last=(2027, 1, 22)):
    return PlanningStep(
        title=title,
        phase=Phase.ANALYSIS,
        starts_on=date(*first),
        ends_on=date(*last),
    )


def drawn(*steps, today=TODAY, layout=WIDE):
    [drawing] = planning_timelines(steps, today=today, layout=layout, ident="t")
    return etree.fromstring(drawing)


def words(drawing):
    return drawing.xpath("//s:text/text()", namespaces=SVG)


def bars(drawing):
    return [
        (float(bar.get("x")), float(bar.get("width")))
        for bar in drawing.xpath("//s:rect", namespaces=SVG)
    ]


def test_the_axis_runs_over_whole_months():
    span = span_of([a_step()])

    assert (span.first, span.last) == (date(2026, 11, 1), date(2027, 1, 31))
    assert [month.month for month in span.months] == [11, 12, 1]


def test_a_step_in_the_last_month_that_exists_still_fits():
    assert span_of([a_step(last=(9999, 12, 31))]).last == date.max


@pytest.mark.parametrize("layout", [WIDE, COMPACT], ids=lambda layout: layout.name)
def test_every_step_has_its_number_phase_dates_and_bar(layout):
    drawing = drawn(
        a_step(), a_step("Dialoog", (2027, 3, 16), (2027, 3, 16)), layout=layout
    )

    said = words(drawing)
    assert "1. Gesprekken" in said
    assert "Analyse · 16 maart 2027" in said
    assert {"2026", "2027", "nov", "vandaag"} <= set(said)
    assert len(bars(drawing)) == 2


@pytest.mark.parametrize("layout", [WIDE, COMPACT], ids=lambda layout: layout.name)
@pytest.mark.parametrize("last", [(2026, 11, 30), (2027, 1, 22), (2036, 12, 31)])
def test_nothing_is_drawn_outside_the_frame(layout, last):
    drawing = drawn(a_step("Een dag", last, last), a_step(last=last), layout=layout)

    width = layout.width
    assert all(x >= 0 and x + wide <= width for x, wide in bars(drawing))
    ends = drawing.xpath("//s:line/@x2 | //s:text/@x", namespaces=SVG)
    assert all(0 <= float(x) <= width for x in ends)


def test_a_longer_step_has_a_longer_bar_and_a_later_one_begins_further():
    first, second = bars(
        drawn(a_step(), a_step("Later", (2026, 12, 7), (2026, 12, 20)))
    )

    assert first[1] > second[1]
    assert first[0] < second[0]


def test_ten_years_name_only_the_months_for_which_there_is_room():
    months = {"jan", "feb", "mrt", "apr", "mei", "jun"}

    named = [
        word for word in words(drawn(a_step(last=(2036, 12, 31)))) if word in months
    ]

    assert len(named) <= WIDE.chart_width / WIDE.month_room


@pytest.mark.parametrize(
    ("today", "is_shown"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2027, 1, 31), True),
        (date(2027, 2, 1), False),
    ],
)
def test_today_is_drawn_only_when_the_axis_reaches_it(today, is_shown):
    assert ("vandaag" in words(drawn(a_step(), today=today))) == is_shown


def test_a_title_of_a_hundred_letters_takes_two_lines():
    title = "Een heel lange titel van een stap " * 4

    lines = [word for word in words(drawn(a_step(title))) if "titel" in word]

    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_what_is_typed_is_escaped():
    [drawing] = planning_timelines(
        [a_step("<script>alert(1)</script>")], today=TODAY, layout=WIDE, ident="t"
    )

    assert "<script>" not in drawing


def test_sixty_steps_are_drawn_in_pieces_that_fit_on_paper():
    steps = [a_step(f"Stap {n}") for n in range(60)]
    steps[-1].ends_on = date(2027, 12, 31)

    pieces = [
        etree.fromstring(piece)
        for piece in planning_timelines(steps, today=TODAY, layout=WIDE, ident="t")
    ]

    assert [len(bars(piece)) for piece in pieces] == [STEPS_PER_DRAWING] * 5
    assert "13. Stap 12" in words(pieces[1])
    assert {bars(piece)[0] for piece in pieces} == {bars(pieces[0])[0]}
    assert len({piece.get("aria-labelledby") for piece in pieces}) == 5
    assert "stap 13 tot en met 24" in pieces[1][0].text


def test_no_steps_give_no_drawing():
    assert planning_timelines([], today=TODAY, layout=WIDE, ident="t") == []


def test_the_drawing_is_told_in_words():
    steps = [a_step(), a_step("Dialoog", (2027, 3, 16), (2027, 3, 16))]

    assert in_words(steps, span_of(steps), today=TODAY) == (
        "2 stappen van november 2026 tot maart 2027. Nu bezig: Gesprekken. "
        "De tabel hieronder zegt hetzelfde."
    )
    assert "Nu bezig" not in in_words(
        steps[:1], span_of(steps), today=date(2026, 11, 1)
    )
