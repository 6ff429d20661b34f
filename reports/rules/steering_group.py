"""The rules around the table: steering group, partners, meetings."""

from collections.abc import Iterator

from django.utils.formats import date_format

from kader.vocabulary import EngagementState, Severity, SteeringGroupRole
from projects.access import Capability
from reports.rules.finding import Finding, url_in
from reports.situation import SOON, Situation

SEVERITY_OF_COMPOSITION = {
    "R1": Severity.FAULT,
    "R2": Severity.ATTENTION,
    "R3": Severity.TIP,
}


def composition(situation: Situation) -> Iterator[Finding]:
    """R1 to R3: who has to sit at the table."""
    for finding in situation.progress.composition.missing:
        severity = SEVERITY_OF_COMPOSITION.get(finding.rule, Severity.TIP)
        yield Finding(
            rule=finding.rule,
            title=finding.title,
            reason=finding.detail,
            url=url_in(situation, "projects:steering_group"),
            verb="Bekijk de stuurgroep",
            asks=Capability.MANAGE,
            severity=severity,
            is_task=severity is not Severity.TIP,
            mail="De stuurgroep is nog niet volledig.",
        )


def lead(situation: Situation) -> Iterator[Finding]:
    """I.1: somebody is the pivot of the steering group."""
    members = situation.progress.members
    if members and all(m.role != SteeringGroupRole.LEAD for m in members):
        yield Finding(
            rule="I.1",
            title="De stuurgroep heeft geen trekker",
            reason="De trekker brengt iedereen samen. Zonder trekker valt het stil.",
            url=url_in(situation, "projects:steering_group"),
            verb="Duid een trekker aan",
            asks=Capability.MANAGE,
            severity=Severity.ATTENTION,
            mail="De stuurgroep heeft geen trekker.",
        )


def handover(situation: Situation) -> Iterator[Finding]:
    """Find projects that hang on one person: they stop when that person leaves."""
    if situation.coordinators == 1:
        yield Finding(
            rule="I.1",
            title="Er is maar één coördinator",
            reason="Als die uitvalt, kan niemand het project beheren. "
            "Een tweede coördinator vangt dat op.",
            url=url_in(situation, "projects:membership_list"),
            verb="Bekijk wie toegang heeft",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            is_task=False,
            mail="Er is maar één coördinator.",
        )


def partners(situation: Situation) -> Iterator[Finding]:
    """R5: somebody was thought of; decide, and pick up the phone."""
    for engagement in situation.engaged_as(EngagementState.SUGGESTED):
        by = engagement.suggested_by
        yield Finding(
            rule="R5",
            title=f"Beslis of {engagement} partner wordt",
            reason=f"{by.get_short_name()} stelde dit voor."
            if by
            else "Dit is voorgesteld en nog niet beslist.",
            url=url_in(situation, "projects:partner_edit", engagement.pk),
            verb="Bekijk het voorstel",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            mail="Er is een partner voorgesteld.",
        )
    for engagement in situation.engaged_as(EngagementState.TO_CONTACT):
        yield Finding(
            rule="R5",
            title=f"Neem contact op met {engagement}",
            reason="Deze partner staat op de lijst en weet nog van niets.",
            url=url_in(situation, "projects:partner_edit", engagement.pk),
            verb="Noteer het contact",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            minutes=15,
            mail="Er is een partner die jullie nog willen contacteren.",
        )


def missing_partner(situation: Situation) -> Iterator[Finding]:
    """R4: after the matrix the group may need somebody it does not have yet."""
    if situation.chosen_groups and not situation.engagements:
        yield Finding(
            rule="R4",
            title="Welke partner missen we?",
            reason="Jullie kozen doelgroepen. Wie kent die mensen en zit niet aan tafel?",
            url=url_in(situation, "projects:partner_suggest"),
            verb="Stel een partner voor",
            asks=Capability.CONTRIBUTE,
            severity=Severity.TIP,
            mail="Jullie kozen doelgroepen: welke partner missen jullie nog?",
        )


def meetings(situation: Situation) -> Iterator[Finding]:
    """Ask for an agenda before a meeting and for decisions after it."""
    for line in situation.meetings_without_decisions:
        day = date_format(line.meeting.held_on, "j F Y")
        yield Finding(
            rule="I.1",
            title=f"Wat besliste de stuurgroep op {day}?",
            reason="De vergadering is voorbij en er staat nog geen beslissing in.",
            url=url_in(situation, "projects:meeting_record", line.meeting.pk),
            verb="Schrijf de beslissingen",
            asks=Capability.MANAGE,
            severity=Severity.ATTENTION,
            minutes=10,
            mail=f"De vergadering van {day} heeft nog geen beslissingen.",
        )
    for line in situation.coming_meetings:
        if line.items or line.meeting.held_on > situation.on + SOON:
            continue
        day = date_format(line.meeting.held_on, "j F")
        yield Finding(
            rule="I.1",
            title=f"De stuurgroep van {day} heeft nog geen agenda",
            reason="We zetten punten klaar op basis van wat er gebeurde. Jij kiest wat blijft.",
            url=url_in(situation, "projects:meeting_agenda", line.meeting.pk),
            verb="Bekijk het voorstel",
            asks=Capability.MANAGE,
            severity=Severity.ATTENTION,
            mail=f"De stuurgroep van {day} heeft nog geen agenda.",
        )


def next_meeting(situation: Situation) -> Iterator[Finding]:
    """Ask for a next date: without one a group falls apart quietly."""
    if situation.progress.members and not situation.coming_meetings:
        yield Finding(
            rule="I.1",
            title="Er is geen volgende vergadering gepland",
            reason="Een volgende datum houdt de groep samen.",
            url=url_in(situation, "projects:meeting_create"),
            verb="Plan een vergadering",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            is_task=False,
            mail="Er is geen volgende vergadering gepland.",
        )
