from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kader.vocabulary import (
    EngagementState,
    Involvement,
    OrganisationType as Kind,
    Phase,
    Side,
)
from projects import services
from projects.matrix import SUGGESTED_GROUPS
from projects.models import Engagement, Organisation
from projects.partners import suggest_partners
from tests.factories import (
    EngagementFactory,
    ImprovementActionFactory,
    OrganisationFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def kinds(*groups, taken=()):
    return [s.kind for s in suggest_partners(groups, taken)]


@pytest.mark.parametrize("group", SUGGESTED_GROUPS)
def test_every_group_of_the_start_list_has_partners_with_a_reason(group):
    suggestions = suggest_partners([group], ())

    assert suggestions
    assert all(s.reason.endswith(".") and s.groups == (group,) for s in suggestions)


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("Mensen die hun werkloosheidsuitkering verliezen", Kind.VDAB),
        ("Mensen die hun werkloosheidsuitkering verliezen", Kind.TRADE_UNION),
        ("Mensen die hun werkloosheidsuitkering verliezen", Kind.BENEFIT_FUND),
        ("Jonge ouders", Kind.SCHOOL),
        ("GEZINNEN in de Stationswijk", Kind.FAMILY_CENTRE),
        ("Alleenstaande ouderen", Kind.HOME_CARE),
        ("Ouderen op de buiten", Kind.HEALTH_CARE),
        ("Huurders in de Molenstraat", Kind.TENANTS_UNION),
        ("Sociale huurders", Kind.HOUSING_COMPANY),
        ("Zelfstandigen met schulden", Kind.ENERGY_SUPPLIER),
        ("Zelfstandigen met schulden", Kind.JUSTICE),
        ("Oekraïense nieuwkomers", Kind.INTEGRATION),
    ],
)
def test_a_name_of_ones_own_is_understood_by_its_words(group, kind):
    assert kind in kinds(group)


@pytest.mark.parametrize("group", ["Muziekliefhebbers", "Verhuurders", "", "!!!"])
def test_a_name_without_a_known_word_suggests_nobody(group):
    assert kinds(group) == []


def test_parents_are_not_older_people():
    assert Kind.HOME_CARE not in kinds("Alleenstaande ouders")
    assert Kind.SCHOOL not in kinds("Ouderen met een klein pensioen")


def test_what_is_there_already_is_not_suggested():
    assert kinds("Mensen met schulden", taken={Kind.JUSTICE}) == [Kind.ENERGY_SUPPLIER]


def test_what_most_groups_ask_for_comes_first_and_is_named_once():
    first, *rest = suggest_partners(
        ["Mensen met schulden", "Huurders op de privémarkt"], ()
    )

    assert first.kind == Kind.JUSTICE
    assert first.groups == ("Mensen met schulden", "Huurders op de privémarkt")
    assert Kind.JUSTICE not in [s.kind for s in rest]


# --- putting a partner in the list ------------------------------------------


def suggest(project, by, **changed):
    given = {
        "name": "Vakbond",
        "kind": Kind.TRADE_UNION,
        "phases": (Phase.DIALOGUE,),
        "involvement": Involvement.CONSULTED,
        "reason": "Zij zien het eerst.",
        "promise": "",
        "state": EngagementState.SUGGESTED,
    }
    return services.suggest_partner(
        project=project, suggested_by=by, on=TODAY, **(given | changed)
    )


@pytest.mark.parametrize(
    ("kind", "side"),
    [(Kind.TRADE_UNION, Side.PROVIDERS), (Kind.STREET_WORK, Side.TARGET_GROUP)],
)
def test_a_new_partner_takes_its_side_from_its_kind(project, member, kind, side):
    engagement = suggest(project, member, kind=kind, name="  Een   naam ")

    organisation = project.organisations.get()
    assert (organisation.name, organisation.type) == ("Een naam", kind)
    assert organisation.side == side
    assert engagement.organisation == organisation
    assert (engagement.suggested_by, engagement.noted_on) == (member, TODAY)


