"""The progress read model: what a project has to show, gathered once.

The dashboard, De rode draad and the PDF print these values; none of them counts for
itself, so they always say the same. A fixed number of queries whatever the project holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogue.models import Conclusion, DialogueSession
from improvement_actions import story
from improvement_actions.models import (
    Anchoring,
    Feedback,
    FeedbackDuty,
    ImprovementAction,
    Signal,
)
from kader.vocabulary import (
    ActionStatus,
    DialogueDecision,
    Phase,
    QuoteUse,
    RespondentCategory,
    Side,
    Werkpiste,
)
from projects.composition import Composition, check_composition
from projects.models import (
    PhaseChange,
    Planning,
    Project,
    SteeringGroupMember,
    TargetGroup,
)
from projects.participation import Participation, check_participation
from rechtencirkel.analysis import Circle, analyse_circle, total_of
from rechtencirkel.models import (
    Conversation,
    ProblemStatement,
    Publication,
    Quote,
    Round,
)


@dataclass(frozen=True)
class Heard:
    """How many people were heard on both sides, against the planning (R7).

    Counts people in the conversations that count, also before their answers are
    published: how many took part is process, what they said is not. A target is None
    without a planning.
    """

    participants: int
    conversations: int
    not_reached: int
    providers: int
    target_participants: int | None
    target_not_reached: int | None
    target_providers: int | None

    @property
    def missing_providers(self) -> int:
        return max(0, (self.target_providers or 0) - self.providers)

    @property
    def misses_not_reached(self) -> bool:
        """Whether nobody was heard who did not find the way, though it was planned."""
        return bool(self.target_not_reached) and self.not_reached == 0

    @property
    def participants_in_words(self) -> str:
        """Say "11 van de 24 mensen", or beyond the plan "31 mensen (gepland: 30)"."""
        return _against(self.participants, self.target_participants, "mens", "mensen")

    @property
    def providers_in_words(self) -> str:
        """Say "9 van de 20 antwoorden", or beyond the plan "17 antwoorden (…)"."""
        return _against(self.providers, self.target_providers, "antwoord", "antwoorden")

    @property
    def sentence(self) -> str:
        """Say it in one line, as cover and council text do."""
        talks = "gesprek" if self.conversations == 1 else "gesprekken"
        people = "1 mens" if self.participants == 1 else f"{self.participants} mensen"
        return (
            f"{people} in {self.conversations} {talks}, "
            f"{self.providers} hulp- en dienstverleners"
        )


@dataclass(frozen=True)
class WerkpisteLine:
    """A werkpiste with the actions it leads; all six are there, also without action."""

    werkpiste: Werkpiste
    actions: tuple[ImprovementAction, ...]


@dataclass(frozen=True)
class ActionThread:
    """An action with what came after it."""

    action: ImprovementAction
    open_duties: tuple[FeedbackDuty, ...]


@dataclass(frozen=True)
class Thread:
    """One red thread: from what people said to whether they heard what came of it."""

    problem: ProblemStatement
    quotes: tuple[Quote, ...]
    conclusions: tuple[Conclusion, ...]
    actions: tuple[ActionThread, ...]
    has_evidence: bool

    @property
    def lead_quote(self) -> Quote | None:
        """The one quote that a report prints with the problem."""
        return self.quotes[0] if self.quotes else None

    @property
    def feedback(self) -> tuple[Feedback, ...]:
        """Every moment at which a group heard about one of the actions, oldest first."""
        given = {f.pk: f for item in self.actions for f in item.action.feedback.all()}
        return tuple(sorted(given.values(), key=lambda f: (f.given_on, f.pk)))

    @property
    def anchorings(self) -> tuple[Anchoring, ...]:
        """Everything that was made to last, oldest first."""
        made = [a for item in self.actions for a in item.action.anchorings.all()]
        return tuple(sorted(made, key=lambda a: (a.decided_on, a.pk)))

    @property
    def is_answered(self) -> bool:
        """Whether the problem got an answer: an action, or a reasoned no."""
        refused = any(c.decision == DialogueDecision.DO_NOT for c in self.conclusions)
        return bool(self.actions) or refused

    @property
    def is_told(self) -> bool:
        """Whether the group behind at least one of its actions heard about it."""
        return bool(self.feedback)

    @property
    def breaks(self) -> tuple[str, ...]:
        """Name every place where the thread is broken, in the order of the chain."""
        found = []
        if not self.quotes:
            found.append("Er hangt nog geen uitspraak aan dit probleem.")
        if not self.conclusions and not self.actions:
            found.append("Dit probleem is nog niet besproken in een dialoog.")
        if self.conclusions and not self.is_answered:
            found.append("Er is iets afgesproken, maar er is nog geen actie.")
        if self.actions and not self.is_told:
            found.append("De groep hoorde nog niet wat hiermee gebeurt.")
        found += [
            f"Over ‘{item.action}’ is er nieuws dat de groep nog niet hoorde."
            for item in self.actions
            if item.open_duties and item.action.feedback.all()
        ]
        return tuple(found)


@dataclass(frozen=True)
class NotDone:
    """Something the municipality does not do, with the reason it owes people."""

    what: str
    state: str
    reason: str


@dataclass(frozen=True)
class ProjectProgress:
    """Everything a page or a report may say about a project on one day."""

    project: Project
    on: date
    measurement: Round | None
    heard: Heard
    circle: Circle
    members: tuple[SteeringGroupMember, ...]
    composition: Composition
    planning: Planning | None
    phase_changes: tuple[PhaseChange, ...]
    participation: Participation
    target_groups: tuple[TargetGroup, ...]
    conversations: tuple[Conversation, ...]
    sessions: tuple[DialogueSession, ...]
    threads: tuple[Thread, ...]
    werkpistes: tuple[WerkpisteLine, ...]
    actions: tuple[ImprovementAction, ...]
    open_duties: tuple[FeedbackDuty, ...]
    loose_quotes: tuple[Quote, ...]
    conclusions: tuple[Conclusion, ...]
    signals: tuple[Signal, ...]
    newest_quote: Quote | None

    @property
    def early_start(self) -> PhaseChange | None:
        """The start of the analysis before every member found the planning feasible.

        R6 allows it with a written reason, which every later report prints.
        """
        early = [change for change in self.phase_changes if not change.was_agreed]
        return early[-1] if early else None

    @property
    def answered(self) -> int:
        """How many problem statements got an answer."""
        return sum(thread.is_answered for thread in self.threads)

    @property
    def told(self) -> int:
        """How many problem statements came back to the group."""
        return sum(thread.is_told for thread in self.threads)

    @property
    def status_counts(self) -> str:
        """How many actions stand where, in words."""
        return story.count_by_status(self.actions)

    @property
    def sessions_without_conclusion(self) -> tuple[DialogueSession, ...]:
        """Sessions that are over while nobody wrote down what was agreed."""
        concluded = {conclusion.session_id for conclusion in self.conclusions}
        return tuple(
            session
            for session in self.sessions
            if session.held_on <= self.on and session.pk not in concluded
        )

    @property
    def silent_werkpistes(self) -> tuple[Werkpiste, ...]:
        """The werkpistes that no action works along (R16)."""
        return story.unused_werkpistes(self.actions)

    @property
    def opportunities(self) -> tuple[ImprovementAction, ...]:
        """Actions that stem from no problem."""
        return tuple(action for action in self.actions if action.problem is None)

    @property
    def not_done(self) -> tuple[NotDone, ...]:
        """What is refused, postponed or stopped: a report never leaves it out."""
        refused = [
            NotDone(c.text, "niet", c.reason)
            for c in self.conclusions
            if c.decision == DialogueDecision.DO_NOT
        ]
        halted = [
            NotDone(a.title, ActionStatus(a.status).label.lower(), a.status_reason)
            for a in self.actions
            if a.status in (ActionStatus.POSTPONED, ActionStatus.STOPPED)
        ]
        return (*refused, *halted)

    @property
    def undecided(self) -> tuple[Conclusion, ...]:
        """Conclusions that agree to do something nobody owns yet."""
        started = {action.conclusion_id for action in self.actions}
        return tuple(
            conclusion
            for conclusion in self.conclusions
            if conclusion.decision == DialogueDecision.DO
            and conclusion.pk not in started
        )


def build_progress(
    project: Project, on: date, use: QuoteUse = QuoteUse.DIALOGUE
) -> ProjectProgress:
    """Gather what the project has to show on that day. 20 queries.

    `use` says what it is for: only quotes whose speaker agreed to that are in it.
    """
    measurement = project.rounds.latest_opened()
    publications = Publication.objects.filter(round=measurement).newest()
    counted = list(project.conversations.counted(on).filter(round=measurement))
    actions = tuple(project.improvement_actions.with_story())
    duties = tuple(
        FeedbackDuty.objects.open().filter(action__project=project).with_names()
    )
    quotes = (
        Quote.objects.filter(conversation__project=project)
        .shown(on, use)
        .with_conversation()
        .prefetch_related("problem_statements")
        .in_no_order()
    )
    conclusions = tuple(
        Conclusion.objects.filter(session__project=project).with_session()
    )
    members = tuple(project.steering_group.active(on).with_organisation())
    planning = project.plannings.current()
    return ProjectProgress(
        project=project,
        on=on,
        measurement=measurement,
        heard=_heard(counted, planning),
        circle=analyse_circle(total_of(row) for row in publications),
        members=members,
        composition=check_composition(members),
        planning=planning,
        phase_changes=tuple(project.phase_changes.all()),
        participation=check_participation(
            project.participation_checks.all(), phase=Phase(project.phase)
        ),
        target_groups=tuple(project.target_groups.all()),
        conversations=tuple(project.conversations.select_related("round")),
        sessions=tuple(project.dialogue_sessions.all()),
        threads=_threads(
            project.problem_statements.with_evidence_counts(),
            quotes,
            conclusions,
            actions,
            duties,
        ),
        werkpistes=tuple(
            WerkpisteLine(w, tuple(a for a in actions if a.werkpiste == w))
            for w in Werkpiste
        ),
        actions=actions,
        open_duties=duties,
        loose_quotes=tuple(q for q in quotes if not q.problem_statements.all()),
        conclusions=conclusions,
        signals=tuple(project.policy_signals.all()),
        newest_quote=_newest(quotes),
    )


def _heard(counted: Iterable[Conversation], planning: Planning | None) -> Heard:
    by_side: dict[str, list[Conversation]] = {side: [] for side in Side}
    for conversation in counted:
        by_side[conversation.side].append(conversation)
    talks = by_side[Side.TARGET_GROUP]
    return Heard(
        participants=sum(c.people for c in talks),
        conversations=len(talks),
        not_reached=sum(
            c.people for c in talks if c.category == RespondentCategory.NOT_YET
        ),
        providers=sum(c.people for c in by_side[Side.PROVIDERS]),
        target_participants=planning.target_participants if planning else None,
        target_not_reached=planning.target_not_reached if planning else None,
        target_providers=planning.target_providers if planning else None,
    )


def _against(number: int, target: int | None, one: str, many: str) -> str:
    if target and number <= target:
        return f"{number} van de {target} {many}"
    counted = f"{number} {one if number == 1 else many}"
    return f"{counted} (gepland: {target})" if target else counted


def _threads(
    # With the counts of their evidence, which the type checker does not see.
    problems: Iterable[Any],
    quotes: Sequence[Quote],
    conclusions: Sequence[Conclusion],
    actions: Sequence[ImprovementAction],
    duties: Sequence[FeedbackDuty],
) -> tuple[Thread, ...]:
    return tuple(
        Thread(
            problem=problem,
            quotes=tuple(q for q in quotes if problem in q.problem_statements.all()),
            conclusions=tuple(
                c for c in conclusions if c.agenda_item.problem_statement == problem
            ),
            actions=tuple(
                ActionThread(a, tuple(d for d in duties if d.action_id == a.pk))
                for a in actions
                if a.problem == problem
            ),
            has_evidence=bool(
                problem.score_count
                or problem.barrier_count
                or any(problem in q.problem_statements.all() for q in quotes)
            ),
        )
        for problem in problems
    )


def _newest(quotes: Sequence[Quote]) -> Quote | None:
    said = [q for q in quotes if q.conversation.side == Side.TARGET_GROUP]
    return max(said, key=lambda q: (q.conversation.held_on, q.pk), default=None)
