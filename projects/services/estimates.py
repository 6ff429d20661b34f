"""How a member's estimate is stored: the words and the nine rights together."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from kader.vocabulary import SocialRight
from projects.estimates import faults_of
from projects.models import ProblemEstimate, RightEstimate, SteeringGroupMember


@transaction.atomic
def give_estimate(
    *,
    member: SteeringGroupMember,
    text: str,
    source_kind: str = "",
    source: str = "",
    source_year: int | None = None,
    severities: Mapping[SocialRight, int],
    on: date,
) -> ProblemEstimate:
    """Store what a member thinks, instead of what that member said before.

    A right that is not in `severities` is one about which the member does not know.
    """
    # The lock keeps two windows of the same member from mixing their scores.
    seat = SteeringGroupMember.objects.select_for_update().get(pk=member.pk)
    if not SteeringGroupMember.objects.active(on).filter(pk=seat.pk).exists():
        raise ValidationError(
            f"{seat} zit niet in de stuurgroep. Deze inschatting is niet bewaard."
        )
    faults = faults_of(
        text=text,
        source_kind=source_kind,
        source=source,
        source_year=source_year,
        severities=severities,
        on=on,
    )
    if faults:
        raise ValidationError(faults)
    estimate, _ = ProblemEstimate.objects.update_or_create(
        member=seat,
        defaults={
            "project_id": seat.project_id,
            "text": text,
            "source_kind": source_kind,
            "source": source,
            "source_year": source_year,
            "given_on": on,
        },
    )
    estimate.rights.all().delete()
    RightEstimate.objects.bulk_create(
        RightEstimate(estimate=estimate, right=right, severity=severities[right])
        for right in SocialRight
        if right in severities
    )
    return estimate
