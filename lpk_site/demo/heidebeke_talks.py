"""What people in Heidebeke said: two groups, two services, and two talks to come."""

from typing import Any

from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    ConversationKind,
    QuoteUse,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import Said, day, enter, finish, save
from projects.models import Organisation, TargetGroup
from rechtencirkel.models import Conversation, Round


def _talk(measurement: Round, guide: DemoAccount, **fields: Any) -> Conversation:
    return save(
        Conversation(
            project=measurement.project,
            round=measurement,
            kind=ConversationKind.GROUP,
            entered_by=guide.user,
            guide=guide.user.name,
            **fields,
        )
    )


def hear_target_group(
    measurement: Round,
    groups: dict[str, TargetGroup],
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    parents = _talk(
        measurement,
        people["nele"],
        side=Side.TARGET_GROUP,
        title="Ouders De Warme Deur, eerste gesprek",
        target_group=groups["ouders"],
        organisation=organisations["deur"],
        category=RespondentCategory.FOUND_THE_WAY,
        held_on=day("2026-11-10"),
        place="De Warme Deur",
        people=6,
        has_consent=True,
        domains=(ServiceDomain.ACCESS, ServiceDomain.RECEPTION),
    )
    enter(
        parents,
        {
            ServiceDomain.ACCESS: Said(
                points=4,
                options={"D2": (2, 2, 1, 1, 0), "D4": (3, 2, 1, 0, 0)},
                answers={
                    "D1": "Je weet niet aan welk loket je moet zijn. Een vrijwilliger "
                    "ging mee, dat hielp.",
                    "D5": "Twee deelnemers wachtten maanden, uit schaamte.",
                },
                quotes=("Alles moet met een app en itsme.",),
                uses=tuple(QuoteUse),
                barriers=(
                    (
                        "Een afspraak maken lukt alleen met een app",
                        BarrierKind.USABILITY,
                        BarrierLevel.EXECUTION,
                    ),
                    (
                        "In een dorp weet iedereen dat je naar het OCMW gaat",
                        BarrierKind.TRUSTWORTHINESS,
                        BarrierLevel.SOCIETY,
                    ),
                ),
            ),
            ServiceDomain.RECEPTION: Said(
                points=5,
                options={
                    "D2": (0, 1, 3, 2, 0),
                    "D3": (3, 2, 1, 0, 0),
                    "D5": (2, 3, 1, 0, 0),
                },
                answers={"D6": "Een hoekje waar je kunt praten zonder publiek."},
            ),
        },
    )
    finish(parents, first_change="Een afspraak kunnen maken met de telefoon.")
    seniors = _talk(
        measurement,
        people["tom"],
        side=Side.TARGET_GROUP,
        title="Namiddag in het dienstencentrum",
        target_group=groups["ouderen"],
        organisation=organisations["kruispunt"],
        category=RespondentCategory.FOUND_THE_WAY,
        held_on=day("2026-11-12"),
        place="Lokaal dienstencentrum",
        people=5,
        has_consent=True,
        domains=(ServiceDomain.ACCESS, ServiceDomain.RECEPTION),
    )
    enter(
        seniors,
        {
            ServiceDomain.ACCESS: Said(
                stickers={2: 1, 3: 2, 4: 1, 5: 1},
                options={"D2": (0, 1, 3, 1, 0), "D4": (3, 1, 0, 0, 1)},
                answers={
                    "D1": "De brief was zo moeilijk dat niemand durfde te bellen."
                },
                quotes=("Ik heb de brief drie keer gelezen en toch niet begrepen.",),
                barriers=(
                    (
                        "De bus rijdt maar één keer per uur naar het centrum",
                        BarrierKind.REACHABILITY,
                        BarrierLevel.EXECUTION,
                    ),
                    (
                        "Een afspraak maken lukt alleen met een app",
                        BarrierKind.USABILITY,
                        BarrierLevel.EXECUTION,
                    ),
                ),
            ),
            ServiceDomain.RECEPTION: Said(
                stickers={3: 1, 4: 2, 5: 1, 7: 1},
                options={"D2": (0, 1, 2, 2, 0), "D3": (2, 2, 1, 0, 0)},
                answers={"D6": "Stoelen met een leuning, en iemand die meekijkt."},
            ),
        },
    )
    finish(seniors, first_change="Brieven in gewone taal.")


def hear_providers(
    measurement: Round,
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    domains = (
        ServiceDomain.PREVENTION,
        ServiceDomain.ACCESS,
        ServiceDomain.RECEPTION,
        ServiceDomain.RIGHTS_DETECTION,
        ServiceDomain.AFTERCARE,
    )
    ocmw = _talk(
        measurement,
        people["els"],
        side=Side.PROVIDERS,
        title="Sociale dienst OCMW, november",
        organisation=organisations["ocmw"],
        category=RespondentCategory.SOCIAL_WORK,
        held_on=day("2026-11-19"),
        place="Sociaal Huis",
        people=7,
        has_consent=True,
        domains=domains,
    )
    enter(
        ocmw,
        {
            ServiceDomain.PREVENTION: Said(
                stickers={5: 2, 6: 3, 7: 2}, options={"H2": (1, 3, 2, 1, 0)}
            ),
            ServiceDomain.ACCESS: Said(
                stickers={6: 1, 7: 4, 8: 2},
                options={"H2": (0, 2, 3, 2, 0), "H4": (0, 1, 4, 2, 0)},
                quotes=("Wie belt, krijgt dezelfde week een afspraak.",),
                uses=(QuoteUse.DIALOGUE,),
            ),
            ServiceDomain.RECEPTION: Said(
                stickers={6: 2, 7: 3, 8: 2}, options={"H2": (0, 1, 4, 2, 0)}
            ),
            ServiceDomain.RIGHTS_DETECTION: Said(
                stickers={5: 2, 6: 3, 7: 2}, options={"H1": (0, 3, 3, 1, 0)}
            ),
            ServiceDomain.AFTERCARE: Said(
                stickers={2: 2, 3: 3, 4: 2}, options={"H2": (4, 2, 1, 0, 0)}
            ),
        },
    )
    fund = _talk(
        measurement,
        people["els"],
        side=Side.PROVIDERS,
        title="Ziekenfonds, november",
        organisation=organisations["ziekenfonds"],
        category=RespondentCategory.PARTNER,
        held_on=day("2026-11-17"),
        place="Ziekenfonds",
        people=2,
        has_consent=True,
        domains=domains,
    )
    enter(
        fund,
        {
            ServiceDomain.PREVENTION: Said(stickers={6: 2}),
            ServiceDomain.ACCESS: Said(stickers={5: 1, 7: 1}),
            ServiceDomain.RECEPTION: Said(stickers={7: 1, 8: 1}),
            ServiceDomain.RIGHTS_DETECTION: Said(
                stickers={4: 1, 6: 1},
                options={"H1": (0, 2, 0, 0, 0)},
                answers={
                    "H3": "Sociaal telefoontarief en parkeerkaart vergeten we vaak. We "
                    "denken vooral aan terugbetaling."
                },
            ),
            ServiceDomain.AFTERCARE: Said(stickers={3: 1, 5: 1}),
        },
    )
    # Two answers come in first and wait; with the seven of the social service they come
    # out together.
    finish(fund)
    finish(ocmw)


def prepare_talks(
    measurement: Round,
    groups: dict[str, TargetGroup],
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    """Leave two talks in draft: one noted down, one still to come."""
    evening = _talk(
        measurement,
        people["nele"],
        side=Side.TARGET_GROUP,
        title="Ouders De Warme Deur",
        target_group=groups["ouders"],
        organisation=organisations["deur"],
        category=RespondentCategory.FOUND_THE_WAY,
        held_on=day("2026-11-25"),
        place="De Warme Deur",
        people=7,
        domains=(ServiceDomain.RECEPTION, ServiceDomain.AFTERCARE),
    )
    enter(
        evening,
        {
            ServiceDomain.RECEPTION: Said(
                points=5,
                options={"D3": (4, 2, 1, 0, 0)},
                answers={
                    "D1": "De mensen aan de balie zijn vriendelijk. Je staat wel te "
                    "vertellen met de hele rij achter je. Kinderen kunnen nergens zitten."
                },
                quotes=("Ik kom liever te laat dan dat ik daar in de rij moet staan.",),
            ),
            ServiceDomain.AFTERCARE: Said(
                points=2,
                answers={
                    "D1": "Na de schuldbemiddeling hoorde bijna niemand nog iets. Een "
                    "telefoontje zou deugd doen, maar niet met een privénummer."
                },
            ),
        },
    )
    _talk(
        measurement,
        people["tom"],
        side=Side.TARGET_GROUP,
        title="Koffiemoment post sorteren",
        target_group=groups["ouderen"],
        organisation=organisations["kruispunt"],
        category=RespondentCategory.NOT_YET,
        held_on=day("2026-12-03"),
        place="Buurthuis Het Kruispunt",
        people=6,
        domains=(
            ServiceDomain.DETECTION,
            ServiceDomain.APPROACH,
            ServiceDomain.ACCESS,
        ),
    )
