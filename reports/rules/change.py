"""The rules of dialogue, actions, feedback and anchoring."""

from collections.abc import Iterator

from django.utils.formats import date_format

from kader.vocabulary import ActionStatus, CostLevel, Phase, Severity
from projects.access import Capability
from reports.rules.finding import Finding, url_in
from reports.situation import Situation

# R13: pilots that took on too much at once were disappointed.
MANY_COSTLY_ACTIONS = 5
# So many groups are named on the list of what to do; the rest stand in Nakijken.
DUTIES_NAMED = 2


def told(situation: Situation) -> Iterator[Finding]:
    """P24: a group that spoke has to hear what happened."""
    duties = situation.progress.open_duties
    late = [duty for duty in duties if duty.due_on < situation.on]
    for place, duty in enumerate(late or duties):
        hears = "moest het horen" if late else "hoort het best"
        yield Finding(
            rule="P24",
            title=f"Vertel het aan {duty.target_group}",
            reason=(
                f"‘{duty.action}’ is nu {duty.get_status_display().lower()}. "
                f"De groep {hears} voor {date_format(duty.due_on, 'j F Y')}."
            ),
            url=url_in(
                situation,
                "improvement_actions:feedback_create",
                query=f"?actie={duty.action_id}",
            ),
            verb="Noteer de terugkoppeling",
            asks=Capability.CONTRIBUTE,
            severity=Severity.FAULT if late else Severity.TIP,
            is_task=place < DUTIES_NAMED,
            minutes=10,
            mail="Een groep hoorde nog niet wat er gebeurde.",
        )


def conclusions(situation: Situation) -> Iterator[Finding]:
    """R10: a session that is over leaves conclusions."""
    for session in situation.progress.sessions_without_conclusion:
        yield Finding(
            rule="R10",
            title=f"Schrijf de conclusies van {session.title.lower()}",
            reason="De dialoog is voorbij. Wat spraken jullie af?",
            url=url_in(situation, "dialogue:session_detail", session.pk),
            verb="Schrijf de conclusies",
            asks=Capability.MANAGE,
            severity=Severity.ATTENTION,
            minutes=20,
            mail="Een dialoogsessie heeft nog geen conclusies.",
        )


def plan_dialogue(situation: Situation) -> Iterator[Finding]:
    """R7: problems are there to be talked about."""
    if situation.progress.threads and not situation.progress.sessions:
        yield Finding(
            rule="R7",
            title="Plan een dialoog",
            reason="Er zijn problemen geformuleerd. Bespreek ze samen met de groep.",
            url=url_in(situation, "dialogue:session_create"),
            verb="Plan een dialoog",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            mail="Er is nog geen dialoog gepland.",
        )


def prepare_with_group(situation: Situation) -> Iterator[Finding]:
    """R10: the group prepares a dialogue beforehand."""
    for session in situation.progress.sessions:
        if (
            session.is_planned
            and session.held_on >= situation.on
            and session.prepared_with_group_on is None
        ):
            yield Finding(
                rule="R10",
                title=f"Bereid de dialoog van {date_format(session.held_on, 'j F Y')} "
                "voor met de groep",
                reason="Samen bekijken waar het over gaat en wie wat zegt.",
                url=url_in(situation, "dialogue:session_edit", session.pk),
                verb="Vul de dag in",
                asks=Capability.MANAGE,
                severity=Severity.TIP,
                is_task=False,
                mail="Een dialoog is nog niet voorbereid met de groep.",
            )


def own_the_agreement(situation: Situation) -> Iterator[Finding]:
    """III: what was agreed gets an owner."""
    for conclusion in situation.progress.undecided:
        yield Finding(
            rule="III",
            title=f"Maak een actie van: {conclusion.text}",
            reason="Dit is afgesproken in de dialoog, maar niemand is eigenaar.",
            url=url_in(
                situation,
                "improvement_actions:action_create",
                query=f"?conclusie={conclusion.pk}",
            ),
            verb="Maak een actie",
            asks=Capability.CONTRIBUTE,
            severity=Severity.ATTENTION,
            mail="Een afspraak uit de dialoog heeft nog geen eigenaar.",
        )


