"""The links of the demo: in Heidebeke they just went out, in Polderdijke one has closed.

What is loose in the product has random numbers. Two demos have to be the same, so the
texts get fixed ones here, and nothing is left waiting.
"""

from datetime import date

from kader.vocabulary import AnswerOption, RespondentCategory, ServiceDomain
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day
from projects.models import Organisation
from rechtencirkel.models import AnswerLink, Round, WrittenAnswer
from rechtencirkel.services import (
    Sent,
    create_link,
    find_sheet,
    release,
    secrets_of,
    send_answers,
)

# The seed is the same everywhere; the address also needs the key of the installation.
SEED = "november-2026"
ANSWERED_ON = "2026-11-12"

CODES = ("TLD-H2", "TLD-HP", "REA-H2", "REA-HP")
FIRST, SECOND, THIRD, FOURTH, _ = tuple(AnswerOption)
# What each of five colleagues chose, in the order of the codes.
CHOSEN = (
    (SECOND, "5", SECOND, "6"),
    (THIRD, "6", SECOND, "7"),
    (THIRD, "6", THIRD, "7"),
    (THIRD, "7", SECOND, "7"),
    (FOURTH, "7", THIRD, "8"),
)
WRITTEN_CODE = "TLD-H5"
WRITTEN = (
    "Na de doorverwijzing horen we niets meer. We weten niet of iemand er geraakte.",
    "De wachtlijst bij de schuldbemiddeling is te lang.",
    "Het formulier van de andere dienst kunnen wij niet openen.",
    "Een vrouw moest haar verhaal op drie plaatsen opnieuw doen.",
    "We kennen de mensen van het onthaal niet van naam.",
)
# How many of the texts are read over.
READ_OVER = 3


def share_links_in_heidebeke(
    measurement: Round,
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    """Ask three services, until 11 December; nobody answered yet."""
    for name, category, domains in (
        (
            "caw",
            RespondentCategory.PARTNER,
            (ServiceDomain.REFERRAL, ServiceDomain.RIGHTS_REALISATION),
        ),
        ("ocmw", RespondentCategory.RECEPTION_AND_ADMIN, tuple(ServiceDomain)),
        (
            "ziekenfonds",
            RespondentCategory.PARTNER,
            (ServiceDomain.RIGHTS_DETECTION, ServiceDomain.AFTERCARE),
        ),
    ):
        _link(
            measurement,
            people["els"],
            f"heidebeke-{name}",
            on=day("2026-11-16"),
            organisation=organisations[name],
            category=category,
            domains=domains,
            closes_on=day("2026-12-11"),
            told_on=day("2027-03-16"),
        )


def answer_by_link_in_polderdijke(
    measurement: Round,
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    """Let five people of the reception answer; most of their texts are read over."""
    link = _link(
        measurement,
        people["hilde"],
        "polderdijke-ocmw",
        on=day("2026-11-02"),
        organisation=organisations["ocmw"],
        category=RespondentCategory.RECEPTION_AND_ADMIN,
        domains=(ServiceDomain.REFERRAL, ServiceDomain.RIGHTS_REALISATION),
        closes_on=day("2026-11-16"),
    )
    _answer(link)
    _number_the_texts(measurement)
    for text in WrittenAnswer.objects.filter(round=measurement)[:READ_OVER]:
        release(words=text, text=text.text, on=day("2026-11-17"))


def _link(
    measurement: Round,
    coordinator: DemoAccount,
    key: str,
    on: date,
    **fields: object,
) -> AnswerLink:
    return create_link(
        link=AnswerLink(
            project=measurement.project,
            round=measurement,
            contact=coordinator.user.name,
            created_by=coordinator.user,
            **fields,
        ),
        on=on,
        seed=f"{SEED}-{key}",
    )


def _answer(link: AnswerLink) -> None:
    on = day(ANSWERED_ON)
    ids = dict(link.round.questions.values_list("code", "pk"))
    for chosen, text in zip(CHOSEN, WRITTEN, strict=True):
        values = zip(CODES, chosen, strict=True)
        sheet = find_sheet(secrets_of(link)[0], on=on)
        if sheet is None:
            raise ValueError("The link of the demo does not open.")
        send_answers(
            link=sheet.link,
            token_hash=sheet.token_hash,
            sent=Sent(
                values={ids[code]: value for code, value in values},
                texts={ids[WRITTEN_CODE]: text},
            ),
            on=on,
        )


def _number_the_texts(measurement: Round) -> None:
    """Give the texts numbers that are the same in every demo."""
    texts = sorted(
        WrittenAnswer.objects.filter(round=measurement), key=lambda row: row.text
    )
    WrittenAnswer.objects.filter(round=measurement).delete()
    for number, text in enumerate(texts, start=1):
        text.pk = number
    WrittenAnswer.objects.bulk_create(texts)
