"""The links with which two services of Heidebeke can still answer.

Nothing waits behind them: what waits is written under random numbers, and two demos have
to be the same.
"""

from kader.vocabulary import RespondentCategory, ServiceDomain
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day
from projects.models import Organisation
from rechtencirkel.models import AnswerLink, Round
from rechtencirkel.services import create_link

# The seed is the same everywhere; the address also needs the key of the installation.
SEED = "heidebeke-november-2026"


def share_a_link(
    measurement: Round,
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    """Ask the CAW and the reception of the OCMW, until 11 December."""
    for key, category in (
        ("caw", RespondentCategory.PARTNER),
        ("ocmw", RespondentCategory.RECEPTION_AND_ADMIN),
    ):
        create_link(
            link=AnswerLink(
                project=measurement.project,
                round=measurement,
                organisation=organisations[key],
                category=category,
                domains=tuple(ServiceDomain),
                closes_on=day("2026-12-11"),
                contact=people["els"].user.name,
                told_on=day("2027-03-16"),
                created_by=people["els"].user,
            ),
            on=day("2026-11-23"),
            seed=f"{SEED}-{key}",
        )
