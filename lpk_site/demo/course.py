"""The course of both demo projects: estimates, phases, chances and who took part."""

from collections.abc import Mapping, Sequence
from datetime import date

from kader.vocabulary import (
    ParticipationMoment,
    ParticipationState,
    Phase,
    SocialRight,
    SourceKind,
)
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day, save
from projects.models import Opportunity, Project
from projects.services import change_phase, give_estimate, note_participation

# member, given on, text, kind of source, source, year, score per right
Estimate = tuple[str, str, str, str, str, int | None, Mapping[SocialRight, int]]
# moment, state, text, checked on
Check = tuple[ParticipationMoment, ParticipationState, str, str]

HEIDEBEKE_ESTIMATES: tuple[Estimate, ...] = (
    (
        "Els Vandamme",
        "2026-09-21",
        "Op de sociale dienst zien we vooral mensen met schulden. Wie de weg naar ons "
        "niet vindt, zien we niet, en daar weten we dus het minst van.",
        SourceKind.SIGNAL,
        "Teamoverleg van de sociale dienst",
        2026,
        {
            SocialRight.PARTICIPATION: 2,
            SocialRight.SOCIAL_SERVICES: 2,
            SocialRight.INCOME: 3,
            SocialRight.FAMILY: 1,
            SocialRight.EDUCATION: 1,
            SocialRight.LEISURE: 2,
            SocialRight.WORK: 2,
            SocialRight.HOUSING: 2,
            SocialRight.HEALTH: 1,
        },
    ),
    (
        "Rachid El Amrani",
        "2026-09-22",
        "Ongeveer 30 % van onze nieuwe dossiers start pas als er al een deurwaarder is "
        "langs geweest.",
        SourceKind.FIGURE,
        "Registratie van de sociale dienst",
        2025,
        {
            SocialRight.SOCIAL_SERVICES: 2,
            SocialRight.INCOME: 3,
            SocialRight.FAMILY: 2,
            SocialRight.WORK: 1,
            SocialRight.HOUSING: 3,
            SocialRight.HEALTH: 2,
        },
    ),
    (
        "Nele Goossens",
        "2026-09-24",
        "Mensen stellen een bezoek aan het OCMW uit omdat ze zich schamen. Aan het loket "
        "kan iedereen meeluisteren.",
        SourceKind.SIGNAL,
        "Gesprekken in De Warme Deur",
        2026,
        {
            SocialRight.PARTICIPATION: 3,
            SocialRight.SOCIAL_SERVICES: 3,
            SocialRight.INCOME: 3,
            SocialRight.FAMILY: 2,
            SocialRight.LEISURE: 3,
            SocialRight.HOUSING: 3,
        },
    ),
    (
        "Marleen",
        "2026-09-24",
        "Je krijgt zoveel brieven dat je niet meer weet welke dringend is. Dan leg je ze "
        "allemaal opzij.",
        SourceKind.SIGNAL,
        "",
        None,
        {
            SocialRight.SOCIAL_SERVICES: 3,
            SocialRight.INCOME: 3,
            SocialRight.LEISURE: 2,
            SocialRight.HEALTH: 2,
        },
    ),
    (
        "An De Clercq",
        "2026-09-28",
        "Meer jongvolwassenen slapen bij vrienden op de zetel. Hoeveel het er zijn, weet "
        "niemand.",
        SourceKind.ESTIMATE,
        "",
        None,
        {
            SocialRight.PARTICIPATION: 2,
            SocialRight.INCOME: 2,
            SocialRight.WORK: 2,
            SocialRight.HOUSING: 3,
        },
    ),
    (
        "Joke Lemmens",
        "2026-09-29",
        "Het sociaal telefoontarief en de parkeerkaart blijven vaak liggen. Wij denken "
        "zelf ook vooral aan terugbetalingen.",
        SourceKind.SIGNAL,
        "Vragen aan ons loket",
        2026,
        {
            SocialRight.SOCIAL_SERVICES: 2,
            SocialRight.INCOME: 2,
            SocialRight.HOUSING: 1,
            SocialRight.HEALTH: 1,
        },
    ),
)

# text, chance, noted on, until, used, who noted it
HEIDEBEKE_OPPORTUNITIES = (
    (
        "Het Sociaal Huis verhuist in 2027",
        "Samen met de groepen kijken hoe het onthaal eruit moet zien, voor de muren er "
        "staan.",
        "2026-09-07",
        "2027-06-30",
        False,
        "els",
    ),
    (
        "De architect vraagt voor 15 december wat het nieuwe onthaal nodig heeft",
        "De groepen zeggen mee wat er moet komen: privacy, een plek om te wachten, hulp "
        "bij papieren.",
        "2026-11-18",
        "2026-12-15",
        True,
        "els",
    ),
    (
        "VDAB start in januari een infopunt in de bibliotheek",
        "Vragen of er één namiddag per maand iemand van de sociale dienst bij kan zitten.",
        "2026-11-12",
        "",
        False,
        "joke",
    ),
)

