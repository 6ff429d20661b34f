"""Seats in the steering group: saving, ending, inviting, and who does what."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from kader.vocabulary import (
    OrganisationType,
    Phase,
    Responsibility,
    SteeringGroupRole,
)
from projects import services
from projects.models import (
    Membership,
    PhaseResponsibility,
    Role,
    SteeringGroupMember,
)
from projects.responsibilities import build_grid
from tests.factories import (
    FeasibilityVoteFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PhaseResponsibilityFactory,
    SteeringGroupMemberFactory,
    UserFactory,
)
from tests.helpers import count_queries, filled_in, form_on, page_of, post_everything

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def links(response):
    return page_of(response).xpath("//main//a/@href")


# --- saving and ending ------------------------------------------------------


def test_a_seat_that_overlaps_is_refused_for_every_caller(project, coordinator):
    seat = SteeringGroupMemberFactory(project=project, name="Jo")
    double = SteeringGroupMember(
        project=project, organisation=seat.organisation, name="JO", since=today()
    )

    with pytest.raises(ValidationError, match="zit al in de stuurgroep"):
        services.save_seat(member=double, saved_by=coordinator, on=today())

    assert project.steering_group.count() == 1


def test_an_account_holds_one_seat_at_a_time(project, coordinator):
    account = MembershipFactory(project=project).user
    SteeringGroupMemberFactory(project=project, user=account, name="Jo")
    second = SteeringGroupMemberFactory.build(
        project=project, organisation=OrganisationFactory(project=project)
    )
    second.user = account

    with pytest.raises(ValidationError, match="heeft al een zitje: Jo"):
        services.save_seat(member=second, saved_by=coordinator, on=today())


def test_an_account_of_a_former_member_may_take_a_seat_again(project, coordinator):
    account = MembershipFactory(project=project).user
    SteeringGroupMemberFactory(project=project, user=account, ended=True)
    second = SteeringGroupMemberFactory.build(
        project=project,
        organisation=OrganisationFactory(project=project),
        user=account,
    )

    services.save_seat(member=second, saved_by=coordinator, on=today())

    assert project.steering_group.of_user(account, today()).count() == 1


def test_a_seat_ends_and_stays_on_record_with_its_votes(project):
    seat = SteeringGroupMemberFactory(project=project)
    vote = FeasibilityVoteFactory(planning__project=project, member=seat)

    services.end_seat(member=seat, until=today(), on=today())

    seat.refresh_from_db()
    assert seat.until == today()
    assert not project.steering_group.voting(today()).exists()
    assert seat.votes.get() == vote


def test_a_seat_does_not_end_before_it_began(project):
    seat = SteeringGroupMemberFactory(project=project)

    with pytest.raises(ValidationError, match="niet voor het begin"):
        services.end_seat(member=seat, until=seat.since - timedelta(days=1), on=today())


def test_the_only_trekker_who_leaves_is_a_warning(coordinator_client, project):
    lead = SteeringGroupMemberFactory(
        project=project, role=SteeringGroupRole.LEAD, name="Els"
    )
    PhaseResponsibilityFactory(
        member=lead, phase=Phase.DIALOGUE, part=Responsibility.LEADS
    )
    address = url("member_end", project, lead.pk)

    alone = text(coordinator_client.get(address))
    SteeringGroupMemberFactory(project=project, role=SteeringGroupRole.LEAD)
    together = text(coordinator_client.get(address))

    assert "Els is de enige trekker." in alone
    assert "Els is de enige trekker." not in together
    assert "Els trekt ook de fase dialoog." in together


# --- inviting ---------------------------------------------------------------


def invite(member, by, email="jo@voorbeeld.be", role=Role.MEMBER):
    return services.invite_member(
        member=member, email=email, role=role, invited_by=by, on=today()
    )


def test_a_member_is_invited_and_the_account_is_tied_to_the_seat(
    project, coordinator, django_capture_on_commit_callbacks
):
    member = SteeringGroupMemberFactory(project=project, name="Jo")

    with django_capture_on_commit_callbacks(execute=True):
        invite(member, coordinator, "Jo@Voorbeeld.be", Role.GRASSROOTS)

    member.refresh_from_db()
    membership = project.memberships.get(user=member.user)
    assert (member.user.email, member.user.name) == ("jo@voorbeeld.be", "Jo")
    assert membership.role == Role.GRASSROOTS
    assert [message.to for message in mail.outbox] == [["jo@voorbeeld.be"]]


def test_who_has_access_keeps_the_role_and_gets_no_mail(
    project, coordinator, django_capture_on_commit_callbacks
):
    known = MembershipFactory(project=project, role=Role.GRASSROOTS)
    member = SteeringGroupMemberFactory(project=project)

    with django_capture_on_commit_callbacks(execute=True):
        invite(member, coordinator, known.user.email, Role.COORDINATOR)

    member.refresh_from_db()
    known.refresh_from_db()
    assert member.user == known.user
    assert known.role == Role.GRASSROOTS
    assert mail.outbox == []


def test_somebody_invited_before_gets_a_new_link(
    project, coordinator, django_capture_on_commit_callbacks
):
    waiting = InvitationFactory(user__email="jo@voorbeeld.be").user
    MembershipFactory(project=project, user=waiting)
    member = SteeringGroupMemberFactory(project=project)

    with django_capture_on_commit_callbacks(execute=True):
        invite(member, coordinator)
        member.refresh_from_db()
        invite(member, coordinator, email="")

    assert len(mail.outbox) == 2
    assert waiting.invitations.usable().count() == 1


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda p: SteeringGroupMemberFactory(project=p, is_pseudonym=True),
            "schuilnaam",
        ),
        (
            lambda p: SteeringGroupMemberFactory(project=p, ended=True),
            "zit niet meer in de stuurgroep",
        ),
        (
            lambda p: SteeringGroupMemberFactory(
                project=p, user=MembershipFactory(project=p).user
            ),
            "heeft al een account",
        ),
    ],
    ids=["a pseudonym", "who left", "who has an account"],
)
def test_who_cannot_be_invited_hears_why_and_gets_no_mail(
    project, coordinator, make, sentence, django_capture_on_commit_callbacks
):
    member = make(project)
    people = User.objects.count()

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ValidationError, match=sentence),
    ):
        invite(member, coordinator)

    assert mail.outbox == []
    assert User.objects.count() == people


def test_an_account_with_another_seat_is_refused_at_the_address(project, coordinator):
    taken = MembershipFactory(project=project).user
    SteeringGroupMemberFactory(project=project, user=taken, name="Nele")
    member = SteeringGroupMemberFactory(project=project)

    with pytest.raises(ValidationError) as error:
        invite(member, coordinator, taken.email)

    assert list(error.value.message_dict) == ["email"]
    assert "heeft al een zitje: Nele" in error.value.messages[0]


def test_a_closed_account_is_not_invited(project, coordinator):
    closed = UserFactory(is_active=False)
    member = SteeringGroupMemberFactory(project=project)

    with pytest.raises(ValidationError, match="account is afgesloten"):
        invite(member, coordinator, closed.email)


@pytest.mark.parametrize(
    ("role", "kind", "access"),
    [
        (SteeringGroupRole.LEAD, OrganisationType.OCMW, Role.COORDINATOR),
        (SteeringGroupRole.MEMBER, OrganisationType.GRASSROOTS, Role.GRASSROOTS),
        (SteeringGroupRole.MEMBER, OrganisationType.SCHOOL, Role.MEMBER),
        (SteeringGroupRole.SUPPORTER, OrganisationType.OTHER, Role.SUPPORTER),
    ],
)
def test_the_access_that_fits_a_seat_is_proposed(
    coordinator_client, project, role, kind, access
):
    member = SteeringGroupMemberFactory(
        project=project, role=role, organisation__type=kind
    )

    page = page_of(coordinator_client.get(url("member_invite", project, member.pk)))

    assert page.xpath("//input[@name='role' and @checked]/@value") == [access]


def test_the_page_of_an_invitation_says_what_is_the_matter(coordinator_client, project):
    pseudonym = SteeringGroupMemberFactory(project=project, is_pseudonym=True)
    settled = SteeringGroupMemberFactory(
        project=project, user=MembershipFactory(project=project).user
    )
    waiting = InvitationFactory().user
    MembershipFactory(project=project, user=waiting)
    late = SteeringGroupMemberFactory(project=project, user=waiting)
    left = SteeringGroupMemberFactory(project=project, ended=True)

    pages = [
        coordinator_client.get(url("member_invite", project, member.pk))
        for member in (pseudonym, settled, left, late)
    ]

    assert "nodigen we niet uit per mail" in text(pages[0])
    assert "heeft al een account" in text(pages[1])
    assert "verliet de stuurgroep" in text(pages[2])
    assert waiting.email in text(pages[3])
    asks = [bool(page_of(p).xpath("//main//form[@method='post']")) for p in pages]
    assert asks == [False, False, False, True]


def test_a_crafted_invitation_of_a_pseudonym_is_refused_by_the_page(
    coordinator_client, project
):
    member = SteeringGroupMemberFactory(project=project, is_pseudonym=True)

    answer = coordinator_client.post(
        url("member_invite", project, member.pk),
        {"email": "marleen@voorbeeld.be", "role": Role.MEMBER},
    )

    member.refresh_from_db()
    assert answer.status_code == 200
    assert member.user is None
    assert not User.objects.filter(email="marleen@voorbeeld.be").exists()


def test_inviting_again_from_the_seat_asks_nothing_else(
    coordinator_client, project, django_capture_on_commit_callbacks
):
    waiting = InvitationFactory(expired=True).user
    MembershipFactory(project=project, user=waiting)
    member = SteeringGroupMemberFactory(project=project, user=waiting)

    with django_capture_on_commit_callbacks(execute=True):
        answer = post_everything(
            coordinator_client, url("member_invite", project, member.pk)
        )

    assert answer.url == url("steering_group", project)
    assert [message.to for message in mail.outbox] == [[waiting.email]]


def new_member(client, project, **changed):
    organisation = OrganisationFactory(project=project)
    return post_everything(
        client,
        url("member_create", project),
        organisation=organisation.pk,
        name="Jo",
        **changed,
    )


def test_a_new_member_is_invited_in_one_go(
    coordinator_client, project, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = new_member(coordinator_client, project, email="jo@voorbeeld.be")

    seat = project.steering_group.get()
    assert answer.url == url("steering_group", project)
    assert seat.user.email == "jo@voorbeeld.be"
    assert len(mail.outbox) == 1
    assert "Jo zit nu in de stuurgroep en krijgt een uitnodiging op" in text(
        coordinator_client.get(answer.url)
    )


def test_an_address_that_is_refused_loses_nothing_and_leaves_no_seat(
    coordinator_client, project
):
    taken = MembershipFactory(project=project).user
    SteeringGroupMemberFactory(project=project, user=taken, name="Nele")

    answer = new_member(coordinator_client, project, email=taken.email)

    assert list(answer.context["form"].errors) == ["email"]
    assert page_of(answer).xpath("//input[@name='name']/@value") == ["Jo"]
    assert project.steering_group.count() == 1


def test_buttons_to_invite_follow_the_state_of_each_seat(
    coordinator_client, member_client, project
):
    free = SteeringGroupMemberFactory(project=project)
    pseudonym = SteeringGroupMemberFactory(project=project, is_pseudonym=True)
    page = url("steering_group", project)

    offered = links(coordinator_client.get(page))

    assert url("member_invite", project, free.pk) in offered
    assert url("member_invite", project, pseudonym.pk) not in offered
    assert url("member_invite", project, free.pk) not in links(member_client.get(page))


# --- who does what ----------------------------------------------------------


def agree(project, parts):
    return services.agree_responsibilities(project=project, parts=parts, on=today())


def parts_of(member):
    return {row.phase: row.part for row in member.responsibilities.all()}


def test_parts_are_agreed_changed_and_taken_back(project):
    member = SteeringGroupMemberFactory(project=project)
    first = {
        (member.pk, Phase.ANALYSIS): Responsibility.LEADS,
        (member.pk, Phase.DIALOGUE): Responsibility.DECIDES,
    }

    assert agree(project, first) == 2
    assert agree(project, first) == 0
    assert (
        agree(
            project,
            {
                (member.pk, Phase.ANALYSIS): None,
                (member.pk, Phase.DIALOGUE): Responsibility.IS_INFORMED,
                (member.pk, Phase.EXECUTION): None,
            },
        )
        == 2
    )
    assert parts_of(member) == {Phase.DIALOGUE: Responsibility.IS_INFORMED}


@pytest.mark.parametrize(
    "make",
    [
        lambda project: SteeringGroupMemberFactory(),
        lambda project: SteeringGroupMemberFactory(project=project, ended=True),
    ],
    ids=["of another project", "who left"],
)
def test_somebody_outside_the_group_gets_no_part(project, make):
    member = make(project)

    with pytest.raises(ValidationError, match="niet meer in de stuurgroep"):
        agree(project, {(member.pk, Phase.ANALYSIS): Responsibility.LEADS})

    assert not PhaseResponsibility.objects.exists()


def test_a_phase_without_a_trekker_is_found():
    member = SteeringGroupMember(pk=1, name="Els")
    leads = [
        PhaseResponsibility(member=member, phase=phase, part=Responsibility.LEADS)
        for phase in (Phase.PREPARATION, Phase.ANALYSIS)
    ]
    decides = PhaseResponsibility(
        member=member, phase=Phase.DIALOGUE, part=Responsibility.DECIDES
    )

    grid = build_grid([member], [*leads, decides])

    assert grid.without_lead == (Phase.DIALOGUE, Phase.EXECUTION, Phase.ANCHORING)
    assert not grid.is_empty
    assert build_grid([member], []).is_empty


def test_the_grid_is_filled_in_on_its_page_and_shown_to_everybody(
    coordinator_client, member_client, project
):
    member = SteeringGroupMemberFactory(project=project, name="Els")
    address = url("responsibilities", project)

    empty = text(member_client.get(url("steering_group", project)))
    answer = post_everything(
        coordinator_client, address, **{f"part-{member.pk}-analysis": "leads"}
    )
    page = member_client.get(url("steering_group", project))

    assert "Er is nog niets afgesproken." in empty
    assert answer.url == url("steering_group", project)
    assert parts_of(member) == {Phase.ANALYSIS: Responsibility.LEADS}
    assert (
        "Nog niemand trekt de fasen voorbereiding, dialoog, uitvoering en verankering."
        in text(page)
    )
    assert address not in links(page)


def test_two_people_at_once_keep_each_others_cells(coordinator_client, project):
    member = SteeringGroupMemberFactory(project=project)
    address = url("responsibilities", project)
    opened = filled_in(form_on(coordinator_client.get(address)))
    PhaseResponsibilityFactory(
        member=member, phase=Phase.ANALYSIS, part=Responsibility.LEADS
    )

    coordinator_client.post(address, opened | {f"part-{member.pk}-dialogue": "decides"})

    assert parts_of(member) == {
        Phase.ANALYSIS: Responsibility.LEADS,
        Phase.DIALOGUE: Responsibility.DECIDES,
    }


def test_a_part_that_does_not_exist_is_refused_at_its_field(
    coordinator_client, project
):
    member = SteeringGroupMemberFactory(project=project)
    field = f"part-{member.pk}-analysis"

    answer = post_everything(
        coordinator_client, url("responsibilities", project), **{field: "baas"}
    )

    assert answer.context["form"].errors == {field: ["Kies een van de mogelijkheden."]}


def test_without_members_the_page_says_where_to_begin(coordinator_client, project):
    page = coordinator_client.get(url("responsibilities", project))

    assert "Er zit nog niemand in de stuurgroep." in text(page)


def test_forty_members_fit_and_cost_a_fixed_number_of_queries(
    coordinator_client, project, django_assert_max_num_queries
):
    organisation = OrganisationFactory(project=project)
    members = SteeringGroupMemberFactory.create_batch(
        40, project=project, organisation=organisation
    )
    form_page = url("responsibilities", project)
    posted = filled_in(form_on(coordinator_client.get(form_page)))
    posted |= {
        f"part-{member.pk}-{phase.value}": "takes_part"
        for member in members
        for phase in Phase
    }

    with django_assert_max_num_queries(14):
        answer = coordinator_client.post(form_page, posted)

    assert answer.status_code == 302
    assert PhaseResponsibility.objects.count() == 200
    assert count_queries(coordinator_client, form_page) <= 8
    assert count_queries(coordinator_client, url("steering_group", project)) <= 15


# --- handing over -----------------------------------------------------------


def hand_over(giver, successor, own_role=Role.MEMBER, *, with_lead=False):
    services.hand_over(
        giver=giver,
        successor=successor,
        own_role=own_role,
        with_lead=with_lead,
        on=today(),
    )


@pytest.fixture
def giver(project, coordinator):
    return project.memberships.get(user=coordinator)


@pytest.fixture
def successor(project):
    return MembershipFactory(project=project, user__name="Opvolger")


def coordinators(project):
    return [m.user.name for m in project.memberships.filter(role=Role.COORDINATOR)]


@pytest.mark.parametrize("own_role", [Role.MEMBER, Role.GRASSROOTS])
def test_the_coordinator_hands_over_and_gets_another_role(
    project, giver, successor, own_role
):
    hand_over(giver, successor, own_role)

    giver.refresh_from_db()
    assert coordinators(project) == ["Opvolger"]
    assert giver.role == own_role


def test_a_coordinator_who_leaves_keeps_the_seat_without_the_account(
    project, giver, successor
):
    seat = SteeringGroupMemberFactory(project=project, user=giver.user)

    hand_over(giver, successor, None)

    seat.refresh_from_db()
    assert coordinators(project) == ["Opvolger"]
    assert not Membership.objects.filter(pk=giver.pk).exists()
    assert seat.user is None
    assert seat.until is None


def test_the_trekker_changes_along_only_when_asked(project, giver, successor):
    old = SteeringGroupMemberFactory(
        project=project, user=giver.user, role=SteeringGroupRole.LEAD
    )
    new = SteeringGroupMemberFactory(project=project, user=successor.user)

    hand_over(giver, successor, Role.COORDINATOR, with_lead=False)
    old.refresh_from_db()
    assert old.role == SteeringGroupRole.LEAD
    hand_over(giver, successor, with_lead=True)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.role, new.role) == (SteeringGroupRole.MEMBER, SteeringGroupRole.LEAD)


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (
            lambda giver, successor: User.objects.filter(pk=successor.user_id).update(
                is_active=False
            ),
            "nog geen account geopend",
        ),
        (
            lambda giver, successor: User.objects.filter(pk=successor.user_id).update(
                password="!"
            ),
            "nog geen account geopend",
        ),
        (
            lambda giver, successor: Membership.objects.filter(
                pk=successor.pk
            ).delete(),
            "intussen veranderd",
        ),
        (
            lambda giver, successor: Membership.objects.filter(pk=giver.pk).update(
                role=Role.MEMBER
            ),
            "intussen veranderd",
        ),
    ],
    ids=["not active", "never opened", "no access any more", "no coordinator any more"],
)
def test_a_handover_that_cannot_be_changes_nothing(
    project, giver, successor, prepare, sentence
):
    MembershipFactory(project=project, role=Role.COORDINATOR, user__name="Derde")
    prepare(giver, successor)
    before = sorted(project.memberships.values_list("user__name", "role"))

    with pytest.raises(ValidationError, match=sentence):
        hand_over(giver, successor)

    assert sorted(project.memberships.values_list("user__name", "role")) == before


def test_nobody_hands_over_to_themselves(project, giver):
    with pytest.raises(ValidationError, match="intussen veranderd"):
        hand_over(giver, giver)

    assert coordinators(project) == [giver.user.name]


def test_without_a_seat_the_successor_cannot_be_trekker_and_nothing_changes(
    project, giver, successor
):
    SteeringGroupMemberFactory(
        project=project, user=giver.user, role=SteeringGroupRole.LEAD
    )

    with pytest.raises(ValidationError, match="zit niet in de stuurgroep"):
        hand_over(giver, successor, with_lead=True)

    assert coordinators(project) == [giver.user.name]


def test_a_coordinator_with_a_closed_account_does_not_count(project, giver):
    MembershipFactory(project=project, role=Role.COORDINATOR, user__is_active=False)

    with pytest.raises(ValidationError, match="enige coördinator"):
        services.withdraw_access(membership=giver)
    with pytest.raises(ValidationError, match="enige coördinator"):
        services.change_role(membership=giver, role=Role.MEMBER)


def test_the_page_offers_who_can_and_names_who_cannot(
    coordinator_client, coordinator, project, successor
):
    late = InvitationFactory(user__name="Te laat").user
    MembershipFactory(project=project, user=late)
    MembershipFactory(user__name="Van elders")

    page = coordinator_client.get(url("membership_hand_over", project))
    offered = page_of(page).xpath("//select[@name='successor']/option/text()")

    assert offered == ["Kies", "Opvolger (Stuurgroeplid)"]
    assert "Te laat kan nog geen coördinator worden" in text(page)


def test_alone_there_is_nobody_to_hand_over_to(coordinator_client, project):
    page = coordinator_client.get(url("membership_hand_over", project))

    assert "Er is nog niemand om aan door te geven" in text(page)
    assert url("membership_create", project) in links(page)


@pytest.mark.parametrize(
    ("own_role", "left"), [("member", Role.MEMBER), ("none", None)]
)
def test_after_the_handover_the_old_coordinator_lands_where_they_may_be(
    coordinator_client, coordinator, project, successor, own_role, left
):
    answer = coordinator_client.post(
        url("membership_hand_over", project),
        {"successor": successor.pk, "own_role": own_role},
        follow=True,
    )

    mine = project.memberships.filter(user=coordinator).first()
    there = project.get_absolute_url() if left else reverse("projects:project_list")
    assert answer.redirect_chain == [(there, 302)]
    assert "Opvolger is nu coördinator." in text(answer)
    assert (mine.role if mine else None) == left
    assert coordinators(project) == ["Opvolger"]


def test_somebody_of_another_project_is_no_successor(
    coordinator_client, project, successor
):
    foreign = MembershipFactory()

    answer = coordinator_client.post(
        url("membership_hand_over", project),
        {"successor": foreign.pk, "own_role": "member"},
    )

    assert list(answer.context["form"].errors) == ["successor"]


@pytest.mark.parametrize("page", ["membership_list", "project_edit"])
def test_one_coordinator_is_a_tip_and_two_are_none(coordinator_client, project, page):
    alone = text(coordinator_client.get(url(page, project)))
    MembershipFactory(project=project, role=Role.COORDINATOR)
    together = text(coordinator_client.get(url(page, project)))

    assert "Er is maar één coördinator." in alone
    assert "Er is maar één coördinator." not in together


def test_withdrawing_access_frees_the_seats_of_today_and_not_of_the_past(
    project, coordinator
):
    membership = MembershipFactory(project=project)
    now = SteeringGroupMemberFactory(project=project, user=membership.user)
    past = SteeringGroupMemberFactory(
        project=project,
        user=membership.user,
        since=date(2024, 1, 1),
        until=date(2025, 1, 1),
    )

    services.withdraw_access(membership=membership)

    now.refresh_from_db()
    past.refresh_from_db()
    assert now.user is None
    assert past.user == membership.user
