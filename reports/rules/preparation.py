"""The rules of the preparation: estimate, matrix, planning, participation."""

from collections.abc import Iterator

from django.utils.formats import date_format

from kader.vocabulary import MatrixDecision, Phase, Severity
from projects.access import Capability
from projects.models.steering_group import VOTING_ROLES
from reports.rules.finding import Finding, url_in
from reports.situation import SOON, Situation

# More chosen groups than this is more than most steering groups can carry at once.
MANY_GROUPS = 3


def estimate(situation: Situation) -> Iterator[Finding]:
    """I.2: each member gives a short estimate, until the analysis is done."""
    begins = situation.project.phase in (Phase.PREPARATION, Phase.ANALYSIS)
    seat = situation.seat
    if begins and seat is not None and seat.pk not in situation.estimators:
        yield Finding(
            rule="I.2",
            title="Wat zie jij gebeuren in onze gemeente?",
            reason="Elk lid geeft een korte inschatting. Een paar zinnen zijn genoeg.",
            url=url_in(situation, "projects:estimate_edit"),
            verb="Geef je inschatting",
            asks=Capability.CONTRIBUTE,
            member_id=seat.pk,
            minutes=10,
            mail="We vragen je korte inschatting.",
        )


def own_scores(situation: Situation) -> Iterator[Finding]:
    """I.3: each member scores alone before the medians are shown."""
    seat, wanted = situation.seat, situation.cells_to_score
    if seat is None or seat.role not in VOTING_ROLES:
        return
    if situation.project.matrix_opened_on is not None:
        return
    given = situation.scores.get(seat.pk, 0)
    if given < wanted and not situation.chosen_groups:
        groups = len(situation.progress.target_groups)
        yield Finding(
            rule="I.3",
            title="Geef je scores in de doelgroepenmatrix",
            reason=(
                f"Je gaf {given} van de {wanted} scores. Je mag stoppen en later verdergaan."
                if given
                else f"Het gaat om {groups} {'groep' if groups == 1 else 'groepen'}. "
                "Niemand ziet wat jij gaf."
            ),
            url=url_in(situation, "projects:matrix_scores"),
            verb="Ga verder" if given else "Geef je scores",
            asks=Capability.CONTRIBUTE,
            member_id=seat.pk,
            minutes=max(5, 2 * groups),
            mail="We vragen je scores in de doelgroepenmatrix.",
        )


def open_the_round(situation: Situation) -> Iterator[Finding]:
    """I.3: once everybody scored, the coordinator shows the medians."""
    wanted = situation.cells_to_score
    if situation.project.matrix_opened_on is not None or not wanted:
        return
    voters = [m for m in situation.progress.members if m.role in VOTING_ROLES]
    if voters and all(situation.scores.get(m.pk, 0) >= wanted for m in voters):
        yield Finding(
            rule="I.3",
            title="Alle leden gaven hun scores",
            reason="Toon de medianen, en praat eerst over wat ver uit elkaar ligt.",
            url=url_in(situation, "projects:matrix_round_open"),
            verb="Toon de scores",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            mail="Alle leden gaven hun scores in de matrix.",
        )


def target_groups(situation: Situation) -> Iterator[Finding]:
    """I.3: without a chosen group there is nobody to hear."""
    if not situation.chosen_groups:
        yield Finding(
            rule="R4",
            title="Kies met welke doelgroepen jullie starten",
            reason="De doelgroepenmatrix geeft raad. De stuurgroep beslist.",
            url=url_in(situation, "projects:target_group_matrix"),
            verb="Open de matrix",
            asks=Capability.CONTRIBUTE,
            severity=Severity.ATTENTION,
            minutes=15,
            mail="Er is nog geen doelgroep gekozen.",
        )
    elif len(situation.chosen_groups) > MANY_GROUPS:
        yield Finding(
            rule="R4",
            title=f"Jullie kozen {len(situation.chosen_groups)} doelgroepen",
            reason="Een tot drie groepen is meestal genoeg om goed te luisteren.",
            url=url_in(situation, "projects:target_group_matrix"),
            verb="Bekijk de matrix",
            asks=Capability.CONTRIBUTE,
            severity=Severity.TIP,
            is_task=False,
            mail="Jullie kozen veel doelgroepen.",
        )


def undecided_groups(situation: Situation) -> Iterator[Finding]:
    """Once groups are chosen, the others deserve a decision with a reason as well."""
    waiting = [g for g in situation.progress.target_groups if not g.decision]
    if situation.chosen_groups and waiting:
        number = len(waiting)
        yield Finding(
            rule="I.3",
            title=f"Over {number} {'doelgroep' if number == 1 else 'doelgroepen'} "
            "is nog niets beslist",
            reason="Ook ‘reserve’ en ‘niet nu’ zijn een beslissing, met een reden.",
            url=url_in(situation, "projects:target_group_matrix"),
            verb="Beslis in de matrix",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            is_task=False,
            mail="Er zijn doelgroepen zonder beslissing.",
        )


def groups_without_bridge(situation: Situation) -> Iterator[Finding]:
    """Ask for somebody each chosen group trusts (step 5 of the matrix)."""
    for group in situation.chosen_groups:
        if group.bridge_id is None:
            yield Finding(
                rule="I.3",
                title=f"Wie is de brug naar {group}?",
                reason="De groep is gekozen, maar er is geen organisatie die ze vertrouwt.",
                url=url_in(situation, "projects:target_group_edit", group.pk),
                verb="Kies een brug",
                asks=Capability.CONTRIBUTE,
                severity=Severity.ATTENTION,
                is_task=False,
                mail="Een gekozen doelgroep heeft nog geen brug.",
            )


