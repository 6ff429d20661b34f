"""Who may do what in which project: the only module that decides it.

The table role → capabilities is data; a view names a capability, never a role. What each
route asks stands in lpk_site.access_table, and docs/access.md says it in Dutch.
"""

from datetime import date
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from projects.models import Membership, Project, Role, SteeringGroupMember
from projects.models.project import Viewer


class Capability(StrEnum):
    """What a page or an action asks of whoever opens it."""

    FOLLOW = "follow"
    VIEW = "view"
    CONTRIBUTE = "contribute"
    ENTER = "enter"
    MANAGE = "manage"

    @property
    def label(self) -> str:
        return CAPABILITY_LABELS[self]


CAPABILITY_LABELS = {
    Capability.FOLLOW: "voortgang en samengetelde cijfers volgen",
    Capability.VIEW: "alles lezen wat vrijgegeven is, ook uitspraken",
    Capability.CONTRIBUTE: "meeschrijven: problemen, acties, opvolging, terugkoppeling",
    Capability.ENTER: "gesprekken voorbereiden en invoeren",
    Capability.MANAGE: "het project beheren: stuurgroep, rondes, dialoog, toegang",
}

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.COORDINATOR: frozenset(Capability),
    Role.GRASSROOTS: frozenset(
        {
            Capability.FOLLOW,
            Capability.VIEW,
            Capability.CONTRIBUTE,
            Capability.ENTER,
        }
    ),
    Role.MEMBER: frozenset({Capability.FOLLOW, Capability.VIEW, Capability.CONTRIBUTE}),
    # Aggregates and process only: no quote, no open answer, no sheet (P14).
    Role.SUPPORTER: frozenset({Capability.FOLLOW}),
}

# From this many people on a sheet is about a group, and the coordinator may read it (P4).
SHEET_THRESHOLD = 5


def get_project(user: User, project_id: int, capability: Capability) -> Project:
    """Return the project, with its viewer, if the user has the capability in it.

    A stranger gets a 404, so that nobody learns which projects exist. A member who
    lacks the capability gets a 403. One query. A platform administrator without a role
    in the project is a stranger: accounts and settings only.
    """
    membership = (
        Membership.objects.select_related("project__municipality")
        .filter(user=user, project_id=project_id)
        .first()
    )
    if membership is None:
        raise Http404("Geen project.")
    held = CAPABILITIES[Role(membership.role)]
    if capability not in held:
        raise PermissionDenied
    project = membership.project
    project.viewer = Viewer(
        user=user,
        role=Role(membership.role),
        may_view=Capability.VIEW in held,
        may_contribute=Capability.CONTRIBUTE in held,
        may_enter=Capability.ENTER in held,
        may_manage=Capability.MANAGE in held,
    )
    return project


def projects_of(user: User, capability: Capability) -> QuerySet[Project]:
    """Return the projects in which the user has the capability.

    The other half of `get_project`, from the same table.
    """
    roles = [role for role, held in CAPABILITIES.items() if capability in held]
    return Project.objects.filter(
        pk__in=Membership.objects.filter(user=user, role__in=roles).values("project")
    )


def seat_of(viewer: Viewer, project: Project, on: date) -> SteeringGroupMember | None:
    """Return the viewer's own seat in the steering group on that day, if any. One query.

    What a member gives personally (a vote, an estimate, scores) hangs on a seat, not on
    an account: who has access without a seat reads and writes, but does not judge.
    """
    return project.steering_group.of_user(viewer.user, on).with_organisation().first()


def may_create_projects(user: User) -> bool:
    """Say whether the user is the platform administrator."""
    return user.is_staff


def require_platform_admin(user: User) -> None:
    """Refuse everybody but the platform administrator with a 404."""
    if not may_create_projects(user):
        raise Http404("Geen bladzijde.")


def may_read_sheet(viewer: Viewer, *, entered_by_id: int, people: int) -> bool:
    """Say whether the viewer may open the raw sheet of a conversation (P4, P8).

    Whoever entered it may; the coordinator only when it speaks for a group.
    """
    if not viewer.may_enter:
        return False
    if viewer.user.pk == entered_by_id:
        return True
    return viewer.may_manage and people >= SHEET_THRESHOLD


def require_sheet(viewer: Viewer, *, entered_by_id: int, people: int) -> None:
    """Refuse with a 403 whoever may not open this raw sheet (`may_read_sheet`)."""
    if not may_read_sheet(viewer, entered_by_id=entered_by_id, people=people):
        raise PermissionDenied
