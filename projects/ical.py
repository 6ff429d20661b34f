"""What stands in somebody's calendar, written as an iCalendar file (RFC 5545).

Pure: events in, bytes out. A calendar program knows an event by its uid and takes the
newest revision, so both come from the row and stay the same at every request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from projects.models import Meeting

BRUSSELS = ZoneInfo("Europe/Brussels")
# A meeting without an end keeps this much time free; the form says so.
USUAL_LENGTH = timedelta(hours=2)
# The rule since 1996, instead of a list of every change up to 2038.
SUMMER_AND_WINTER = """BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Appointment:
    """One line in a calendar; without `starts_at` it takes the whole day."""

    uid: str
    held_on: date
    starts_at: time | None
    ends_at: time | None
    summary: str
    place: str
    url: str
    revision: int = 0


def appointment_of(meeting: Meeting, site_url: str) -> Appointment:
    """Return the meeting as an appointment; expects its project loaded.

    Agenda, minutes and names stay out: a calendar is often shared.
    """
    return Appointment(
        uid=uid_of("vergadering", meeting.pk, site_url),
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=f"{meeting.title}: {meeting.project.title}",
        place=meeting.place,
        url=f"{site_url}{meeting.get_absolute_url()}",
        revision=meeting.revision,
    )


def uid_of(kind: str, key: int, site_url: str) -> str:
    """Return what a calendar program knows an appointment by, for ever."""
    return f"{kind}-{key}@{urlsplit(site_url).hostname}"


def write_calendar(
    appointments: Iterable[Appointment], *, name: str, now: datetime
) -> bytes:
    """Write the file; `now` says how fresh it is."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rechtencirkel//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_ical(SUMMER_AND_WINTER))
    for appointment in appointments:
        calendar.add_component(_event(appointment, now))
    written: bytes = calendar.to_ical()
    return written


def _event(appointment: Appointment, now: datetime) -> Event:
    starts, ends = _times(appointment)
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", now)
    event.add("sequence", appointment.revision)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", appointment.summary)
    if appointment.place:
        event.add("location", appointment.place)
    event.add("url", appointment.url)
    return event


def _times(appointment: Appointment) -> tuple[date, date]:
    """Return when it starts and ends: two days, or two moments in Brussels."""
    day = appointment.held_on
    if appointment.starts_at is None:
        return day, day + timedelta(days=1)
    starts = datetime.combine(day, appointment.starts_at, BRUSSELS)
    if appointment.ends_at is None:
        return starts, starts + USUAL_LENGTH
    return starts, datetime.combine(day, appointment.ends_at, BRUSSELS)
