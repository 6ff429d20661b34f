"""Checks on seats in the steering group and on partners."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from projects.models import Engagement, SteeringGroupMember

PERIOD = ("since", "until", "pk")


@check(Engagement, "De organisatie van de partner hoort bij een ander project.")
def partners_stay_in_their_project() -> Keys:
    return elsewhere(Engagement, "organisation")


@check(SteeringGroupMember, "Aan het account zie je wie achter de schuilnaam zit.")
def pseudonyms_have_no_account() -> Keys:
    seats = SteeringGroupMember.objects.filter(is_pseudonym=True)
    return keys(seats.exclude(user=None))


@check(SteeringGroupMember, "Het account heeft twee zitjes in dezelfde periode.")
def accounts_hold_one_seat_at_a_time() -> Keys:
    seats = SteeringGroupMember.objects.exclude(user=None)
    return _overlapping(seats.values_list("project_id", "user_id", *PERIOD))


@check(SteeringGroupMember, "De persoon zit twee keer in de stuurgroep.")
def people_sit_once_for_an_organisation() -> Keys:
    return _overlapping(
        (organisation_id, " ".join(name.split()).casefold(), *period)
        for organisation_id, name, *period in SteeringGroupMember.objects.values_list(
            "organisation_id", "name", *PERIOD
        )
    )


def _overlapping(rows: Iterable[tuple[Any, ...]]) -> Keys:
    """Return who begins before the one before them has left. Rows: two of who, PERIOD."""
    seats: dict[tuple[Any, Any], list[tuple[date, date, int]]] = defaultdict(list)
    for one, other, since, until, pk in rows:
        seats[one, other].append((since, until or date.max, pk))
    wrong = []
    for periods in seats.values():
        latest = date.min
        for since, until, pk in sorted(periods):
            if since < latest:
                wrong.append(pk)
            latest = max(latest, until)
    return wrong
