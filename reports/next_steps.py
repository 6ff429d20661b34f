"""What to do next, in sentences, from the rules of the method: never hand-made to-dos.

Pure: the read model in, steps out, the most urgent first. Each step says why, where to
go, and which capability it asks; the page shows only what the viewer may do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from kader.vocabulary import MatrixDecision, Side
from projects.access import CAPABILITIES, Capability
from reports.progress import ProjectProgress


@dataclass(frozen=True)
class NextStep:
    """One thing to do. `rule` is the rule of the method it follows from."""

    title: str
    reason: str
    url: str
    verb: str
    rule: str
    asks: Capability


def next_steps(progress: ProjectProgress) -> tuple[NextStep, ...]:
    """Return the steps the viewer of the project may take, the most urgent first."""
    held = CAPABILITIES[progress.project.viewer.role]
    return tuple(step for rule in RULES for step in rule(progress) if step.asks in held)


def _url(progress: ProjectProgress, route: str, *args: object, query: str = "") -> str:
    return reverse(route, args=[progress.project.pk, *args]) + query


def _told(progress: ProjectProgress) -> Iterator[NextStep]:
    """P24: a group that spoke has to hear what happened."""
    late = [duty for duty in progress.open_duties if duty.due_on < progress.on]
    hears = "moest het horen" if late else "hoort het best"
    for duty in (late or list(progress.open_duties))[:2]:
        yield NextStep(
            title=f"Vertel het aan {duty.target_group}",
            reason=(
                f"‘{duty.action}’ is nu {duty.get_status_display().lower()}. "
                f"De groep {hears} voor {duty.due_on:%d/%m/%Y}."
            ),
            url=_url(
                progress,
                "improvement_actions:feedback_create",
                query=f"?actie={duty.action_id}",
            ),
            verb="Noteer de terugkoppeling",
            rule="P24",
            asks=Capability.CONTRIBUTE,
        )


def _own_drafts(progress: ProjectProgress) -> Iterator[NextStep]:
    viewer = progress.project.viewer
    for talk in progress.conversations:
        if (
            talk.is_draft
            and talk.held_on <= progress.on
            and talk.entered_by_id == viewer.user.pk
        ):
            yield NextStep(
                title=f"Voer in wat er gezegd werd: {talk.title}",
                reason="Het gesprek is voorbij en het verslag is nog niet ingediend.",
                url=_url(progress, "rechtencirkel:conversation_detail", talk.pk),
                verb="Voer in",
                rule="R7",
                asks=Capability.ENTER,
            )


def _read_back(progress: ProjectProgress) -> Iterator[NextStep]:
    for talk in progress.conversations:
        if talk.awaits_reading_back and (talk.counts_from or progress.on) > progress.on:
            yield NextStep(
                title=f"Lees het verslag voor aan de groep: {talk.title}",
                reason="Vraag of het klopt. Daarna telt het gesprek mee.",
                url=_url(progress, "rechtencirkel:conversation_detail", talk.pk),
                verb="Lees na",
                rule="R9",
                asks=Capability.ENTER,
            )


def _steering_group(progress: ProjectProgress) -> Iterator[NextStep]:
    for finding in progress.composition.missing:
        yield NextStep(
            title=finding.title,
            reason=finding.detail,
            url=_url(progress, "projects:steering_group"),
            verb="Bekijk de stuurgroep",
            rule=finding.rule,
            asks=Capability.MANAGE,
        )


def _target_groups(progress: ProjectProgress) -> Iterator[NextStep]:
    if not any(g.decision == MatrixDecision.CHOSEN for g in progress.target_groups):
        yield NextStep(
            title="Kies met welke doelgroepen jullie starten",
            reason="De doelgroepenmatrix geeft raad. De stuurgroep beslist.",
            url=_url(progress, "projects:target_group_matrix"),
            verb="Open de matrix",
            rule="R4",
            asks=Capability.CONTRIBUTE,
        )


def _measure(progress: ProjectProgress) -> Iterator[NextStep]:
    if progress.measurement is None:
        yield NextStep(
            title="Start een meting met de rechtencirkel",
            reason="Daarna kunnen jullie gesprekken plannen met beide kanten.",
            url=_url(progress, "rechtencirkel:round_create"),
            verb="Start een meting",
            rule="R12",
            asks=Capability.MANAGE,
        )


def _hear_both_sides(progress: ProjectProgress) -> Iterator[NextStep]:
    heard, measurement = progress.heard, progress.measurement
    if measurement is None or measurement.is_closed:
        return
    if heard.misses_not_reached:
        yield NextStep(
            title="We spraken nog niemand die de weg niet vond",
            reason=(
                f"De planning voorziet minstens {heard.target_not_reached} mensen die "
                "geen hulp vonden. Zonder hen missen we net wat we zoeken."
            ),
            url=_url(progress, "rechtencirkel:conversation_create", Side.TARGET_GROUP),
            verb="Plan een gesprek",
            rule="R7",
            asks=Capability.ENTER,
        )
    if heard.missing_providers:
        yield NextStep(
            title=(
                f"Er ontbreken nog {heard.missing_providers} van de "
                f"{heard.target_providers} antwoorden van diensten"
            ),
            reason="Beide kanten antwoorden over dezelfde negen domeinen.",
            url=_url(progress, "rechtencirkel:conversation_create", Side.PROVIDERS),
            verb="Voeg antwoorden toe",
            rule="R7",
            asks=Capability.ENTER,
        )


def _name_problems(progress: ProjectProgress) -> Iterator[NextStep]:
    named = {domain for t in progress.threads for domain in t.problem.domains}
    for result in (*progress.circle.gaps, *progress.circle.shared_lows):
        if result.domain not in named:
            yield NextStep(
                title=f"Formuleer een probleem over {result.domain.label.lower()}",
                reason="De cijfers van beide kanten vragen om een gesprek.",
                url=_url(
                    progress,
                    "rechtencirkel:problem_statement_create",
                    query=f"?domein={result.domain.value}",
                ),
                verb="Formuleer een probleem",
                rule="II.3",
                asks=Capability.CONTRIBUTE,
            )


def _talk(progress: ProjectProgress) -> Iterator[NextStep]:
    for session in progress.sessions_without_conclusion:
        yield NextStep(
            title=f"Schrijf de conclusies van {session.title.lower()}",
            reason="De dialoog is voorbij. Wat spraken jullie af?",
            url=_url(progress, "dialogue:session_detail", session.pk),
            verb="Schrijf de conclusies",
            rule="R10",
            asks=Capability.MANAGE,
        )
    if progress.threads and not progress.sessions:
        yield NextStep(
            title="Plan een dialoog",
            reason="Er zijn problemen geformuleerd. Bespreek ze samen met de groep.",
            url=_url(progress, "dialogue:session_create"),
            verb="Plan een dialoog",
            rule="R7",
            asks=Capability.MANAGE,
        )


def _act(progress: ProjectProgress) -> Iterator[NextStep]:
    for conclusion in progress.undecided:
        yield NextStep(
            title=f"Maak een actie van: {conclusion.text}",
            reason="Dit is afgesproken in de dialoog, maar niemand is eigenaar.",
            url=_url(
                progress,
                "improvement_actions:action_create",
                query=f"?conclusie={conclusion.pk}",
            ),
            verb="Maak een actie",
            rule="III",
            asks=Capability.CONTRIBUTE,
        )
    for action in progress.actions:
        if action.is_overdue(progress.on):
            yield NextStep(
                title=f"Hoe staat het met ‘{action}’?",
                reason=f"De actie zou klaar zijn tegen {action.due_on:%d/%m/%Y}.",
                url=_url(progress, "improvement_actions:follow_up_create", action.pk),
                verb="Schrijf wat er gebeurde",
                rule="R13",
                asks=Capability.CONTRIBUTE,
            )


RULES: tuple[Callable[[ProjectProgress], Iterator[NextStep]], ...] = (
    _own_drafts,
    _told,
    _read_back,
    _steering_group,
    _target_groups,
    _measure,
    _hear_both_sides,
    _name_problems,
    _talk,
    _act,
)