def late_actions(situation: Situation) -> Iterator[Finding]:
    """R13: an action past its day asks for a word, not for blame."""
    for action in situation.progress.actions:
        if action.due_on is not None and action.is_overdue(situation.on):
            yield Finding(
                rule="R13",
                title=f"Hoe staat het met ‘{action}’?",
                reason=f"De actie zou klaar zijn tegen {date_format(action.due_on, 'j F Y')}.",
                url=url_in(
                    situation, "improvement_actions:follow_up_create", action.pk
                ),
                verb="Schrijf wat er gebeurde",
                asks=Capability.CONTRIBUTE,
                severity=Severity.ATTENTION,
                mail="Een actie is over haar einddatum.",
            )


def too_much_at_once(situation: Situation) -> Iterator[Finding]:
    """R13: not every action needs much money or staff."""
    costly = [
        action
        for action in situation.progress.actions
        if action.status == ActionStatus.RUNNING and action.cost == CostLevel.HIGH
    ]
    if len(costly) > MANY_COSTLY_ACTIONS:
        yield Finding(
            rule="R13",
            title=f"{len(costly)} dure acties lopen tegelijk",
            reason="Begin klein: een actie die weinig kost, helpt mensen vaak sneller.",
            url=url_in(situation, "improvement_actions:action_list"),
            verb="Bekijk de acties",
            asks=Capability.FOLLOW,
            severity=Severity.ATTENTION,
            is_task=False,
            mail="Er lopen veel dure acties tegelijk.",
        )


def professional_owner(situation: Situation) -> Iterator[Finding]:
    """R15: responsibility for informal networks stays with a service."""
    for action in situation.progress.actions:
        if action.misses_professional_owner:
            yield Finding(
                rule="R15",
                title=f"‘{action}’ heeft een dienst nodig die verantwoordelijk blijft",
                reason="Vrijwilligers en buren helpen, maar de verantwoordelijkheid blijft "
                "bij een dienst.",
                url=url_in(situation, "improvement_actions:action_edit", action.pk),
                verb="Kies een eigenaar",
                asks=Capability.CONTRIBUTE,
                severity=Severity.ATTENTION,
                is_task=False,
                mail="Een actie met vrijwilligers mist een dienst als eigenaar.",
            )


def silent_werkpistes(situation: Situation) -> Iterator[Finding]:
    """R16: actions work best combined; no obligation."""
    progress = situation.progress
    if progress.actions and progress.silent_werkpistes:
        names = ", ".join(w.label.lower() for w in progress.silent_werkpistes)
        yield Finding(
            rule="R16",
            title=f"Nog geen actie in {names}",
            reason="Acties werken het best samen. Het hoeft niet, het kan.",
            url=url_in(situation, "improvement_actions:action_list"),
            verb="Bekijk de acties",
            asks=Capability.FOLLOW,
            severity=Severity.TIP,
            is_task=False,
            mail="Er zijn werkpistes zonder actie.",
        )


def broken_threads(situation: Situation) -> Iterator[Finding]:
    """Find what was said and leads nowhere yet."""
    broken = [t for t in situation.progress.threads if t.breaks]
    if broken:
        number = len(broken)
        yield Finding(
            rule="P24",
            title=f"Bij {number} {'probleem' if number == 1 else 'problemen'} "
            "is de rode draad nog niet rond",
            reason="Van uitspraak tot terugkoppeling: ergens ontbreekt een schakel.",
            url=url_in(situation, "reports:thread"),
            verb="Volg de rode draad",
            asks=Capability.VIEW,
            severity=Severity.TIP,
            is_task=False,
            mail="De rode draad is nog niet overal rond.",
        )


def anchor(situation: Situation) -> Iterator[Finding]:
    """R14: what works is made to last."""
    progress = situation.progress
    done = any(a.status == ActionStatus.DONE for a in progress.actions)
    if not done or any(a.anchorings.all() for a in progress.actions):
        return
    closing = situation.project.phase == Phase.ANCHORING or situation.project.is_closed
    yield Finding(
        rule="R14",
        title="Er is nog niets verankerd",
        reason="Een actie die klaar is, verdwijnt weer als niemand ze vastlegt.",
        url=url_in(situation, "improvement_actions:anchoring_list"),
        verb="Bekijk de verankering",
        asks=Capability.VIEW,
        severity=Severity.ATTENTION if closing else Severity.TIP,
        is_task=False,
        mail="Er is nog niets verankerd.",
    )
