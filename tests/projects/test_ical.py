"""The file is read back with the library's own reader, as a calendar program would."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from projects.ical import Appointment, appointment_of, write_calendar
from projects.models import Meeting, Project

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SITE = "https://rechtencirkel.example.be"


def meeting(**changed):
    given = {
        "pk": 7,
        "project": Project(pk=3, title="Iedereen mee in Heidebeke"),
        "held_on": date(2026, 12, 7),
        "starts_at": time(10, 0),
        "ends_at": time(12, 0),
        "place": "Sociaal Huis, zaal 1; achteraan",
        "revision": 2,
        "minutes": "Fatima vertelde over haar huis.",
    }
    return Meeting(**given | changed)


def read_back(*meetings):
    written = write_calendar(
        [appointment_of(m, SITE) for m in meetings], name="Rechtencirkel", now=NOW
    )
    return Calendar.from_ical(written)


def event_of(**changed):
    return read_back(meeting(**changed)).walk("VEVENT")[0]


def test_a_meeting_says_what_where_and_which_revision():
    event = event_of()

    assert event["UID"] == "vergadering-7@rechtencirkel.example.be"
    assert event["SEQUENCE"] == 2
    assert event["SUMMARY"] == "Stuurgroep: Iedereen mee in Heidebeke"
    assert event["LOCATION"] == "Sociaal Huis, zaal 1; achteraan"
    assert event["URL"] == f"{SITE}/projecten/3/vergaderingen/7/"
    assert event["DTSTAMP"].dt == NOW


@pytest.mark.parametrize(
    ("held_on", "offset", "name"),
    [
        (date(2026, 7, 6), timedelta(hours=2), "CEST"),
        (date(2026, 12, 7), timedelta(hours=1), "CET"),
        (date(2027, 3, 28), timedelta(hours=2), "CEST"),
        (date(2026, 10, 25), timedelta(hours=1), "CET"),
    ],
)
def test_ten_o_clock_is_ten_o_clock_in_summer_and_in_winter(held_on, offset, name):
    starts = event_of(held_on=held_on)["DTSTART"]

    assert starts.params["TZID"] == "Europe/Brussels"
    assert starts.dt.replace(tzinfo=None) == datetime.combine(held_on, time(10))
    assert starts.dt.utcoffset() == offset
    assert starts.dt.tzname() == name


def test_the_zone_in_the_file_gives_the_same_hours_to_who_does_not_know_its_name():
    zone = read_back(meeting()).walk("VTIMEZONE")[0].to_tz()

    offsets = [
        datetime(2026, month, 7, 10, tzinfo=zone).utcoffset() for month in (7, 12)
    ]

    assert offsets == [timedelta(hours=2), timedelta(hours=1)]


def test_without_hours_it_takes_the_whole_day():
    event = event_of(starts_at=None, ends_at=None)

    assert event["DTSTART"].dt == date(2026, 12, 7)
    assert event["DTEND"].dt == date(2026, 12, 8)
    assert event["DTSTART"].params["VALUE"] == "DATE"


def test_without_an_end_two_hours_are_kept_free():
    event = event_of(starts_at=time(23, 0), ends_at=None)

    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)
    assert event["DTEND"].dt.date() == date(2026, 12, 8)


def test_without_a_place_none_is_said():
    assert "LOCATION" not in event_of(place="")


def test_minutes_and_names_stay_out():
    written = write_calendar([appointment_of(meeting(), SITE)], name="R", now=NOW)

    assert b"Fatima" not in written


def test_what_people_type_cannot_add_a_line_of_its_own():
    written = write_calendar(
        [
            Appointment(
                uid="x@y",
                held_on=date(2026, 12, 7),
                starts_at=None,
                ends_at=None,
                summary="Stuurgroep\r\nATTENDEE:mailto:iemand@voorbeeld.be",
                place="",
                url=SITE,
            )
        ],
        name="R",
        now=NOW,
    )

    assert "ATTENDEE" not in Calendar.from_ical(written).walk("VEVENT")[0]
    assert not [line for line in written.splitlines() if line.startswith(b"ATTENDEE")]


def test_every_line_is_short_enough_and_ends_as_the_standard_asks():
    written = write_calendar(
        [appointment_of(meeting(title="é" * 120), SITE)], name="R", now=NOW
    )

    assert written.endswith(b"\r\n")
    assert max(map(len, written.split(b"\r\n"))) <= 75


def test_an_empty_calendar_can_be_read():
    calendar = read_back()

    assert calendar.walk("VEVENT") == []
    assert len(calendar.walk("VTIMEZONE")) == 1