def test_a_known_organisation_keeps_its_kind_whatever_the_capitals(project, member):
    known = OrganisationFactory(
        project=project, name="Huisarts Élise", type=Kind.HEALTH_CARE
    )

    engagement = suggest(project, member, name="huisarts  élise", kind=Kind.POLICE)

    assert engagement.organisation == known
    assert Organisation.objects.get().type == Kind.HEALTH_CARE


def test_the_same_organisation_is_not_listed_twice(project, member):
    suggest(project, member)

    with pytest.raises(ValidationError, match="Vakbond staat al bij de partners"):
        suggest(project, member, name="VAKBOND")

    assert Engagement.objects.count() == 1


def test_an_organisation_of_another_municipality_is_another_organisation(
    project, member
):
    elsewhere = OrganisationFactory(name="Vakbond")

    engagement = suggest(project, member)

    assert engagement.organisation != elsewhere
    assert engagement.organisation.project == project


# --- the pages --------------------------------------------------------------


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def links(response):
    return page_of(response).xpath("//main//a/@href")


def test_a_member_suggests_and_cannot_decide_the_state(member_client, project, member):
    address = url("partner_suggest", project)

    assert "state" not in member_client.get(address).context["form"].fields
    answer = post_everything(
        member_client,
        address,
        name="Vakbond",
        kind=Kind.TRADE_UNION,
        reason="Zij zien mensen die hun uitkering verliezen vóór ons.",
        phases=[Phase.DIALOGUE],
        promise="Eén overleg.",
        state=EngagementState.ENGAGED,
    )

    engagement = Engagement.objects.get()
    assert answer.url == url("partner_list", project)
    assert engagement.state == EngagementState.SUGGESTED
    assert engagement.phases == (Phase.DIALOGUE,)
    assert engagement.suggested_by == member
    page = text(member_client.get(answer.url))
    assert "Vakbond is voorgesteld. De coördinator neemt het mee" in page
    assert "Wat we vragen: Eén overleg." in page


def test_the_coordinator_says_at_once_how_far_it_is(coordinator_client, project):
    post_everything(
        coordinator_client,
        url("partner_suggest", project),
        name="VDAB",
        kind=Kind.VDAB,
        state=EngagementState.CONTACTED,
    )

    assert Engagement.objects.get().state == EngagementState.CONTACTED


def test_a_new_organisation_needs_a_kind_and_a_known_one_does_not(
    member_client, project
):
    OrganisationFactory(project=project, name="De Linde")
    address = url("partner_suggest", project)

    new = post_everything(member_client, address, name="De Eik", kind="")
    known = post_everything(member_client, address, name="de linde", kind="")

    assert new.context["form"].errors == {
        "kind": ["Deze organisatie is nieuw in het project. Kies een soort."]
    }
    assert known.status_code == 302


def test_an_organisation_with_a_seat_may_be_a_partner_and_the_page_says_so(
    member_client, project
):
    seat = SteeringGroupMemberFactory(project=project, organisation__name="De Linde")

    answer = member_client.post(
        url("partner_suggest", project),
        {"name": seat.organisation.name, "involvement": Involvement.CONSULTED},
        follow=True,
    )

    assert "Deze organisatie zit ook in de stuurgroep. Dat kan samen." in text(answer)
    assert "zit ook in de stuurgroep" in text(answer)


def test_a_partner_that_is_listed_is_refused_at_its_name(member_client, project):
    EngagementFactory(project=project, organisation__name="Vakbond")

    answer = post_everything(
        member_client, url("partner_suggest", project), name="vakbond"
    )

    assert answer.context["form"].errors == {
        "name": ["Vakbond staat al bij de partners."]
    }


@pytest.mark.parametrize(
    ("asked", "chosen"), [("vdab", ["vdab"]), ("onbekend", [""]), ("", [""])]
)
def test_a_suggestion_fills_in_the_kind(member_client, project, asked, chosen):
    page = page_of(member_client.get(url("partner_suggest", project), {"soort": asked}))

    assert page.xpath("//select[@name='kind']/option[@selected]/@value") == chosen