HEIDEBEKE_CHECKS: tuple[Check, ...] = (
    (
        ParticipationMoment.PREPARATION,
        ParticipationState.DONE,
        "Onze vertegenwoordiger en mensen van De Warme Deur kozen samen met ons de "
        "groepen.",
        "2026-10-05",
    ),
    (
        ParticipationMoment.ANALYSIS,
        ParticipationState.PLANNED,
        "Elke groep leest haar verslag na. Op 8 februari kijken ze de problemen mee na.",
        "2026-11-09",
    ),
)

POLDERDIJKE_ESTIMATES: tuple[Estimate, ...] = (
    (
        "Hilde Baert",
        "2025-11-24",
        "Mensen komen pas langs als de elektriciteit al bijna afgesloten is.",
        SourceKind.SIGNAL,
        "Teamoverleg van de sociale dienst",
        2025,
        {
            SocialRight.SOCIAL_SERVICES: 2,
            SocialRight.INCOME: 3,
            SocialRight.HOUSING: 2,
            SocialRight.HEALTH: 2,
        },
    ),
    (
        "Samir Haddad",
        "2025-11-24",
        "In het buurthuis horen we elke week van iemand die een recht niet kende.",
        SourceKind.SIGNAL,
        "Gesprekken in De Sluis",
        2025,
        {
            SocialRight.PARTICIPATION: 2,
            SocialRight.SOCIAL_SERVICES: 3,
            SocialRight.INCOME: 3,
        },
    ),
    (
        "Rosa",
        "2025-11-25",
        "Zonder smartphone geraak je nergens meer.",
        SourceKind.SIGNAL,
        "",
        None,
        {SocialRight.SOCIAL_SERVICES: 3, SocialRight.INCOME: 2},
    ),
)

# The analysis began a week before every member had found the planning feasible (R6).
POLDERDIJKE_PHASES = (
    (
        Phase.ANALYSIS,
        "2026-01-12",
        "Het buurthuis komt maar één keer per maand samen. We leggen de eerste gesprekken "
        "nu vast; het ziekenfonds zegt volgende week of de planning lukt.",
    ),
    (Phase.DIALOGUE, "2026-05-04", ""),
    (Phase.EXECUTION, "2026-06-10", ""),
)

POLDERDIJKE_CHECKS: tuple[Check, ...] = (
    (
        ParticipationMoment.PREPARATION,
        ParticipationState.DONE,
        "Mensen van De Sluis kozen mee wie we zouden horen.",
        "2025-12-15",
    ),
    (
        ParticipationMoment.ANALYSIS,
        ParticipationState.DONE,
        "31 mensen praatten mee in vijf gesprekken en lazen hun verslag na.",
        "2026-04-30",
    ),
    (
        ParticipationMoment.DIALOGUE,
        ParticipationState.DONE,
        "12 bewoners zaten mee aan tafel. De week ervoor bereidden ze dat samen voor.",
        "2026-06-10",
    ),
    (
        ParticipationMoment.EXECUTION,
        ParticipationState.DONE,
        "Twee bewoners helpen bij de rechtenkoffie en zeggen wat beter kan.",
        "2026-10-05",
    ),
    (
        ParticipationMoment.FEEDBACK,
        ParticipationState.DONE,
        "We gingen terug naar het buurthuis en vertelden wat er met hun woorden gebeurde.",
        "2026-10-20",
    ),
    (
        ParticipationMoment.EVALUATION,
        ParticipationState.PLANNED,
        "Voor de tweede meting kijken we in april 2027 samen terug.",
        "2026-11-16",
    ),
)


def run_heidebeke(project: Project, people: Mapping[str, DemoAccount]) -> None:
    """Tell Heidebeke's course; expects its planning to be agreed already (R6)."""
    _share_estimates(project, HEIDEBEKE_ESTIMATES)
    change_phase(
        project=project,
        phase=Phase.ANALYSIS,
        reason="",
        changed_by=people["els"].user,
        on=day("2026-11-09"),
    )
    for text, chance, noted_on, until, is_used, who in HEIDEBEKE_OPPORTUNITIES:
        save(
            Opportunity(
                project=project,
                text=text,
                chance=chance,
                noted_on=day(noted_on),
                until=day(until) if until else None,
                is_used=is_used,
                noted_by=people[who].user,
            )
        )
    _check_participation(project, HEIDEBEKE_CHECKS)


def run_polderdijke(project: Project, people: Mapping[str, DemoAccount]) -> None:
    """Tell Polderdijke's course; expects that nobody agreed its planning yet (R6)."""
    _share_estimates(project, POLDERDIJKE_ESTIMATES)
    for phase, on, reason in POLDERDIJKE_PHASES:
        change_phase(
            project=project,
            phase=phase,
            reason=reason,
            changed_by=people["hilde"].user,
            on=day(on),
        )
    _check_participation(project, POLDERDIJKE_CHECKS)


def _share_estimates(project: Project, rows: Sequence[Estimate]) -> None:
    for name, given_on, text, kind, source, year, severities in rows:
        on: date = day(given_on)
        give_estimate(
            member=project.steering_group.active(on).get(name=name),
            text=text,
            source_kind=kind,
            source=source,
            source_year=year,
            severities=severities,
            on=on,
        )


def _check_participation(project: Project, rows: Sequence[Check]) -> None:
    for moment, state, text, checked_on in rows:
        note_participation(
            project=project, moment=moment, state=state, text=text, on=day(checked_on)
        )
