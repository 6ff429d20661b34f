"""Checks on the meetings of the steering group: everything stays in its own project."""

from django.db.models import F

from lpk_site.integrity.registry import Keys, check, keys
from projects.models import Meeting, MeetingDecision


@check(Meeting, "Iemand uit een ander project staat bij de aanwezigen.")
def meetings_were_attended_by_their_own_members() -> Keys:
    # The table in between: a negation over many links would miss a single strange one.
    links = Meeting.present.through.objects.exclude(
        steeringgroupmember__project=F("meeting__project")
    )
    return links.values_list("meeting_id", flat=True)


@check(MeetingDecision, "De beslissing hangt aan een punt van een andere vergadering.")
def decisions_stay_in_their_meeting() -> Keys:
    decisions = MeetingDecision.objects.exclude(item=None)
    return keys(decisions.exclude(item__meeting=F("meeting")))


@check(MeetingDecision, "Wie de beslissing uitvoert, zit in een ander project.")
def decisions_are_carried_out_by_own_members() -> Keys:
    decisions = MeetingDecision.objects.exclude(owner=None)
    return keys(decisions.exclude(owner__project=F("meeting__project")))
