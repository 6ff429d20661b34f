from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import Invitation, User
from projects import services
from projects.models import (
    Membership,
    Municipality,
    Project,
    Role,
    SteeringGroupMember,
    TargetGroup,
)
from tests.factories import (
    ConversationFactory,
    FeedbackDutyFactory,
    ImprovementActionFactory,
    MembershipFactory,
    MunicipalityFactory,
    ProblemStatementFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def sentence(error):
    return " ".join(error.value.messages)


def test_loading_the_municipalities_twice_gives_285_and_keeps_what_was_added():
    assert services.load_municipalities() == 285
    Municipality.objects.filter(name="Aalst").update(inhabitants=90_000)

    assert services.load_municipalities() == 285

    assert Municipality.objects.count() == 285
    assert Municipality.objects.get(name="Aalst").inhabitants == 90_000


def test_loading_the_municipalities_corrects_a_name():
    services.load_municipalities()
    Municipality.objects.filter(name="Aalst").update(name="Alst")

    services.load_municipalities()

    assert Municipality.objects.filter(name="Aalst").count() == 1
    assert not Municipality.objects.filter(name="Alst").exists()


def test_a_municipality_exists_from_its_first_day_until_its_last():
    always = MunicipalityFactory()
    merged = MunicipalityFactory(valid_until=date(2025, 1, 1))
    new = MunicipalityFactory(valid_from=date(2025, 1, 1))

    assert set(Municipality.objects.existing(date(2024, 12, 31))) == {always, merged}
    assert set(Municipality.objects.existing(date(2025, 1, 1))) == {always, new}


def test_a_new_project_has_an_invited_coordinator(
    platform_admin, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        project = services.start_project(
            municipality=MunicipalityFactory(),
            title="Iedereen mee",
            starting_point="",
            started_on=TODAY,
            coordinator_email="Els@Voorbeeld.be",
            coordinator_name="Els Vandamme",
            started_by=platform_admin,
        )

    membership = project.memberships.get()
    assert membership.role == Role.COORDINATOR
    assert membership.user.email == "els@voorbeeld.be"
    assert [message.to for message in mail.outbox] == [["els@voorbeeld.be"]]


def test_giving_access_invites_who_has_no_account(
    project, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        membership = services.give_access(
            project=project,
            email="nele@voorbeeld.be",
            name="Nele",
            role=Role.GRASSROOTS,
            given_by=coordinator,
        )

    assert not membership.user.has_usable_password()
    assert Invitation.objects.usable().get().invited_by == coordinator
    assert len(mail.outbox) == 1


def test_giving_access_to_an_existing_account_sends_no_link(
    project, coordinator, django_capture_on_commit_callbacks
):
    nele = UserFactory(email="nele@voorbeeld.be", name="Nele")

    with django_capture_on_commit_callbacks(execute=True):
        membership = services.give_access(
            project=project,
            email="NELE@voorbeeld.be",
            name="Iemand anders",
            role=Role.MEMBER,
            given_by=coordinator,
        )

    assert membership.user == nele
    assert membership.user.name == "Nele"
    assert mail.outbox == []


def test_giving_access_twice_is_refused_and_sends_nothing(
    project, coordinator, django_capture_on_commit_callbacks
):
    invited = UserFactory(email="nele@voorbeeld.be", password=None)
    MembershipFactory(project=project, user=invited)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ValidationError) as error,
    ):
        services.give_access(
            project=project,
            email="nele@voorbeeld.be",
            name="Nele",
            role=Role.MEMBER,
            given_by=coordinator,
        )

    assert sentence(error) == "Deze persoon heeft al toegang."
    assert mail.outbox == []
    assert project.memberships.filter(user=invited).count() == 1


def test_the_last_coordinator_cannot_be_removed_or_demoted(project):
    last = MembershipFactory(project=project, role=Role.COORDINATOR)
    MembershipFactory(project=project, role=Role.MEMBER)
    MembershipFactory(role=Role.COORDINATOR)

    with pytest.raises(ValidationError, match="enige coördinator"):
        services.withdraw_access(membership=last)
    with pytest.raises(ValidationError, match="enige coördinator"):
        services.change_role(membership=last, role=Role.MEMBER)

    last.refresh_from_db()
    assert last.role == Role.COORDINATOR


def test_with_a_second_coordinator_the_first_may_go(project):
    first = MembershipFactory(project=project, role=Role.COORDINATOR)
    second = MembershipFactory(project=project, role=Role.COORDINATOR)

    services.change_role(membership=first, role=Role.SUPPORTER)
    services.withdraw_access(membership=first)

    assert list(project.memberships.all()) == [second]
    assert User.objects.filter(pk=first.user_id).exists()


def test_a_coordinator_may_stay_coordinator(project):
    only = MembershipFactory(project=project, role=Role.COORDINATOR)

    assert services.change_role(membership=only, role=Role.COORDINATOR) == only


def test_a_target_group_without_a_past_leaves_the_matrix(project):
    services.remove_target_group(target_group=TargetGroupFactory(project=project))

    assert not TargetGroup.objects.exists()


@pytest.mark.parametrize(
    "point_to",
    [
        lambda group: ConversationFactory(project=group.project, target_group=group),
        lambda group: ProblemStatementFactory(project=group.project).target_groups.add(
            group
        ),
        lambda group: ImprovementActionFactory(
            project=group.project, target_groups=[group]
        ),
        lambda group: FeedbackDutyFactory(target_group=group),
    ],
    ids=["a conversation", "a problem", "an action", "a duty to report back"],
)
def test_a_target_group_that_something_points_to_stays(point_to):
    group = TargetGroupFactory(name="Ouders")
    point_to(group)

    with pytest.raises(ValidationError, match="aan ‘Ouders’"):
        services.remove_target_group(target_group=group)

    assert TargetGroup.objects.filter(pk=group.pk).exists()


def test_who_left_or_has_yet_to_begin_is_not_active(project):
    now = SteeringGroupMemberFactory(project=project, since=date(2026, 9, 7))
    left = SteeringGroupMemberFactory(
        project=project, since=date(2026, 9, 7), until=TODAY
    )
    later = SteeringGroupMemberFactory(project=project, since=date(2027, 1, 4))

    seats = SteeringGroupMember.objects
    assert set(seats.active(TODAY)) == {now}
    assert set(seats.staying(TODAY)) == {now, later}
    assert set(seats.former(TODAY)) == {left}


def test_the_projects_of_somebody_are_those_with_a_role(project, member):
    MembershipFactory()

    assert list(Project.objects.visible_to(member)) == [project]
    assert list(member.memberships.with_projects()) == [
        Membership.objects.get(user=member)
    ]


def test_a_new_invitation_voids_the_one_before(project, coordinator):
    membership = services.give_access(
        project=project,
        email="nieuw@voorbeeld.be",
        name="Nieuw",
        role=Role.MEMBER,
        given_by=coordinator,
    )

    services.invite_again(membership=membership, invited_by=coordinator)

    assert membership.user.invitations.count() == 2
    assert membership.user.invitations.usable().count() == 1


def test_who_has_an_account_is_not_invited_again(project, member, coordinator):
    with pytest.raises(ValidationError, match="heeft al een account"):
        services.invite_again(
            membership=project.memberships.get(user=member), invited_by=coordinator
        )
