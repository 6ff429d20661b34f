"""What the pages of the preparation say and do, beyond who may open them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import MatrixDecision, OcmwProfile, OrganisationType, Side
from projects.models import Membership, Project, Role, TargetGroup
from tests.factories import (
    ConversationFactory,
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
    UserFactory,
)
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    assert isinstance(response, HttpResponse)
    return " ".join(page_of(response).xpath("string(//main)").split())


def links(response):
    return page_of(response).xpath("//main//a/@href")


def test_the_list_holds_my_projects_with_my_role_and_no_others(member_client, project):
    MembershipFactory(project__title="Van iemand anders")

    page = text(member_client.get(reverse("projects:project_list")))

    assert project.title in page
    assert str(project.municipality) in page
    assert "Jouw rol: Stuurgroeplid" in page
    assert "Van iemand anders" not in page


def test_without_a_project_the_list_says_how_to_get_access(stranger_client):
    page = text(stranger_client.get(reverse("projects:project_list")))

    assert "De coördinator van je gemeente geeft je toegang." in page
    assert "Nieuw project" not in page


def test_the_administrator_starts_a_project(platform_admin_client):
    answer = platform_admin_client.post(
        reverse("projects:project_create"),
        {
            "municipality": MunicipalityFactory().pk,
            "title": "Iedereen mee",
            "started_on": "2026-09-07",
            "coordinator_name": "Els Vandamme",
            "coordinator_email": "els@voorbeeld.be",
        },
        follow=True,
    )

    assert answer.redirect_chain == [(reverse("projects:project_list"), 302)]
    assert "‘Iedereen mee’ is gestart met Els Vandamme als coördinator." in text(answer)
    assert Project.objects.get().memberships.get().role == Role.COORDINATOR


def test_the_masthead_keeps_the_stored_title_while_the_form_has_errors(
    coordinator_client, project
):
    answer = post_everything(
        coordinator_client,
        url("project_edit", project),
        title="Half getypt",
        started_on="",
    )

    assert project.title in page_of(answer).xpath("string(//header)")
    assert page_of(answer).xpath("string(//title)").startswith("Fout: ")
    assert page_of(answer).xpath("//input[@name='title']/@value") == ["Half getypt"]


def test_an_empty_steering_group_asks_for_organisations_first(
    coordinator_client, member_client, project
):
    create = url("organisation_create", project)

    assert create in links(coordinator_client.get(url("steering_group", project)))
    assert create not in links(member_client.get(url("steering_group", project)))
    assert "Voeg eerst een organisatie toe." in text(
        coordinator_client.get(url("member_create", project))
    )


def test_the_steering_group_counts_today_and_shows_past_and_future(
    member_client, project
):
    ocmw = OrganisationFactory(project=project, type=OrganisationType.OCMW)
    for profile in OcmwProfile:
        SteeringGroupMemberFactory(
            project=project, organisation=ocmw, ocmw_profile=profile
        )
    basis = OrganisationFactory(project=project, grassroots=True)
    SteeringGroupMemberFactory(
        project=project,
        organisation=basis,
        name="Nele",
        since=timezone.localdate() + timedelta(days=30),
    )
    SteeringGroupMemberFactory(
        project=project, organisation=basis, name="Karin", ended=True
    )

    page = text(member_client.get(url("steering_group", project)))

    assert "Nog niet volledig" in page
    assert "Er is nog niemand van een basiswerking" in page
    assert "Nele vanaf" in page
    assert "Wie was er wanneer bij?" in page
    assert "vroeger lid" in page
    assert "komt nog" in page


def test_a_pseudonym_is_shown_as_such(member_client, project):
    SteeringGroupMemberFactory(project=project, name="Marleen", is_pseudonym=True)

    page = text(member_client.get(url("steering_group", project)))

    assert "“Marleen” (schuilnaam)" in page


def test_a_member_leaves_on_a_day_and_stays_on_record(coordinator_client, project):
    seat = SteeringGroupMemberFactory(project=project, name="Bert Claes")

    answer = post_everything(coordinator_client, url("member_end", project, seat.pk))

    seat.refresh_from_db()
    assert answer.url == url("steering_group", project)
    assert seat.until == timezone.localdate()


def test_an_organisation_and_a_member_are_added_and_changed(
    coordinator_client, project
):
    coordinator_client.post(
        url("organisation_create", project),
        {
            "name": "Vakbond",
            "type": OrganisationType.TRADE_UNION,
            "side": Side.PROVIDERS,
        },
    )
    union = project.organisations.get()
    post_everything(
        coordinator_client,
        url("member_create", project),
        organisation=union.pk,
        name="Jo",
    )
    seat = project.steering_group.get()
    post_everything(
        coordinator_client,
        url("organisation_edit", project, union.pk),
        name="Vakbonden",
    )
    post_everything(
        coordinator_client,
        url("member_edit", project, seat.pk),
        function="afgevaardigde",
    )

    seat = project.steering_group.with_organisation().get()
    assert (seat.name, seat.function) == ("Jo", "afgevaardigde")
    assert seat.organisation.name == "Vakbonden"


def test_the_square_has_a_twin_in_figures(member_client, project):
    TargetGroupFactory(project=project, name="Ouders", scored=True, chosen=True)
    TargetGroupFactory(project=project, name="Mantelzorgers")

    response = member_client.get(url("target_group_matrix", project))
    drawing = page_of(response).xpath("string(//*[@class='plot'])")
    rows = page_of(response).xpath("//table//tbody/tr")

    assert "A Ouders: nood 8, kans 8, gekozen." in drawing
    assert "Mantelzorgers" not in drawing
    assert [" ".join(row.xpath("string(./th)").split()) for row in rows] == [
        "A Ouders",
        "B Mantelzorgers",
    ]
    assert "Nog niet alle scores, dus nog niet in het vierkant: B." in text(response)


def test_buttons_of_the_matrix_follow_the_role(
    coordinator_client, member_client, project
):
    group = TargetGroupFactory(project=project)
    page, decide = (
        url("target_group_matrix", project),
        url("target_group_decide", project, group.pk),
    )
    edit, delete = (
        url("target_group_edit", project, group.pk),
        url("target_group_delete", project, group.pk),
    )

    assert edit in links(member_client.get(page))
    assert decide not in links(member_client.get(page))
    assert decide in links(coordinator_client.get(page))
    assert delete in links(coordinator_client.get(edit))
    assert delete not in links(member_client.get(edit))


def test_a_bridge_to_build_links_to_a_new_action(member_client, project):
    TargetGroupFactory(project=project, n1=3, n2=3, n4=3, k1=0, k2=0, k3=0, k4=0)

    response = member_client.get(url("target_group_matrix", project))

    assert "Eerst een brug bouwen" in text(response)
    action = reverse("improvement_actions:action_create", args=[project.pk])
    assert f"{action}?werkpiste=reaching_out" in links(response)
    assert f"{action}?werkpiste=informal_networks" in links(response)


def test_a_group_is_added_with_what_is_known(member_client, project):
    member_client.post(
        url("target_group_create", project), {"name": "Ouders", "n1": "2", "n2": ""}
    )

    group = TargetGroup.objects.get()
    assert (group.project, group.n1, group.n2) == (project, 2, None)


def test_scores_change_without_touching_the_decision(member_client, project):
    group = TargetGroupFactory(project=project, scored=True, chosen=True)

    post_everything(member_client, url("target_group_edit", project, group.pk), n1="0")

    group.refresh_from_db()
    assert (group.n1, group.n2) == (0, 3)
    assert group.decision == MatrixDecision.CHOSEN


def test_a_decision_shows_with_its_reason_and_asks_for_missing_partners(
    coordinator_client, project
):
    group = TargetGroupFactory(project=project)

    answer = coordinator_client.post(
        url("target_group_decide", project, group.pk),
        {"decision": MatrixDecision.RESERVE, "reason": "Volgend jaar."},
        follow=True,
    )

    assert "reserve Volgend jaar." in text(answer)
    assert "Is er een partner die we missen?" in text(answer)
    assert url("partner_suggest", project) in links(answer)
    assert url("partner_suggest", project) not in links(
        coordinator_client.get(url("target_group_matrix", project))
    )


def test_a_group_leaves_the_matrix_only_after_the_question(coordinator_client, project):
    group = TargetGroupFactory(project=project, name="Ouders")
    address = url("target_group_delete", project, group.pk)

    coordinator_client.get(address)
    assert TargetGroup.objects.exists()

    coordinator_client.post(address)
    assert not TargetGroup.objects.exists()


def test_a_group_that_was_heard_stays_and_the_page_says_why(
    coordinator_client, project
):
    group = TargetGroupFactory(project=project, name="Ouders")
    ConversationFactory(project=project, target_group=group)

    answer = coordinator_client.post(
        url("target_group_delete", project, group.pk), follow=True
    )

    assert "Er hangen al gesprekken, problemen of acties aan ‘Ouders’." in text(answer)
    assert TargetGroup.objects.filter(pk=group.pk).exists()


def test_who_did_not_accept_yet_is_invited_again_with_one_click(
    coordinator_client, project, django_capture_on_commit_callbacks
):
    late = InvitationFactory(user__name="Te laat", expired=True)
    MembershipFactory(project=project, user=late.user)
    form = page_of(coordinator_client.get(url("membership_list", project))).xpath(
        "//form[contains(@action, '/uitnodigen/')]"
    )

    with django_capture_on_commit_callbacks(execute=True):
        response = coordinator_client.post(form[0].get("action"), follow=True)

    assert len(form) == 1
    assert "Te laat krijgt een nieuwe uitnodiging." in text(response)
    assert [message.to for message in mail.outbox] == [[late.user.email]]


def test_the_list_of_access_says_how_far_each_invitation_is(
    coordinator_client, project
):
    for name, switches in (("Wacht", {}), ("Te laat", {"expired": True})):
        invitation = InvitationFactory(user__name=name, **switches)
        MembershipFactory(project=project, user=invitation.user)

    rows = page_of(coordinator_client.get(url("membership_list", project))).xpath(
        "//tbody/tr"
    )
    states = {
        row.xpath("string(./th/a)"): row.xpath("normalize-space(./td[last()]/span)")
        for row in rows
    }

    assert states == {
        "Coördinator": "Aanvaard",
        "Wacht": "Nog niet aanvaard",
        "Te laat": "Vervallen",
    }


def test_giving_access_says_whether_a_mail_leaves(coordinator_client, project):
    UserFactory(name="Nele", email="nele@voorbeeld.be")
    address = url("membership_create", project)

    known = coordinator_client.post(
        address,
        {"name": "Nele", "email": "nele@voorbeeld.be", "role": Role.GRASSROOTS},
        follow=True,
    )
    new = coordinator_client.post(
        address,
        {"name": "Jo", "email": "jo@voorbeeld.be", "role": Role.MEMBER},
        follow=True,
    )

    assert "Nele heeft nu toegang." in text(known)
    assert "Jo krijgt een uitnodiging op jo@voorbeeld.be." in text(new)


def test_giving_access_twice_is_an_error_at_the_address(
    coordinator_client, member, project
):
    answer = coordinator_client.post(
        url("membership_create", project),
        {"name": "Weer", "email": member.email, "role": Role.MEMBER},
    )

    assert answer.context["form"].errors == {
        "email": ["Deze persoon heeft al toegang."]
    }


def test_a_coordinator_changes_and_withdraws_the_role_of_another(
    coordinator_client, member, project
):
    membership = member.memberships.get()

    changed = coordinator_client.post(
        url("membership_edit", project, membership.pk), {"role": Role.GRASSROOTS}
    )
    membership.refresh_from_db()
    withdrawn = coordinator_client.post(
        url("membership_delete", project, membership.pk)
    )

    assert membership.role == Role.GRASSROOTS
    assert changed.url == withdrawn.url == url("membership_list", project)
    assert not member.memberships.exists()


def test_the_only_coordinator_hears_why_not(coordinator_client, coordinator, project):
    membership = coordinator.memberships.get()

    demoted = coordinator_client.post(
        url("membership_edit", project, membership.pk), {"role": Role.MEMBER}
    )
    withdrawn = coordinator_client.post(
        url("membership_delete", project, membership.pk), follow=True
    )

    assert list(demoted.context["form"].errors) == ["role"]
    assert "Dit is de enige coördinator." in text(withdrawn)
    assert Membership.objects.get(pk=membership.pk).role == Role.COORDINATOR


@pytest.mark.parametrize("page", ["membership_edit", "membership_delete"])
def test_who_gives_up_their_own_role_lands_on_a_page_they_may_open(
    coordinator_client, coordinator, project, page
):
    MembershipFactory(project=project, role=Role.COORDINATOR)

    answer = coordinator_client.post(
        url(page, project, coordinator.memberships.get().pk),
        {"role": Role.SUPPORTER},
        follow=True,
    )

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("projects:project_list")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_a_page_for_when_something_is_wrong_needs_no_request(
    code, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = render_to_string(f"{code}.html")

    assert f"Foutcode {code[:3]}" in page


def test_a_page_that_does_not_exist_says_so_in_dutch(member_client):
    answer = member_client.get("/projecten/999999/stuurgroep/")

    assert answer.status_code == 404
    assert "Deze bladzijde bestaat niet" in text(answer)


def test_a_member_without_the_right_hears_whom_to_ask(member_client, project):
    answer = member_client.get(url("membership_list", project))

    assert answer.status_code == 403
    assert "Vraag de coördinator om je rol te veranderen." in text(answer)


@pytest.mark.parametrize("model", ["municipality", "project", "membership"])
def test_the_admin_lists_and_finds_rows_and_deletes_none(client, project, model):
    MembershipFactory(project=project)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    listed = client.get(reverse(f"admin:projects_{model}_changelist"), {"q": "a"})
    row = {
        "municipality": project.municipality,
        "project": project,
        "membership": project.memberships.get(),
    }[model]
    refused = client.post(reverse(f"admin:projects_{model}_delete", args=[row.pk]))

    assert listed.status_code == 200
    assert refused.status_code == 403


def test_the_admin_shows_nothing_that_was_said_in_a_project(client, project):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get(reverse("admin:projects_project_change", args=[project.pk]))

    assert project.title in page.content.decode()
    assert project.starting_point not in page.content.decode()
