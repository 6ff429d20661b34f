"""The rules of the analysis: hear both sides, read it back, name the problems."""

from collections.abc import Iterator

from django.utils.formats import date_format

from kader.vocabulary import Severity, Side
from projects.access import SHEET_THRESHOLD, Capability
from reports.rules.finding import Finding, url_in
from reports.situation import Situation


def own_drafts(situation: Situation) -> Iterator[Finding]:
    """Whoever led a talk types what was said."""
    viewer = situation.project.viewer
    for talk in situation.progress.conversations:
        if (
            talk.is_draft
            and not talk.is_returned
            and not talk.round.is_closed
            and talk.held_on <= situation.on
            and talk.entered_by_id == viewer.user.pk
        ):
            yield Finding(
                rule="R7",
                title=f"Voer in wat er gezegd werd: {talk.title}",
                reason="Het gesprek is voorbij en het verslag is nog niet ingediend.",
                url=url_in(situation, "rechtencirkel:conversation_detail", talk.pk),
                verb="Voer in",
                asks=Capability.ENTER,
                minutes=20,
                mail="Je verslag van een gesprek is nog niet ingediend.",
            )


def returned_reports(situation: Situation) -> Iterator[Finding]:
    """Whoever entered a report answers the question that came back with it."""
    viewer = situation.project.viewer
    for talk in situation.progress.conversations:
        if (
            talk.is_returned
            and not talk.round.is_closed
            and talk.entered_by_id == viewer.user.pk
        ):
            yield Finding(
                rule="R9",
                title=f"Antwoord op de vraag over je verslag: {talk.title}",
                reason="Tot je opnieuw indient, telt wat je aanpast niet mee.",
                url=url_in(situation, "rechtencirkel:conversation_detail", talk.pk),
                verb="Bekijk de vraag",
                asks=Capability.ENTER,
                minutes=10,
                mail="Er kwam een vraag terug over je verslag van een gesprek.",
            )


def reports_to_accept(situation: Situation) -> Iterator[Finding]:
    """Somebody reads a report and accepts it, or sends it back with a question.

    Not what the coordinator may not read, and not of a measurement that is over.
    """
    measurement = situation.progress.measurement
    if measurement is None or measurement.is_closed:
        return
    waiting = [
        talk
        for talk in situation.progress.conversations
        if talk.round_id == measurement.pk
        and not (talk.is_draft or talk.is_accepted or talk.is_by_link)
        and talk.people >= SHEET_THRESHOLD
    ]
    if waiting:
        number = len(waiting)
        first = min(
            waiting, key=lambda talk: (talk.handed_in_on or situation.on, talk.pk)
        )
        yield Finding(
            rule="R9",
            title=f"Lees het verslag en aanvaard het: {first.title}"
            if number == 1
            else f"Lees {number} verslagen en aanvaard ze",
            reason="Begrijp je iets niet, stuur het verslag dan terug met één vraag.",
            url=url_in(situation, "rechtencirkel:conversation_detail", first.pk),
            verb="Lees het verslag" if number == 1 else "Begin met het oudste",
            asks=Capability.MANAGE,
            minutes=5 * number,
            mail="Er wachten verslagen van gesprekken om te aanvaarden.",
        )


def unfinished_sheets(situation: Situation) -> Iterator[Finding]:
    """Find talks that were held and never handed in: they count for nobody."""
    late = [
        talk
        for talk in situation.progress.conversations
        if talk.is_draft and not talk.round.is_closed and talk.held_on < situation.on
    ]
    if late:
        number = len(late)
        yield Finding(
            rule="R7",
            title=f"{number} {'gesprek is' if number == 1 else 'gesprekken zijn'} "
            "voorbij zonder ingediend verslag",
            reason="Pas als het verslag ingediend is, telt mee wat mensen zeiden.",
            url=url_in(situation, "rechtencirkel:conversation_list"),
            verb="Bekijk de gesprekken",
            asks=Capability.VIEW,
            severity=Severity.ATTENTION,
            is_task=False,
            mail="Er zijn gesprekken zonder ingediend verslag.",
        )


def read_back(situation: Situation) -> Iterator[Finding]:
    """R9: the group hears its own report before it counts."""
    for talk in situation.progress.conversations:
        counts_from = talk.counts_from or situation.on
        waits = talk.awaits_reading_back and not talk.round.is_closed
        if waits and counts_from > situation.on:
            yield Finding(
                rule="R9",
                title=f"Lees het verslag voor aan de groep: {talk.title}",
                reason="Vraag of het klopt. Anders telt het vanzelf mee vanaf "
                f"{date_format(counts_from, 'j F Y')}.",
                url=url_in(situation, "rechtencirkel:conversation_detail", talk.pk),
                verb="Lees na",
                asks=Capability.ENTER,
                severity=Severity.TIP,
                minutes=15,
                mail="Een verslag is nog niet voorgelezen aan de groep.",
            )


