"""What one person's weekly mail says: what they have to do, and what changed.

Not a word that somebody typed goes into a mail but the title of the project, so that no
mail can carry what a participant said. No mail without content.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from accounts.models import User
from kader.vocabulary import Phase
from projects import access
from projects.access import Capability
from projects.models import Project
from reports.rules import my_tasks
from reports.situation import Situation, build_situation

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ProjectNews:
    """What one project has to say to one person."""

    project: Project
    tasks: tuple[str, ...]
    changes: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Letter:
    """The whole mail."""

    user: User
    week_of: date
    projects: tuple[ProjectNews, ...]

    @property
    def task_count(self) -> int:
        return sum(len(news.tasks) for news in self.projects)

    @property
    def subject(self) -> str:
        if not self.task_count:
            return "Rechtencirkel: wat er deze week veranderde"
        things = "1 ding" if self.task_count == 1 else f"{self.task_count} dingen"
        return f"Rechtencirkel: {things} voor jou deze week"


def write_letter(user: User, week_of: date) -> Letter | None:
    """Return the mail for the week of that Monday, None when there is nothing to say.

    About 30 queries for each open project in which the user has a role.
    """
    open_projects = Project.objects.visible_to(user).filter(closed_on=None)
    found = (_news(user, project.pk, week_of) for project in open_projects)
    projects = tuple(news for news in found if news.tasks or news.changes)
    return Letter(user, week_of, projects) if projects else None


def _news(user: User, project_id: int, week_of: date) -> ProjectNews:
    project = access.get_project(user, project_id, Capability.FOLLOW)
    situation = build_situation(project, week_of)
    tasks = my_tasks(situation)
    # Two tasks of one kind read the same here: one line with a number.
    lines = Counter(task.mail for task in tasks)
    return ProjectNews(
        project=project,
        tasks=tuple(
            line if number == 1 else f"{line} ({number} keer)"
            for line, number in lines.items()
        ),
        changes=tuple(_changes(situation, week_of - WEEK)),
        minutes=sum(task.minutes for task in tasks),
    )


@dataclass(frozen=True)
class PastWeek:
    """The seven days before the Monday of the mail."""

    since: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.since <= day < self.since + WEEK


def _changes(situation: Situation, since: date) -> Iterator[str]:
    """Say what is new in the week from that day on, and who meets in the next one."""
    week = PastWeek(since)
    for change in situation.progress.phase_changes:
        if week.holds(change.changed_on):
            phase = Phase(change.phase).label.lower()
            yield f"Het project is nu in de fase {phase}."
    if situation.project.viewer.may_view:
        yield from _around_the_table(situation, week)
        yield from _with_the_groups(situation, week)


def _around_the_table(situation: Situation, week: PastWeek) -> Iterator[str]:
    for line in situation.coming_meetings:
        if line.meeting.held_on < week.since + 2 * WEEK:
            day = date_format(line.meeting.held_on, "l j F Y")
            yield f"De stuurgroep komt samen op {day}."
    plan = situation.planning
    if plan is not None and week.holds(plan.proposed_on):
        yield f"Planning {plan.version} is voorgesteld."
    if plan is not None and week.holds(plan.agreed_on):
        yield f"Planning {plan.version} is goedgekeurd: alle leden vinden ze haalbaar."


def _with_the_groups(situation: Situation, week: PastWeek) -> Iterator[str]:
    progress = situation.progress
    talks = sum(week.holds(talk.handed_in_on) for talk in progress.conversations)
    if talks:
        yield f"{talks} {'gesprek is' if talks == 1 else 'gesprekken zijn'} ingediend."
    for session in progress.sessions:
        if week.holds(session.held_on):
            day = date_format(session.held_on, "j F Y")
            yield f"Er was een dialoogsessie op {day}."
    told = {
        feedback.pk
        for action in progress.actions
        for feedback in action.feedback.all()
        if week.holds(feedback.given_on)
    }
    if told:
        heard = "Eén keer" if len(told) == 1 else f"{len(told)} keer"
        yield f"{heard} hoorde een groep wat er met de acties gebeurde."
