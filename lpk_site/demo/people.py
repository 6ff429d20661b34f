"""The people of the demo who have an account, and their one password."""

from dataclasses import dataclass
from datetime import UTC, datetime

from accounts.models import User

DEMO_DOMAIN = "demo.example"
# Not a secret: it opens invented data, and the demo cannot run in production.
DEMO_PASSWORD = "samen-aan-tafel"  # noqa: S105 - shown on the sign-in page


@dataclass(frozen=True)
class DemoAccount:
    """An account as the demo prints it."""

    key: str
    user: User
    role: str
    password: str


# The same on every machine, so that equal demos have equal fingerprints.
JOINED_AT = datetime(2025, 11, 3, 9, tzinfo=UTC)

# key, name, what they do
PEOPLE = (
    ("els", "Els Vandamme", "Coördinator in Heidebeke, in de analyse"),
    ("nele", "Nele Goossens", "Basiswerking De Warme Deur, voert een gesprek in"),
    ("tom", "Tom Verbeke", "Basiswerking Het Kruispunt, plant een gesprek"),
    ("joke", "Joke Lemmens", "Stuurgroeplid in Heidebeke, ziekenfonds"),
    ("hilde", "Hilde Baert", "Coördinator in Polderdijke, in de uitvoering"),
    ("samir", "Samir Haddad", "Basiswerking in Polderdijke, koppelt terug"),
    ("sofie", "Sofie Maertens", "Vlaamse ondersteuner van beide gemeenten"),
    ("beheer", "Bram Wouters", "Beheerder: accounts en instellingen, geen antwoorden"),
)


def load_people() -> dict[str, DemoAccount]:
    """Make the accounts, by a short key."""
    accounts = {}
    for key, name, role in PEOPLE:
        address = f"{'.'.join(name.lower().split())}@{DEMO_DOMAIN}"
        is_platform_admin = key == "beheer"
        user = User.objects.create_user(
            address,
            name,
            DEMO_PASSWORD,
            note=role,
            joined_at=JOINED_AT,
            is_staff=is_platform_admin,
            is_superuser=is_platform_admin,
        )
        accounts[key] = DemoAccount(key, user, role, DEMO_PASSWORD)
    return accounts