def redaction(situation: Situation) -> Iterator[Finding]:
    """P7: words leave their sheet after one appointed person read them over."""
    number = situation.words.mine
    if number:
        yield Finding(
            rule="P7",
            title=f"Maak {_texts(number)} onherkenbaar",
            reason="Kijk of iemand hieraan te herkennen is. Niemand anders leest dit "
            "voor jij het vrijgeeft.",
            url=url_in(situation, "rechtencirkel:redaction_list"),
            verb="Maak onherkenbaar",
            asks=Capability.ENTER,
            minutes=2 * number,
            mail="Er wachten woorden die je onherkenbaar moet maken.",
        )


def redactor(situation: Situation) -> Iterator[Finding]:
    """P7: words that wait while nobody is appointed stay where they are."""
    number = situation.words.unread
    if number:
        wait = "wacht" if number == 1 else "wachten"
        yield Finding(
            rule="P7",
            title="Stel iemand aan die uitspraken onherkenbaar maakt",
            reason=f"Er {wait} {_texts(number)}. Open antwoorden tonen we pas als "
            "iemand nakeek of niemand te herkennen is.",
            url=url_in(situation, "rechtencirkel:redactor_edit"),
            verb="Stel iemand aan",
            asks=Capability.MANAGE,
            severity=Severity.ATTENTION,
            mail="Er wachten woorden en nog niemand maakt ze onherkenbaar.",
        )


def _texts(number: int) -> str:
    return "1 tekst" if number == 1 else f"{number} teksten"


def measure(situation: Situation) -> Iterator[Finding]:
    """R12: both sides answer the same questions, in one measurement."""
    if situation.progress.measurement is None:
        yield Finding(
            rule="R12",
            title="Start een meting met de rechtencirkel",
            reason="Daarna kunnen jullie gesprekken plannen met beide kanten.",
            url=url_in(situation, "rechtencirkel:round_create"),
            verb="Start een meting",
            asks=Capability.MANAGE,
            severity=Severity.TIP,
            mail="Er is nog geen meting gestart.",
        )


def hear_both_sides(situation: Situation) -> Iterator[Finding]:
    """R7: a significant number of both sides, and also who did not find the way."""
    heard, measurement = situation.progress.heard, situation.progress.measurement
    if measurement is None or measurement.is_closed:
        return
    if heard.misses_not_reached:
        yield Finding(
            rule="R7",
            title="We spraken nog niemand die de weg niet vond",
            reason=(
                f"De planning voorziet minstens {heard.target_not_reached} mensen die "
                "geen hulp vonden. Zonder hen missen we net wat we zoeken."
            ),
            url=url_in(
                situation, "rechtencirkel:conversation_create", Side.TARGET_GROUP
            ),
            verb="Plan een gesprek",
            asks=Capability.ENTER,
            severity=Severity.ATTENTION,
            minutes=3,
            mail="We spraken nog niemand die de weg niet vond.",
        )
    if heard.missing_providers:
        yield Finding(
            rule="R7",
            title=(
                f"Er ontbreken nog {heard.missing_providers} van de "
                f"{heard.target_providers} antwoorden van diensten"
            ),
            reason="Beide kanten antwoorden over dezelfde negen domeinen.",
            url=url_in(situation, "rechtencirkel:conversation_create", Side.PROVIDERS),
            verb="Voeg antwoorden toe",
            asks=Capability.ENTER,
            severity=Severity.ATTENTION,
            mail=f"Er ontbreken nog {heard.missing_providers} van de "
            f"{heard.target_providers} antwoorden van diensten.",
        )


def hear_the_groups(situation: Situation) -> Iterator[Finding]:
    """R7: how many people of the target group are still to be heard."""
    heard, measurement = situation.progress.heard, situation.progress.measurement
    if measurement is None or measurement.is_closed or not heard.target_participants:
        return
    missing = heard.target_participants - heard.participants
    if missing > 0:
        yield Finding(
            rule="R7",
            title=f"Er moeten nog {missing} mensen van de doelgroep gehoord worden"
            if missing > 1
            else "Er moet nog 1 mens van de doelgroep gehoord worden",
            reason=f"De planning voorziet {heard.target_participants} mensen.",
            url=url_in(situation, "rechtencirkel:conversation_list"),
            verb="Bekijk de gesprekken",
            asks=Capability.VIEW,
            severity=Severity.TIP,
            is_task=False,
            mail="Nog niet alle geplande mensen zijn gehoord.",
        )