def test_known_organisations_are_offered_while_typing(member_client, project):
    OrganisationFactory(project=project, name="De Linde")
    OrganisationFactory(name="Elders")

    page = page_of(member_client.get(url("partner_suggest", project)))

    assert page.xpath("//datalist/option/@value") == ["De Linde"]


def test_who_waits_for_us_comes_first_with_what_comes_next(member_client, project):
    for state in EngagementState:
        EngagementFactory(project=project, state=state)

    page = page_of(member_client.get(url("partner_list", project)))
    headings = [" ".join(h.text_content().split()) for h in page.xpath("//section//h2")]

    assert headings == [
        "Nog te contacteren",
        "Voorgesteld",
        "Gecontacteerd",
        "Doet mee",
        "Doet niet mee",
    ]
    first = " ".join(page.xpath("string(//section[1])").split())
    assert "Volgende stap: zoek wie je daar kunt aanspreken." in first


def test_an_empty_list_says_what_a_partner_is(member_client, supporter_client, project):
    page = member_client.get(url("partner_list", project))

    assert "Er is nog geen partner" in text(page)
    assert url("partner_suggest", project) in links(page)
    assert supporter_client.get(url("partner_list", project)).status_code == 403


def test_the_list_suggests_for_the_chosen_groups_alone(member_client, project):
    TargetGroupFactory(project=project, name="Mensen met schulden", chosen=True)
    TargetGroupFactory(project=project, name="Sociale huurders")

    page = member_client.get(url("partner_list", project))

    assert f"{url('partner_suggest', project)}?soort=energy_supplier" in links(page)
    assert "Woonmaatschappij" not in text(page)


def test_the_coordinator_follows_a_partner_up(coordinator_client, project):
    engagement = EngagementFactory(project=project)

    answer = post_everything(
        coordinator_client,
        url("partner_edit", project, engagement.pk),
        state=EngagementState.ENGAGED,
        promise="Elke maand een lokaal.",
        contact="Onthaal",
    )

    engagement.refresh_from_db()
    assert answer.url == url("partner_list", project)
    assert engagement.state == EngagementState.ENGAGED
    assert (engagement.promise, engagement.contact) == (
        "Elke maand een lokaal.",
        "Onthaal",
    )


def test_a_partner_of_another_project_is_not_found(coordinator_client, project):
    foreign = EngagementFactory()

    for page in ("partner_edit", "partner_delete"):
        answer = coordinator_client.get(url(page, project, foreign.pk))
        assert answer.status_code == 404


def test_a_partner_leaves_the_list_only_after_the_question(coordinator_client, project):
    engagement = EngagementFactory(project=project)
    address = url("partner_delete", project, engagement.pk)

    coordinator_client.get(address)
    assert Engagement.objects.exists()
    coordinator_client.post(address)

    assert not Engagement.objects.exists()
    assert Organisation.objects.filter(pk=engagement.organisation_id).exists()


def test_the_steering_group_tells_who_suggested_whom(member_client, project, member):
    OrganisationFactory(project=project)
    EngagementFactory(
        project=project,
        suggested=True,
        suggested_by=member,
        organisation__name="Vakbond",
        reason="Zij zien het eerst.",
    )

    page = text(member_client.get(url("steering_group", project)))

    assert f"{member} stelt voor: Vakbond. “Zij zien het eerst.”" in page


def test_after_saving_an_action_the_page_asks_who_is_missing(member_client, project):
    action = ImprovementActionFactory(project=project)
    address = reverse("improvement_actions:action_edit", args=[project.pk, action.pk])

    answer = post_everything(member_client, address, title="Een andere titel")

    assert answer.url == f"{action.get_absolute_url()}?partner=vraag"
    assert url("partner_suggest", project) in links(member_client.get(answer.url))
    assert url("partner_suggest", project) not in links(
        member_client.get(action.get_absolute_url())
    )