def planning(situation: Situation) -> Iterator[Finding]:
    """I.5: a plan says how many people both sides will be asked."""
    if situation.planning is None and situation.chosen_groups:
        begun = situation.project.phase != Phase.PREPARATION
        yield Finding(
            rule="R6",
            title="Er is nog geen planning",
            reason="De analyse begint als elk lid de planning haalbaar vindt.",
            url=url_in(situation, "projects:planning_create"),
            verb="Maak een planning",
            asks=Capability.MANAGE,
            severity=Severity.FAULT if begun else Severity.ATTENTION,
            minutes=20,
            mail="Er is nog geen planning.",
        )


def own_vote(situation: Situation) -> Iterator[Finding]:
    """R6: each member says whether the planning can be done."""
    seat, plan, check = situation.seat, situation.planning, situation.feasibility
    if plan is None or check is None or seat is None or seat not in check.to_vote:
        return
    yield Finding(
        rule="R6",
        title=f"Is planning {plan.version} haalbaar voor jou?",
        reason=plan.change_note
        or "Elk lid zegt of dit lukt. Je mag een voorwaarde stellen.",
        url=url_in(situation, "projects:planning_vote"),
        verb="Geef je oordeel",
        asks=Capability.CONTRIBUTE,
        member_id=seat.pk,
        minutes=3,
        mail=f"We vragen je oordeel over planning {plan.version}.",
    )


def conditions(situation: Situation) -> Iterator[Finding]:
    """R6: who says *haalbaar als* deserves an answer."""
    check = situation.feasibility
    for vote in check.to_answer if check else ():
        yield Finding(
            rule="R6",
            title=f"Antwoord op de voorwaarde van {vote.member}",
            reason=f"“{vote.condition}”",
            url=url_in(situation, "projects:vote_answer", vote.pk),
            verb="Geef antwoord",
            asks=Capability.MANAGE,
            severity=Severity.ATTENTION,
            minutes=3,
            mail="Een lid stelde een voorwaarde bij de planning.",
        )


def missing_votes(situation: Situation) -> Iterator[Finding]:
    """R6: the analysis waits for every member; some have no account to vote with."""
    plan, check = situation.planning, situation.feasibility
    if plan is None or check is None or not check.to_vote:
        return
    silent = check.to_vote
    number = len(silent)
    waits = "lid gaf" if number == 1 else "leden gaven"
    yield Finding(
        rule="R6",
        title=f"{number} {waits} nog geen oordeel over planning {plan.version}",
        reason=f"Het gaat om {', '.join(str(member) for member in silent)}.",
        url=url_in(situation, "projects:planning"),
        verb="Bekijk de planning",
        asks=Capability.MANAGE,
        severity=Severity.ATTENTION,
        is_task=not all(member.speaks_for_self for member in silent),
        mail=f"{number} {waits} nog geen oordeel over planning {plan.version}.",
    )


def participation(situation: Situation) -> Iterator[Finding]:
    """R9: the target group takes part at every moment that has begun, or we know why not."""
    for line in situation.progress.participation.gaps:
        is_unknown = line.state is None
        yield Finding(
            rule="R9",
            title=line.gap,
            reason=line.check.text if line.check else line.question,
            url=url_in(situation, "projects:participation_edit", line.moment),
            verb="Kijk het na",
            asks=Capability.MANAGE if is_unknown else Capability.CONTRIBUTE,
            severity=Severity.ATTENTION,
            is_task=is_unknown,
            minutes=2,
            mail="Een participatiecheck is nog niet ingevuld."
            if is_unknown
            else "Bij een moment deed de doelgroep niet mee.",
        )


def opportunities(situation: Situation) -> Iterator[Finding]:
    """R8: a chance has a last day."""
    for chance in situation.opportunities:
        if chance.is_used or chance.until is None:
            continue
        if situation.on <= chance.until <= situation.on + SOON:
            yield Finding(
                rule="R8",
                title=f"Grijp deze kans: {chance}",
                reason=f"Het kan nog tot {date_format(chance.until, 'j F Y')}.",
                url=url_in(situation, "projects:course"),
                verb="Bekijk de kans",
                asks=Capability.CONTRIBUTE,
                severity=Severity.TIP,
                mail=f"Een kans loopt af op {date_format(chance.until, 'j F Y')}.",
            )


def reserve_groups(situation: Situation) -> Iterator[Finding]:
    """Look at the reserve again once the first groups were heard."""
    reserve = [
        g
        for g in situation.progress.target_groups
        if g.decision == MatrixDecision.RESERVE
    ]
    if reserve and situation.project.phase in (Phase.EXECUTION, Phase.ANCHORING):
        yield Finding(
            rule="R8",
            title=f"In reserve: {', '.join(str(group) for group in reserve)}",
            reason="Jullie zijn aan de uitvoering. Kan een van deze groepen nu starten?",
            url=url_in(situation, "projects:target_group_matrix"),
            verb="Bekijk de matrix",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            is_task=False,
            mail="Er staan doelgroepen in reserve.",
        )
