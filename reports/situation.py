"""What the rules of the method look at: the progress, and how the preparation stands.

Gathered once, in a fixed number of queries whatever the project holds, so that the rules
themselves (reports.rules) ask the database nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import time_format

from kader.vocabulary import EngagementState, MatrixDecision
from projects.feasibility import FeasibilityCheck, check_feasibility
from projects.models import (
    SCORED_CRITERIA,
    Engagement,
    MatrixScore,
    Meeting,
    Opportunity,
    Planning,
    Project,
    Role,
    SteeringGroupMember,
    TargetGroup,
)
from rechtencirkel.services import Waiting, count_waiting
from reports.progress import ProjectProgress, build_progress

# How far ahead the page with what there is to do looks.
SOON = timedelta(days=21)
DAYS_SHOWN = 6


@dataclass(frozen=True)
class MeetingLine:
    """A meeting with how much stands on its agenda and how much was decided."""

    meeting: Meeting
    items: int
    decisions: int


@dataclass(frozen=True)
class Situation:
    """One project on one day, as one viewer meets it.

    `seat` is the viewer's own place in the steering group, if they have one. `feasibility`
    is about the newest planning. `scores` counts the cells of the matrix each member
    filled in, never what they filled in. `words` counts what waits to be read over: for the
    viewer as the appointed person, or for somebody who is still to be appointed.
    """

    progress: ProjectProgress
    seat: SteeringGroupMember | None
    feasibility: FeasibilityCheck | None
    meetings: tuple[MeetingLine, ...]
    engagements: tuple[Engagement, ...]
    estimators: frozenset[int]
    scores: Mapping[int, int]
    opportunities: tuple[Opportunity, ...]
    coordinators: int
    words: Waiting

    @property
    def on(self) -> date:
        return self.progress.on

    @property
    def project(self) -> Project:
        return self.progress.project

    @property
    def planning(self) -> Planning | None:
        return self.progress.planning

    @property
    def chosen_groups(self) -> tuple[TargetGroup, ...]:
        groups = self.progress.target_groups
        return tuple(g for g in groups if g.decision == MatrixDecision.CHOSEN)

    @property
    def cells_to_score(self) -> int:
        """How many cells of the matrix each member is asked for."""
        return len(self.progress.target_groups) * len(SCORED_CRITERIA)

    @property
    def meetings_without_decisions(self) -> tuple[MeetingLine, ...]:
        return tuple(
            line
            for line in self.meetings
            if line.meeting.held_on < self.on and not line.decisions
        )

    @property
    def coming_meetings(self) -> tuple[MeetingLine, ...]:
        return tuple(line for line in self.meetings if line.meeting.held_on >= self.on)

    def engaged_as(self, state: EngagementState) -> tuple[Engagement, ...]:
        return tuple(e for e in self.engagements if e.state == state)


@dataclass(frozen=True)
class ComingDay:
    """Something on a day to come."""

    day: date
    text: str
    url: str


def coming_days(situation: Situation) -> tuple[ComingDay, ...]:
    """Return what is on the calendar, the first day first; only what the viewer may see."""
    if not situation.project.viewer.may_view:
        return ()
    found = [
        *_meetings_to_come(situation),
        *_talks_to_come(situation),
        *_steps_to_come(situation),
    ]
    return tuple(sorted(found, key=lambda coming: (coming.day, coming.text)))[
        :DAYS_SHOWN
    ]


def _meetings_to_come(situation: Situation) -> Iterator[ComingDay]:
    project_id = situation.project.pk
    for line in situation.coming_meetings:
        meeting = line.meeting
        at = (
            f", om {time_format(meeting.starts_at, 'G.i')} uur"
            if meeting.starts_at
            else ""
        )
        place = f" in {meeting.place}" if meeting.place else ""
        yield ComingDay(
            meeting.held_on,
            f"{meeting}{at}{place}",
            reverse("reports:meeting_detail", args=[project_id, meeting.pk]),
        )


def _talks_to_come(situation: Situation) -> Iterator[ComingDay]:
    progress = situation.progress
    for talk in progress.conversations:
        is_planned = talk.is_draft and not talk.round.is_closed
        if is_planned and talk.held_on >= situation.on:
            yield ComingDay(talk.held_on, f"Gesprek: {talk}", talk.get_absolute_url())
    for session in progress.sessions:
        if session.is_planned and session.held_on >= situation.on:
            yield ComingDay(
                session.held_on, f"Dialoog: {session}", session.get_absolute_url()
            )


def _steps_to_come(situation: Situation) -> Iterator[ComingDay]:
    """Return the last day of every step in the current planning that is not over."""
    if situation.planning is None:
        return
    for step in situation.planning.steps.all():
        if step.ends_on >= situation.on:
            yield ComingDay(
                step.ends_on,
                f"Laatste dag: {step}" if step.ends_on > step.starts_on else str(step),
                reverse("projects:planning", args=[situation.project.pk]),
            )


def _feasibility(progress: ProjectProgress) -> FeasibilityCheck | None:
    if progress.planning is None:
        return None
    return check_feasibility(
        agreed_on=progress.planning.agreed_on,
        members=progress.members,
        votes=progress.planning.votes.select_related("member"),
        composition=progress.composition,
    )


def build_situation(project: Project, on: date) -> Situation:
    """Gather everything the rules look at. 28 queries; asks `project.viewer`."""
    progress = build_progress(project, on)
    user = project.viewer.user
    # The type checker does not see what annotate adds.
    meetings: Any = project.meetings.annotate(
        item_count=Count("items", distinct=True),
        decision_count=Count("decisions", distinct=True),
    )
    scores = MatrixScore.objects.counting(project, on)
    return Situation(
        progress=progress,
        seat=next((m for m in progress.members if m.user_id == user.pk), None),
        feasibility=_feasibility(progress),
        meetings=tuple(
            MeetingLine(m, m.item_count, m.decision_count) for m in meetings
        ),
        engagements=tuple(project.engagements.with_names()),
        estimators=frozenset(project.estimates.values_list("member_id", flat=True)),
        scores=dict(
            scores.order_by().values_list("member_id").annotate(number=Count("pk"))
        ),
        opportunities=tuple(project.opportunities.all()),
        coordinators=project.memberships.filter(
            role=Role.COORDINATOR, user__is_active=True
        ).count(),
        words=count_waiting(project=project, user=user, on=on),
    )
