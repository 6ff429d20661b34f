import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from projects import access
from projects.access import CAPABILITIES, Capability
from projects.models import Role
from projects.models.project import Viewer
from tests.factories import MembershipFactory

FOLLOW, VIEW, CONTRIBUTE, ENTER, MANAGE = Capability
HOLDS = {
    Role.COORDINATOR: {FOLLOW, VIEW, CONTRIBUTE, ENTER, MANAGE},
    Role.GRASSROOTS: {FOLLOW, VIEW, CONTRIBUTE, ENTER},
    Role.MEMBER: {FOLLOW, VIEW, CONTRIBUTE},
    Role.SUPPORTER: {FOLLOW},
}


def viewer(role, user_id=1):
    held = HOLDS[role]
    return Viewer(
        user=User(pk=user_id),
        role=role,
        may_view=VIEW in held,
        may_contribute=CONTRIBUTE in held,
        may_enter=ENTER in held,
        may_manage=MANAGE in held,
    )


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_exactly_these_capabilities(role):
    assert CAPABILITIES[role] == HOLDS[role]


@pytest.mark.parametrize("capability", Capability)
@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_the_project_opens_only_for_a_role_with_the_capability(
    project, role, capability
):
    user = MembershipFactory(project=project, role=role).user

    if capability in HOLDS[role]:
        opened = access.get_project(user, project.pk, capability)
        assert opened == project
        assert opened.viewer == viewer(role, user.pk)
    else:
        with pytest.raises(PermissionDenied):
            access.get_project(user, project.pk, capability)


@pytest.mark.parametrize("capability", Capability)
def test_a_stranger_does_not_learn_that_the_project_exists(
    project, stranger, platform_admin, capability
):
    elsewhere = MembershipFactory(role=Role.COORDINATOR).user

    for user in (stranger, platform_admin, elsewhere):
        with pytest.raises(Http404):
            access.get_project(user, project.pk, capability)


def test_fetching_a_project_with_its_municipality_is_one_query(
    project, member, django_assert_num_queries
):
    with django_assert_num_queries(1):
        str(access.get_project(member, project.pk, VIEW).municipality)


def test_only_the_platform_administrator_starts_projects(platform_admin, coordinator):
    access.require_platform_admin(platform_admin)

    with pytest.raises(Http404):
        access.require_platform_admin(coordinator)


@pytest.mark.parametrize(
    ("role", "is_own", "people", "may"),
    [
        (Role.COORDINATOR, False, 4, False),
        (Role.COORDINATOR, False, 5, True),
        (Role.COORDINATOR, True, 1, True),
        (Role.GRASSROOTS, False, 5, False),
        (Role.GRASSROOTS, False, 30, False),
        (Role.GRASSROOTS, True, 1, True),
        (Role.MEMBER, False, 30, False),
        (Role.MEMBER, True, 30, False),
        (Role.SUPPORTER, False, 30, False),
        (Role.SUPPORTER, True, 30, False),
    ],
)
def test_a_raw_sheet_opens_for_who_entered_it_or_when_it_speaks_for_a_group(
    role, is_own, people, may
):
    entered_by_id = 1 if is_own else 2

    assert (
        access.may_read_sheet(viewer(role), entered_by_id=entered_by_id, people=people)
        is may
    )