def unheard_groups(situation: Situation) -> Iterator[Finding]:
    """Find chosen groups without any talk: they are chosen on paper only."""
    progress = situation.progress
    if progress.measurement is None or progress.measurement.is_closed:
        return
    spoken = {talk.target_group_id for talk in progress.conversations}
    for group in situation.chosen_groups:
        if group.pk not in spoken:
            yield Finding(
                rule="R7",
                title=f"Nog geen gesprek met {group}",
                reason="Deze groep is gekozen, maar er is geen gesprek gepland.",
                url=url_in(
                    situation, "rechtencirkel:conversation_create", Side.TARGET_GROUP
                ),
                verb="Plan een gesprek",
                asks=Capability.ENTER,
                severity=Severity.ATTENTION,
                minutes=3,
                mail="Met een gekozen doelgroep is nog geen gesprek gepland.",
            )


def name_problems(situation: Situation) -> Iterator[Finding]:
    """II.3: a big gap or a shared low asks for words."""
    progress = situation.progress
    named = {domain for t in progress.threads for domain in t.problem.domains}
    for result in (*progress.circle.gaps, *progress.circle.shared_lows):
        if result.domain not in named:
            yield Finding(
                rule="II.3",
                title=f"Formuleer een probleem over {result.domain.label.lower()}",
                reason="De cijfers van beide kanten vragen om een gesprek.",
                url=url_in(
                    situation,
                    "rechtencirkel:problem_statement_create",
                    query=f"?domein={result.domain.value}",
                ),
                verb="Formuleer een probleem",
                asks=Capability.CONTRIBUTE,
                severity=Severity.TIP,
                minutes=10,
                mail=f"De cijfers over {result.domain.label.lower()} vragen om een "
                "probleemformulering.",
            )


def recognition(situation: Situation) -> Iterator[Finding]:
    """R9: a problem is validated with the people it is about."""
    unasked = [
        t.problem for t in situation.progress.threads if not t.problem.recognition
    ]
    if unasked:
        number = len(unasked)
        problems = "probleem" if number == 1 else "problemen"
        yield Finding(
            rule="R9",
            title=f"Op {number} {problems} gaf de groep nog geen antwoord",
            reason="Herkennen de mensen zich in wat wij opschreven? Een antwoord telt "
            "vanaf 5 mensen, en voor de zin zoals hij nu is.",
            url=url_in(situation, "rechtencirkel:problem_statement_list"),
            verb="Bekijk de problemen",
            asks=Capability.VIEW,
            severity=Severity.ATTENTION,
            is_task=False,
            mail="Er zijn problemen die de groep nog niet nakeek.",
        )


def evidence(situation: Situation) -> Iterator[Finding]:
    """II.3: a problem rests on what both sides said, not on what somebody thinks."""
    loose = [t for t in situation.progress.threads if not t.has_evidence]
    if loose:
        number = len(loose)
        yield Finding(
            rule="II.3",
            title=f"Aan {number} {'probleem' if number == 1 else 'problemen'} hangt nog "
            "geen uitspraak, cijfer of drempel",
            reason="Zo ziet iedereen waarop het probleem steunt.",
            url=url_in(situation, "rechtencirkel:problem_statement_list"),
            verb="Bekijk de problemen",
            asks=Capability.VIEW,
            severity=Severity.TIP,
            is_task=False,
            mail="Er zijn problemen waarvan niet te zien is waarop ze steunen.",
        )


def provider_confirmation(situation: Situation) -> Iterator[Finding]:
    """R12: both sides see the statement before they meet about it."""
    unasked = [
        t.problem
        for t in situation.progress.threads
        if not t.problem.provider_confirmation
    ]
    if unasked:
        number = len(unasked)
        problems = "probleem" if number == 1 else "problemen"
        yield Finding(
            rule="R12",
            title=f"Op {number} {problems} gaven de diensten nog geen antwoord",
            reason="Beide kanten kijken de zin na voor ze er samen over praten. Een "
            "antwoord telt vanaf 5 mensen, en voor de zin zoals hij nu is.",
            url=url_in(situation, "rechtencirkel:problem_statement_list"),
            verb="Bekijk de problemen",
            asks=Capability.VIEW,
            severity=Severity.TIP,
            is_task=False,
            mail="Er zijn problemen die de diensten nog niet nakeken.",
        )
