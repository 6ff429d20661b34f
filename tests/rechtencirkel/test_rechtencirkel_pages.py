import pytest
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import QuoteUse, ServiceDomain, Side
from rechtencirkel.models import Conversation, ProblemStatement
from rechtencirkel.services import mark_read_back, publish_answers
from tests.factories import (
    ConversationFactory,
    DomainTotalFactory,
    QuoteFactory,
    RoundFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measurement(project):
    return RoundFactory(project=project)


def sheet_url(project, conversation, domain=ServiceDomain.ACCESS):
    return reverse(
        "rechtencirkel:sheet_edit", args=[project.pk, conversation.pk, domain]
    )


def talk(measurement, user, **fields):
    defaults = {
        "project": measurement.project,
        "round": measurement,
        "entered_by": user,
        "people": 7,
        "domains": [ServiceDomain.ACCESS],
        "has_consent": True,
    }
    return ConversationFactory(**defaults | fields)


def counted(measurement, user, points, *, side=Side.TARGET_GROUP):
    """Make a conversation that counts, with these points for Toegang."""
    people = sum(points)
    conversation = talk(measurement, user, people=people, side=side, filled=False)
    Conversation.objects.filter(pk=conversation.pk).update(
        state="read_back", handed_in_on=timezone.localdate()
    )
    DomainTotalFactory(
        conversation=conversation,
        domain=ServiceDomain.ACCESS,
        side=side,
        people=people,
        points=points,
        options={},
    )
    publish_answers(measurement=measurement, on=timezone.localdate())
    return conversation


def test_the_wheel_never_prints_a_value_of_four_people(
    measurement, coordinator, coordinator_client, project
):
    counted(measurement, coordinator, [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0])

    body = coordinator_client.get(
        reverse("rechtencirkel:wheel", args=[project.pk])
    ).content.decode()

    assert "doelgroep te weinig antwoorden" in body
    assert "n = 4" not in body


def test_the_wheel_prints_the_median_of_five_people(
    measurement, coordinator, coordinator_client, project
):
    counted(measurement, coordinator, [0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0])

    body = coordinator_client.get(
        reverse("rechtencirkel:wheel", args=[project.pk])
    ).content.decode()

    assert "5 Toegang: doelgroep 3" in body
    assert "n = 5" in body


def test_a_supporter_sees_numbers_and_no_quotes(
    measurement, grassroots, supporter_client, member_client, project
):
    conversation = counted(measurement, grassroots, [0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0])
    QuoteFactory(
        conversation=conversation,
        domain=ServiceDomain.ACCESS,
        text="Ik durfde niet te bellen.",
        uses=[QuoteUse.DIALOGUE],
        is_unrecognisable=True,
    )
    url = reverse(
        "rechtencirkel:domain_detail", args=[project.pk, ServiceDomain.ACCESS]
    )

    seen, read = supporter_client.get(url), member_client.get(url)

    assert "Ik durfde niet te bellen." not in seen.content.decode()
    assert "Ik durfde niet te bellen." in read.content.decode()


def test_a_round_of_another_project_in_the_address_is_not_found(
    coordinator_client, project, measurement
):
    foreign = RoundFactory()

    response = coordinator_client.get(
        reverse("rechtencirkel:wheel", args=[project.pk]), {"meting": foreign.pk}
    )

    assert response.status_code == 404


@pytest.mark.parametrize("wanted", ["", "abc", "-1", "1e9", "²"])
def test_a_senseless_round_in_the_address_is_ignored(
    coordinator_client, project, measurement, wanted
):
    response = coordinator_client.get(
        reverse("rechtencirkel:wheel", args=[project.pk]), {"meting": wanted}
    )

    assert response.status_code == 200


def test_planning_a_talk_takes_only_groups_of_the_project(
    grassroots_client, project, measurement
):
    foreign = TargetGroupFactory()
    url = reverse(
        "rechtencirkel:conversation_create", args=[project.pk, Side.TARGET_GROUP]
    )

    response = grassroots_client.post(
        url,
        {
            "title": "Ouders",
            "kind": "group",
            "target_group": foreign.pk,
            "category": "found_the_way",
            "held_on": timezone.localdate().isoformat(),
            "place": "Buurthuis",
            "guide": "Nele",
            "people": "7",
            "language": "Nederlands",
            "domains": ["access"],
        },
    )

    assert response.status_code == 200
    assert "Kies een van de mogelijkheden." in response.content.decode()
    assert not project.conversations.exists()


def test_without_an_open_round_planning_leads_to_the_rounds(grassroots_client, project):
    url = reverse(
        "rechtencirkel:conversation_create", args=[project.pk, Side.TARGET_GROUP]
    )

    response = grassroots_client.get(url)

    assert response.url == reverse("rechtencirkel:round_list", args=[project.pk])


def test_a_filled_page_leads_to_the_next_part(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(
        measurement,
        grassroots,
        domains=[ServiceDomain.ACCESS, ServiceDomain.AFTERCARE],
    )

    response = grassroots_client.post(
        sheet_url(project, conversation), {"version": "0", "p": "5"}
    )

    assert response.url == sheet_url(project, conversation, ServiceDomain.AFTERCARE)
    assert conversation.points_tallies.get().points == 5


def test_wrong_tallies_keep_what_was_typed(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots)

    response = grassroots_client.post(
        sheet_url(project, conversation),
        {"version": "0", "s-5": "99", "quote-0-text": "Dit staat er nog."},
    )

    body = response.content.decode()
    assert "Vul hoogstens 7 in" in body
    assert "Dit staat er nog." in body
    assert 'value="99"' in body
    assert not conversation.quotes.exists()


def test_a_sheet_that_changed_meanwhile_keeps_both_texts(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots)
    url = sheet_url(project, conversation)
    grassroots_client.post(url, {"version": "0", "quote-0-text": "De eerste."})

    response = grassroots_client.post(
        url, {"version": "0", "quote-0-text": "De tweede."}
    )

    assert response.status_code == 409
    assert "De tweede." in response.content.decode()
    assert conversation.quotes.get().text == "De eerste."


def test_the_coordinator_reads_no_sheet_of_fewer_than_five(
    grassroots, coordinator_client, project, measurement
):
    small = talk(measurement, grassroots, people=4)
    large = talk(measurement, grassroots, people=5)

    def opened(conversation):
        url = reverse("rechtencirkel:sheet_review", args=[project.pk, conversation.pk])
        return coordinator_client.get(url).status_code

    assert (opened(small), opened(large)) == (403, 200)


def test_a_domain_outside_the_talk_has_no_page(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots)

    response = grassroots_client.get(
        sheet_url(project, conversation, ServiceDomain.AFTERCARE)
    )

    assert response.status_code == 404


def test_from_a_filled_sheet_to_a_talk_that_counts(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots)
    grassroots_client.post(sheet_url(project, conversation), {"version": "0", "p": "3"})
    args = [project.pk, conversation.pk]

    grassroots_client.post(reverse("rechtencirkel:conversation_hand_in", args=args))
    grassroots_client.post(
        reverse("rechtencirkel:conversation_read_back", args=args),
        {"day": timezone.localdate().isoformat()},
    )

    today = timezone.localdate()
    assert project.conversations.counted(today).get() == conversation


def test_handing_in_too_early_says_why(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots, has_consent=False)

    response = grassroots_client.post(
        reverse(
            "rechtencirkel:conversation_hand_in", args=[project.pk, conversation.pk]
        ),
        follow=True,
    )

    assert "Zonder toestemming" in response.content.decode()


def test_a_sheet_without_consent_shows_where_to_note_it(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots, has_consent=False)
    args = [project.pk, conversation.pk]

    body = grassroots_client.get(
        reverse("rechtencirkel:sheet_review", args=args)
    ).content.decode()

    edit = reverse("rechtencirkel:conversation_edit", args=args)
    assert f'href="{edit}#id_has_consent"' in body


def test_a_handed_in_sheet_can_no_longer_be_opened_to_write(
    grassroots, grassroots_client, project, measurement
):
    conversation = talk(measurement, grassroots, handed_in=True)

    response = grassroots_client.get(sheet_url(project, conversation))

    assert response.status_code == 404


def test_a_problem_rests_on_released_quotes_of_its_own_project(
    grassroots, member_client, project, measurement
):
    mine = talk(measurement, grassroots, handed_in=True)
    mark_read_back(conversation=mine, on=timezone.localdate())
    released = QuoteFactory(
        conversation=mine,
        domain=ServiceDomain.ACCESS,
        is_unrecognisable=True,
        text="Vrij.",
    )
    kept = QuoteFactory(conversation=mine, uses=(), text="Niet vrij.")
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    posted = {"text": "Alles moet met een app.", "domains": ["access"], "rank": "1"}

    refused = member_client.post(url, posted | {"quotes": [kept.pk]})
    accepted = member_client.post(url, posted | {"quotes": [released.pk]})

    assert refused.status_code == 200
    assert accepted.status_code == 302
    assert list(ProblemStatement.objects.get().quotes.all()) == [released]


def test_the_same_problem_twice_is_an_error_at_the_form(member_client, project):
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    posted = {"text": "Alles moet met een app.", "domains": ["access"], "rank": "1"}
    member_client.post(url, posted)

    response = member_client.post(url, posted)

    assert "Dit probleem staat er al in." in response.content.decode()


def test_a_domain_in_the_address_is_ticked(member_client, project):
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])

    response = member_client.get(url, {"domein": "access"})

    assert response.context["form"]["domains"].value() == (ServiceDomain.ACCESS,)
