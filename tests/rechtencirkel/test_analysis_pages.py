from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import Conversation
from rechtencirkel.services import publish_answers
from tests.factories import (
    BarrierMentionFactory,
    ConversationFactory,
    DomainTotalFactory,
    PlanningFactory,
    RoundFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db

ACCESS = ServiceDomain.ACCESS


@pytest.fixture
def measurement(project):
    return RoundFactory(project=project)


def counted(measurement, people=8, points=3, side=Side.TARGET_GROUP, **fields):
    """Make a conversation that counts, of people who all give Toegang these points."""
    talk = ConversationFactory(
        project=measurement.project,
        round=measurement,
        people=people,
        side=side,
        domains=(ACCESS,),
        **fields,
    )
    Conversation.objects.filter(pk=talk.pk).update(
        state="read_back", handed_in_on=timezone.localdate()
    )
    histogram = [0] * 11
    histogram[points] = people
    DomainTotalFactory(conversation=talk, domain=ACCESS, points=histogram)
    publish_answers(measurement=measurement, on=timezone.localdate())
    return talk


def body_of(client, name, project, *args, **asked):
    url = reverse(f"rechtencirkel:{name}", args=[project.pk, *args])
    response = client.get(url, asked)
    assert response.status_code == 200
    return response.content.decode()


# --- the gap list -----------------------------------------------------------


def test_a_gap_stands_with_both_sides_and_how_sure_it_is(
    member_client, project, measurement
):
    counted(measurement, people=12, points=3)
    counted(measurement, people=9, points=7, side=Side.PROVIDERS)

    body = body_of(member_client, "gap_list", project)

    assert "De diensten geven 4 punten meer dan de doelgroep." in body
    assert "n = 12" in body
    assert "n = 9" in body
    assert "vrij stevig" in body
    assert "Minder dan 10 antwoorden van de diensten." in body


def test_a_hidden_side_says_why_and_gives_no_number(
    member_client, project, measurement
):
    counted(measurement, people=4, points=3)
    counted(measurement, people=9, points=7, side=Side.PROVIDERS)

    body = body_of(member_client, "gap_list", project)

    assert "Doelgroep: te weinig antwoorden" in body
    assert "Waarom zie ik dit niet?" in body
    assert "n = 4" not in body


def test_only_who_contributes_is_led_to_a_problem(
    member_client, supporter_client, project, measurement
):
    counted(measurement, people=12)
    counted(measurement, people=12, points=7, side=Side.PROVIDERS)
    create = reverse("rechtencirkel:problem_statement_create", args=[project.pk])

    contributor = body_of(member_client, "gap_list", project)
    follower = body_of(supporter_client, "gap_list", project)

    assert f"{create}?domein=access" in contributor
    assert create not in follower


@pytest.mark.parametrize("name", ["gap_list", "barrier_list", "coverage"])
def test_without_a_measurement_the_page_says_what_comes(member_client, project, name):
    body = body_of(member_client, name, project)

    assert 'class="empty"' in body


@pytest.mark.parametrize("name", ["gap_list", "barrier_list", "coverage"])
def test_a_round_of_another_project_is_not_found(
    member_client, project, measurement, name
):
    url = reverse(f"rechtencirkel:{name}", args=[project.pk])

    response = member_client.get(url, {"meting": RoundFactory().pk})

    assert response.status_code == 404


def test_a_chosen_round_is_kept_in_the_links(member_client, project, measurement):
    older = RoundFactory(project=project, closed=True)

    body = body_of(member_client, "wheel", project, meting=older.pk)

    gaps = reverse("rechtencirkel:gap_list", args=[project.pk])
    domain = reverse("rechtencirkel:domain_detail", args=[project.pk, ACCESS])
    assert f"{gaps}?meting={older.pk}" in body
    assert f"{domain}?meting={older.pk}" in body


def test_the_wheel_leads_to_the_other_pages_that_the_reader_may_open(
    member_client, supporter_client, project, measurement
):
    barriers = reverse("rechtencirkel:barrier_list", args=[project.pk])
    gaps = reverse("rechtencirkel:gap_list", args=[project.pk])

    read = body_of(member_client, "wheel", project)
    followed = body_of(supporter_client, "wheel", project)

    assert f'href="{barriers}"' in read
    assert f'href="{barriers}"' not in followed
    assert f'href="{gaps}"' in followed


def test_the_wheel_leads_to_two_measurements_when_there_are_two(
    member_client, project, measurement
):
    compare = reverse("reports:measurement_compare", args=[project.pk])
    alone = body_of(member_client, "wheel", project)
    RoundFactory(project=project, closed=True)

    together = body_of(member_client, "wheel", project)

    assert compare not in alone
    assert compare in together


@pytest.mark.parametrize(("people", "explains"), [(4, True), (5, False)])
def test_the_wheel_explains_what_it_hides(
    member_client, project, measurement, people, explains
):
    counted(measurement, people=people)

    body = body_of(member_client, "wheel", project)

    assert ("Waarom zie ik dit niet?" in body) is explains


# --- the barriers -----------------------------------------------------------


def barrier(talk, text="Alles moet met een app", domain=ACCESS, **tags):
    defaults = {"kind": BarrierKind.USABILITY, "level": BarrierLevel.EXECUTION}
    return BarrierMentionFactory(
        conversation=talk, text=text, domain=domain, **defaults | tags
    )


def test_barriers_are_counted_in_conversations(member_client, project, measurement):
    for _ in range(2):
        barrier(counted(measurement))

    body = body_of(member_client, "barrier_list", project)

    assert "Alles moet met een app" in body
    assert "2 gesprekken" in body


@pytest.mark.parametrize(
    "asked", [{}, {"domein": "access"}, {"kant": "doelgroep"}, {"domein": "reception"}]
)
def test_no_filter_shows_a_barrier_of_four_people(
    member_client, project, measurement, asked
):
    barrier(counted(measurement), text="Van een grote groep")
    small = counted(measurement, people=4)
    barrier(small, text="Van een kleine groep", kind=BarrierKind.TRUSTWORTHINESS)

    response = member_client.get(
        reverse("rechtencirkel:barrier_list", args=[project.pk]), asked
    )

    assert "Van een kleine groep" not in response.content.decode()
    trust = [
        row.total.total
        for row in response.context["table"].rows
        if row.kind == BarrierKind.TRUSTWORTHINESS
    ]
    assert trust == [0]


def test_a_filter_keeps_what_belongs_to_the_domain_and_the_side(
    member_client, project, measurement
):
    barrier(counted(measurement), text="Van de doelgroep")
    barrier(counted(measurement, side=Side.PROVIDERS), text="Van een dienst")
    barrier(counted(measurement), text="Over nazorg", domain=ServiceDomain.AFTERCARE)

    body = body_of(
        member_client, "barrier_list", project, domein="access", kant="diensten"
    )

    assert "Van een dienst" in body
    assert "Van de doelgroep" not in body
    assert "Over nazorg" not in body


@pytest.mark.parametrize("wanted", ["", "abc", "\x00", "access' OR 1=1", "9" * 500])
def test_a_senseless_filter_is_ignored(member_client, project, measurement, wanted):
    barrier(counted(measurement))

    body = body_of(member_client, "barrier_list", project, domein=wanted, kant=wanted)

    assert "Alles moet met een app" in body
    assert "OR 1=1" not in body


def test_a_filter_without_barriers_leads_back_to_all(
    member_client, project, measurement
):
    barrier(counted(measurement))

    body = body_of(member_client, "barrier_list", project, domein="aftercare")

    assert "Toon alle drempels" in body


@pytest.mark.parametrize(
    ("kind", "level", "asks"),
    [
        (BarrierKind.AWARENESS, BarrierLevel.RIGHTS_HOLDER, True),
        (BarrierKind.AWARENESS, BarrierLevel.EXECUTION, False),
    ],
)
def test_blaming_the_people_asks_about_the_own_service(
    member_client, project, measurement, kind, level, asks
):
    talk = counted(measurement)
    for number in range(5):
        barrier(talk, text=f"Drempel {number}", kind=kind, level=level)

    body = body_of(member_client, "barrier_list", project)

    assert ("Keken jullie ook naar de eigen dienst?" in body) is asks


# --- the coverage -----------------------------------------------------------


def test_the_map_stands_next_to_the_planning(member_client, project, measurement):
    PlanningFactory(
        project=project,
        target_participants=24,
        target_not_reached=6,
        target_providers=20,
    )
    group = TargetGroupFactory(project=project, name="Jonge ouders", chosen=True)
    counted(measurement, people=11, target_group=group)

    body = body_of(member_client, "coverage", project)

    assert "Mensen van de doelgroep: 11 van 24" in body
    assert "Nog 13 te gaan." in body
    assert "Toegang: 11 mensen in 1 gesprek" in body
    assert (
        "Wie de weg naar de dienst nog niet vond, kwam nog niet aan het woord." in body
    )


def test_a_draft_is_on_its_way(member_client, project, measurement):
    group = TargetGroupFactory(project=project, name="Jonge ouders", chosen=True)
    ConversationFactory(
        project=project, round=measurement, target_group=group, people=7
    )

    coverage = member_client.get(
        reverse("rechtencirkel:coverage", args=[project.pk])
    ).context["coverage"]

    total = coverage.target.together.total
    assert (total.heard, total.coming) == (0, 7)


@pytest.mark.parametrize("is_own", [True, False])
def test_the_map_tells_a_small_size_only_to_who_entered_it(
    grassroots, grassroots_client, project, measurement, is_own
):
    by = {"entered_by": grassroots} if is_own else {}
    ConversationFactory(project=project, round=measurement, people=3, **by)

    body = body_of(grassroots_client, "coverage", project)

    assert ("met 3 mensen" in body) is is_own
    assert ("met minder dan 5 mensen" in body) is not is_own


@pytest.mark.parametrize("is_closed", [False, True])
def test_only_an_open_round_asks_to_plan_a_talk(grassroots_client, project, is_closed):
    RoundFactory(project=project, closed=is_closed)

    body = body_of(grassroots_client, "coverage", project)

    assert ("Plan een gesprek" in body) is not is_closed


def test_who_did_not_find_the_way_yet_is_counted_apart(
    member_client, project, measurement
):
    counted(measurement, people=11)
    counted(measurement, people=6, category=RespondentCategory.NOT_YET)

    coverage = member_client.get(
        reverse("rechtencirkel:coverage", args=[project.pk])
    ).context["coverage"]

    assert [goal.tally.heard for goal in coverage.goals] == [17, 6, 0]


def test_a_conversation_of_another_round_is_not_on_the_map(
    member_client, project, measurement
):
    older = RoundFactory(
        project=project, closed=True, opened_on=measurement.opened_on - timedelta(1)
    )
    counted(older)

    body = body_of(member_client, "coverage", project)

    assert "Toegang: nog niemand" in body
    assert "in 1 gesprek" not in body


# --- the domain page --------------------------------------------------------


def test_a_domain_page_says_the_gap_and_how_sure_it_is(
    member_client, project, measurement
):
    counted(measurement, people=12, points=3)
    counted(measurement, people=12, points=7, side=Side.PROVIDERS)

    body = body_of(member_client, "domain_detail", project, ACCESS)

    assert "De diensten geven 4 punten meer dan de doelgroep." in body
    assert "Hoe zeker: stevig" in body


def test_a_domain_page_says_nothing_of_a_gap_with_a_hidden_side(
    member_client, project, measurement
):
    counted(measurement, people=4, points=3)
    counted(measurement, people=12, points=7, side=Side.PROVIDERS)

    body = body_of(member_client, "domain_detail", project, ACCESS)

    assert "punten meer dan" not in body
    assert "Waarom zie ik dit niet?" in body


def test_two_low_sides_agree_on_the_domain_page(member_client, project, measurement):
    counted(measurement, people=12, points=3)
    counted(measurement, people=12, points=4, side=Side.PROVIDERS)

    body = body_of(member_client, "domain_detail", project, ACCESS)

    assert "Ze zijn het eens: het kan beter." in body


@pytest.mark.parametrize(
    ("domain", "previous", "following"),
    [
        (ACCESS, ServiceDomain.REFERRAL, ServiceDomain.RECEPTION),
        (
            ServiceDomain.PREVENTION,
            ServiceDomain.AFTERCARE,
            ServiceDomain.DETECTION,
        ),
    ],
)
def test_domain_pages_lead_around_the_circle(
    member_client, project, measurement, domain, previous, following
):
    body = body_of(member_client, "domain_detail", project, domain)

    for neighbour in (previous, following):
        url = reverse("rechtencirkel:domain_detail", args=[project.pk, neighbour])
        assert f'href="{url}"' in body


def test_a_domain_page_leads_to_its_barriers(member_client, project, measurement):
    barrier(counted(measurement))

    body = body_of(member_client, "domain_detail", project, ACCESS)

    barriers = reverse("rechtencirkel:barrier_list", args=[project.pk])
    assert f"{barriers}?domein=access" in body


def test_a_small_part_of_a_side_is_explained(member_client, project, measurement):
    # The four wait for others, and what comes with them protects them.
    for name, people in (("Jonge ouders", 9), ("Ouderen", 4), ("Alleenstaanden", 12)):
        group = TargetGroupFactory(project=project, name=name)
        counted(measurement, people=people, target_group=group)

    body = body_of(member_client, "domain_detail", project, ACCESS)

    assert body.count("Te weinig antwoorden om dit apart te tonen") == 2
    assert "n = 4" not in body
    assert "Waarom zie ik dit niet?" in body
