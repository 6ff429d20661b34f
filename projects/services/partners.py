"""What changes the list of partners: organisations involved without a seat (R5)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kader.vocabulary import EngagementState, Involvement, OrganisationType, Phase, Side
from projects.models import Engagement, Organisation, Project


def find_organisation(project: Project, name: str) -> Organisation | None:
    """Return the organisation with this name, whatever the capitals. One query."""
    known = " ".join(name.split()).casefold()
    for organisation in project.organisations.all():
        if " ".join(organisation.name.split()).casefold() == known:
            return organisation
    return None


@transaction.atomic
def suggest_partner(
    *,
    project: Project,
    name: str,
    kind: OrganisationType,
    phases: Iterable[Phase],
    involvement: Involvement,
    reason: str,
    promise: str,
    state: EngagementState,
    suggested_by: User,
    on: date,
) -> Engagement:
    """Put an organisation in the list of partners, and in the project when it is new.

    An organisation that the project knows keeps its kind and its side; the side of a new
    one follows from its kind.
    """
    # Locking the project keeps two simultaneous suggestions from making a double.
    Project.objects.select_for_update().get(pk=project.pk)
    organisation = find_organisation(project, name)
    if organisation is None:
        organisation = Organisation.objects.create(
            project=project,
            name=" ".join(name.split()),
            type=kind,
            side=Side.TARGET_GROUP if kind.is_grassroots else Side.PROVIDERS,
        )
    elif organisation.engagements.exists():
        raise ValidationError({"name": f"{organisation} staat al bij de partners."})
    return Engagement.objects.create(
        project=project,
        organisation=organisation,
        phases=tuple(phases),
        involvement=involvement,
        reason=reason,
        promise=promise,
        state=state,
        suggested_by=suggested_by,
        noted_on=on,
    )
