"""What became of what each group said: a short story that can be read out to the group.

Tells process and decisions, never what one person said and never a number of answers.
Reads rows that are already loaded, and never the database.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialogue.models import DialogueSession
from improvement_actions.models import Feedback, FeedbackDuty, ImprovementAction
from improvement_actions.story import enumerate_in_words
from kader.vocabulary import (
    ActionStatus,
    ConversationKind,
    ServiceDomain,
    Side,
)
from projects.models import Organisation, TargetGroup
from rechtencirkel.models import Conversation, ProblemStatement

BEGUN = (ActionStatus.RUNNING, ActionStatus.DONE, ActionStatus.STOPPED)
NUMBERS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes")


class StepKind(StrEnum):
    """What happened, so that the page can mark it."""

    TALK = "talk"
    PROBLEM = "problem"
    DIALOGUE = "dialogue"
    ACTION = "action"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class Step:
    """One moment on the way of a group. `is_ahead` says that it still has to come."""

    on: date
    kind: StepKind
    text: str
    is_ahead: bool = False


@dataclass(frozen=True)
class GroupStory:
    """A group, as it meets in one organisation, with everything that followed.

    `steps` are in order of time. `duties` is the news that the group still has to hear.
    """

    target_group: TargetGroup | None
    organisation: Organisation | None
    is_own: bool
    talks: int
    steps: tuple[Step, ...]
    actions: tuple[ImprovementAction, ...]
    duties: tuple[FeedbackDuty, ...]

    @property
    def name(self) -> str:
        group = str(self.target_group) if self.target_group else "Een groep"
        return f"{group}, bij {self.organisation}" if self.organisation else group

    @property
    def talks_in_words(self) -> str:
        """Say "twee gesprekken"; none is said as such."""
        number = NUMBERS[self.talks] if self.talks < len(NUMBERS) else str(self.talks)
        return f"{number} {'gesprek' if self.talks == 1 else 'gesprekken'}"

    @property
    def ahead(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.is_ahead)

    @property
    def is_told_everything(self) -> bool:
        """Whether the group heard at least once what happens, and nothing waits."""
        told = any(step.kind == StepKind.FEEDBACK for step in self.steps)
        return told and not self.duties


@dataclass(frozen=True)
class Material:
    """Everything of one project that a story is made from."""

    conversations: Sequence[Conversation]
    problems: Sequence[ProblemStatement]
    sessions: Sequence[DialogueSession]
    actions: Sequence[ImprovementAction]
    feedback: Sequence[Feedback]
    duties: Sequence[FeedbackDuty]


def tell_of_groups(
    material: Material, *, viewer_id: int, on: date
) -> tuple[GroupStory, ...]:
    """Return one story per group that talked or will talk; the viewer's own first.

    A group is a target group within an organisation. Whoever entered one of its talks
    calls it their own. A talk with one person is no group and has no story.
    """
    groups: dict[tuple[int | None, int | None], list[Conversation]] = {}
    for talk in material.conversations:
        if talk.side == Side.TARGET_GROUP and talk.kind == ConversationKind.GROUP:
            key = (talk.target_group_id, talk.organisation_id)
            groups.setdefault(key, []).append(talk)
    stories = [
        _story(talks, material, viewer_id=viewer_id, on=on) for talks in groups.values()
    ]
    return tuple(sorted(stories, key=lambda story: (not story.is_own, story.name)))


def _story(
    talks: Sequence[Conversation], material: Material, *, viewer_id: int, on: date
) -> GroupStory:
    group = talks[0].target_group
    actions = tuple(
        action
        for action in material.actions
        if _is_for(group, action) and action.status != ActionStatus.IDEA
    )
    steps = [
        *_of_talks(talks, on),
        *_of_problems(material.problems, group),
        *_of_dialogue(material.sessions, on),
        *_of_actions(actions, on),
        *_of_feedback(material.feedback, group),
    ]
    return GroupStory(
        target_group=group,
        organisation=talks[0].organisation,
        is_own=any(talk.entered_by_id == viewer_id for talk in talks),
        talks=sum(talk.held_on <= on for talk in talks),
        steps=tuple(sorted(steps, key=lambda step: step.on)),
        actions=actions,
        duties=tuple(d for d in material.duties if d.target_group == group),
    )


def _is_for(
    group: TargetGroup | None, subject: ImprovementAction | ProblemStatement
) -> bool:
    return group is not None and group in subject.target_groups.all()


def _of_talks(talks: Iterable[Conversation], on: date) -> Iterator[Step]:
    for talk in talks:
        verb = "praten" if talk.held_on > on else "praatten"
        yield Step(
            talk.held_on,
            StepKind.TALK,
            f"We {verb} over {_about(talk)}.",
            is_ahead=talk.held_on > on,
        )
        if talk.read_back_on:
            yield Step(talk.read_back_on, StepKind.TALK, "De groep las het verslag na.")


def _about(talk: Conversation) -> str:
    if len(talk.domains) == len(ServiceDomain):
        return "de hele rechtencirkel"
    return enumerate_in_words([d.label.lower() for d in talk.domains])


def _of_problems(
    problems: Iterable[ProblemStatement], group: TargetGroup | None
) -> Iterator[Step]:
    for problem in problems:
        if _is_for(group, problem):
            text = f"De stuurgroep schreef dit probleem op: “{problem.text}”"
            yield Step(problem.stated_on, StepKind.PROBLEM, text)


def _of_dialogue(sessions: Iterable[DialogueSession], on: date) -> Iterator[Step]:
    for session in sessions:
        prepared_on = session.prepared_with_group_on
        if prepared_on:
            verb = "bereiden" if prepared_on > on else "bereidden"
            yield Step(
                prepared_on,
                StepKind.DIALOGUE,
                f"We {verb} samen het gesprek met het OCMW voor.",
                is_ahead=prepared_on > on,
            )
        verb = "praten" if session.held_on > on else "praatten"
        yield Step(
            session.held_on,
            StepKind.DIALOGUE,
            f"We {verb} met het OCMW en de diensten.",
            is_ahead=session.held_on > on,
        )


def _of_actions(actions: Iterable[ImprovementAction], on: date) -> Iterator[Step]:
    """Tell the start of what runs; what is late or postponed has not begun."""
    for action in actions:
        if action.starts_on is None:
            continue
        if action.starts_on > on:
            text = f"Dit begint dan: {action.title}."
            yield Step(action.starts_on, StepKind.ACTION, text, is_ahead=True)
        elif action.status in BEGUN:
            text = f"Dit begon: {action.title}."
            yield Step(action.starts_on, StepKind.ACTION, text)


def _of_feedback(
    feedback: Iterable[Feedback], group: TargetGroup | None
) -> Iterator[Step]:
    for told in feedback:
        if told.target_group == group:
            text = "De groep hoorde wat er met haar woorden gebeurt."
            yield Step(told.given_on, StepKind.FEEDBACK, text)
