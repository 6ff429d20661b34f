"""The estimates of the steering group: given, recorded, and put side by side (I.2)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import SocialRight, SourceKind, SteeringGroupRole
from projects import services
from projects.estimates import (
    RightSummary,
    faults_of,
    severity_strip,
    severity_words,
    summarise,
)
from projects.models import ProblemEstimate
from tests.factories import (
    ProblemEstimateFactory,
    RightEstimateFactory,
    SteeringGroupMemberFactory,
)
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()

SAID = {
    "text": "Veel mensen komen te laat.",
    "source_kind": "",
    "source": "",
    "source_year": None,
    "severities": {},
    "on": date(2026, 9, 21),
}


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def errors(response, name):
    return page_of(response).xpath(
        f"//*[@id='id_{name}_error']//span[@class='error-text']"
    )


def primary(response):
    return [
        " ".join(button.text_content().split())
        for button in page_of(response).xpath("//main//*[contains(@class, 'btn-pri')]")
    ]


def scored(project, right, *severities):
    """Let as many members as there are severities say how serious a right is."""
    for severity in severities:
        RightEstimateFactory(
            estimate=ProblemEstimateFactory(project=project),
            right=right,
            severity=severity,
        )


# --- what an estimate owes ---------------------------------------------------


def test_an_estimate_in_words_alone_owes_nothing():
    assert faults_of(**SAID) == {}


def test_an_estimate_in_scores_alone_owes_nothing():
    only_scores = SAID | {"text": "", "severities": {SocialRight.INCOME: 0}}

    assert faults_of(**only_scores) == {}


def test_an_empty_estimate_is_refused_kindly():
    assert list(faults_of(**SAID | {"text": ""})) == ["text"]


@pytest.mark.parametrize(
    "said",
    ["Zowat 30 % mist iets.", "30% mist iets", "dertig procent", "12,5 Percent?"],
)
def test_a_percentage_owes_its_source_year_and_kind(said):
    assert faults_of(**SAID | {"text": said}) == {
        "source": "Je noemt een percentage. Waar komt het vandaan, en van welk jaar?",
        "source_kind": "Duid aan waarop dit cijfer steunt.",
    }
    assert faults_of(
        **SAID | {"text": said, "source": "Jaarverslag", "source_kind": "signal"}
    ) == {"source_year": "Van welk jaar is dit cijfer?"}
    assert not faults_of(
        **SAID
        | {
            "text": said,
            "source": "Jaarverslag",
            "source_kind": "signal",
            "source_year": 2025,
        }
    )


@pytest.mark.parametrize("said", ["Procentueel niet te zeggen.", "Het percentage?"])
def test_a_word_that_only_resembles_a_percentage_owes_nothing(said):
    assert faults_of(**SAID | {"text": said}) == {}


def test_what_is_called_a_figure_owes_its_source():
    faults = faults_of(**SAID | {"source_kind": SourceKind.FIGURE})

    assert faults == {
        "source": "Een cijfer heeft een bron. Waar komt het vandaan, en van welk jaar?"
    }


@pytest.mark.parametrize("year", [0, 1989, 2027, 9999])
def test_a_year_before_1990_or_still_to_come_is_refused(year):
    faults = faults_of(**SAID | {"source_year": year})

    assert faults == {"source_year": "Kies een jaar van 1990 tot 2026."}


@pytest.mark.parametrize("year", [1990, 2026, None])
def test_a_year_that_can_be_is_accepted(year):
    assert faults_of(**SAID | {"source_year": year}) == {}


# --- side by side ------------------------------------------------------------


def test_the_nine_rights_stand_in_framework_order_with_their_median(project):
    scored(project, SocialRight.INCOME, 3, 1, 2)

    summaries = summarise(project.estimates.with_rights())

    assert [summary.right for summary in summaries] == list(SocialRight)
    income = summaries[2]
    assert (income.median, income.people) == (2, 3)
    assert income.median_words == "2, ernstig"
    assert income.spread_words == "3 leden, van 1 tot 3"
    assert summaries[0].median is None
    assert summaries[0].median_words == "nog geen antwoord"


@pytest.mark.parametrize(
    ("severities", "expected"),
    [((), False), ((3,), False), ((1, 2), False), ((1, 3), True), ((0, 0, 3), True)],
)
def test_two_steps_apart_is_talked_about_first(severities, expected):
    assert RightSummary(SocialRight.WORK, severities).discuss_first is expected


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ((), ""),
        ((2,), "1 lid"),
        ((2, 2), "alle 2 leden hetzelfde"),
        ((0, 1, 1), "3 leden, van 0 tot 1"),
    ],
)
def test_the_spread_is_told_in_words(severities, words):
    assert RightSummary(SocialRight.WORK, severities).spread_words == words


def test_a_median_between_two_anchors_names_both():
    assert severity_words(1.5) == "tussen licht en ernstig"
    assert severity_words(3) == "zeer ernstig"


def test_the_strip_says_what_it_draws():
    drawn = severity_strip(RightSummary(SocialRight.WORK, (1, 1, 3)), ident="r")

    assert "Werk: 1, licht (3 leden, van 1 tot 3)" in drawn
    assert drawn.count("<circle") == 2
    assert "style=" not in drawn


# --- giving one --------------------------------------------------------------


def test_an_estimate_of_who_left_is_refused(project):
    gone = SteeringGroupMemberFactory(project=project, name="Bert", ended=True)

    with pytest.raises(ValidationError, match="Bert zit niet in de stuurgroep"):
        services.give_estimate(member=gone, text="Te laat.", severities={}, on=TODAY)

    assert not ProblemEstimate.objects.exists()


def test_a_refused_estimate_leaves_the_earlier_one(project):
    seat = SteeringGroupMemberFactory(project=project)
    services.give_estimate(
        member=seat, text="Eerst.", severities={SocialRight.WORK: 1}, on=TODAY
    )

    with pytest.raises(ValidationError, match="percentage"):
        services.give_estimate(member=seat, text="40 %", severities={}, on=TODAY)

    estimate = seat.estimate
    assert estimate.text == "Eerst."
    assert estimate.rights.count() == 1


def test_a_new_estimate_replaces_words_and_scores(project):
    seat = SteeringGroupMemberFactory(project=project)
    services.give_estimate(
        member=seat, text="Eerst.", severities={SocialRight.WORK: 1}, on=TODAY
    )

    services.give_estimate(
        member=seat,
        text="Dan.",
        severities={SocialRight.HOUSING: 3, SocialRight.INCOME: 0},
        on=TODAY,
    )

    estimate = ProblemEstimate.objects.get()
    assert (estimate.text, estimate.project) == ("Dan.", project)
    assert dict(estimate.rights.values_list("right", "severity")) == {
        "housing": 3,
        "income": 0,
    }


def test_a_member_shares_an_estimate_with_the_group(member_client, member, project):
    SteeringGroupMemberFactory(project=project, user=member, name="Joke")

    answer = post_everything(
        member_client,
        url("estimate_edit", project),
        text="Het sociaal tarief blijft liggen.",
        income="3",
        housing="unknown",
        source_kind="signal",
        source="Ons loket",
        source_year="2026",
    )

    estimate = ProblemEstimate.objects.get()
    assert answer.url == url("estimate_list", project)
    assert estimate.member.user == member
    assert estimate.given_on == timezone.localdate()
    assert list(estimate.rights.values_list("right", "severity")) == [("income", 3)]
    page = text(member_client.get(answer.url))
    assert "signaal Bron: Ons loket, 2026" in page
    assert "Inkomen 3" in page


def test_the_form_says_who_reads_it_before_anything_is_typed(
    member_client, member, project
):
    SteeringGroupMemberFactory(project=project, user=member)

    page = text(member_client.get(url("estimate_edit", project)))

    assert "De hele stuurgroep leest dit, met je naam erbij." in page
    assert page.index("leest dit") < page.index("Wat zie jij gebeuren in onze")


def test_the_form_opens_with_what_the_member_said_before(
    member_client, member, project
):
    seat = SteeringGroupMemberFactory(project=project, user=member)
    estimate = ProblemEstimateFactory(project=project, member=seat, text="Toen.")
    RightEstimateFactory(estimate=estimate, right=SocialRight.WORK, severity=0)

    page = page_of(member_client.get(url("estimate_edit", project)))

    assert page.xpath("string(//textarea[@name='text'])").strip() == "Toen."
    assert page.xpath("//input[@name='work' and @checked]/@value") == ["0"]
    assert page.xpath("//input[@name='income' and @checked]/@value") == ["unknown"]


def test_a_percentage_without_source_is_refused_at_the_source(
    member_client, member, project
):
    SteeringGroupMemberFactory(project=project, user=member)

    answer = post_everything(
        member_client, url("estimate_edit", project), text="30 procent mist een recht."
    )

    assert answer.status_code == 200
    assert "Je noemt een percentage." in errors(answer, "source")[0].text_content()
    assert "30 procent mist een recht." in text(answer)
    assert not ProblemEstimate.objects.exists()


@pytest.mark.parametrize("typed", ["", "   ", "\n\t"])
def test_an_empty_form_is_refused_at_the_words(member_client, member, project, typed):
    SteeringGroupMemberFactory(project=project, user=member)

    answer = post_everything(member_client, url("estimate_edit", project), text=typed)

    assert "Schrijf in één of twee zinnen" in errors(answer, "text")[0].text_content()


@pytest.mark.parametrize("score", ["4", "-1", "2.5", "heel erg"])
def test_a_score_outside_0_to_3_is_refused(member_client, member, project, score):
    SteeringGroupMemberFactory(project=project, user=member)

    answer = post_everything(
        member_client, url("estimate_edit", project), text="Ja.", income=score
    )

    assert errors(answer, "income")
    assert not ProblemEstimate.objects.exists()


def test_who_has_no_seat_reads_why(coordinator_client, member_client, project):
    asked = member_client.get(url("estimate_edit", project))
    posted = member_client.post(url("estimate_edit", project), {"text": "Toch."})

    assert "Vraag dan aan de coördinator" in text(asked)
    assert "hoort bij een zitje" in text(posted)
    assert not ProblemEstimate.objects.exists()
    steering_group = url("steering_group", project)
    coordinators = coordinator_client.get(url("estimate_edit", project))
    assert steering_group in page_of(coordinators).xpath("//main//a/@href")


def test_a_seat_in_another_project_gives_no_right_to_estimate_here(
    member_client, member, project
):
    SteeringGroupMemberFactory(user=member)

    answer = member_client.post(url("estimate_edit", project), {"text": "Toch."})

    assert "hoort bij een zitje" in text(answer)
    assert not ProblemEstimate.objects.exists()


# --- recorded by the coordinator ---------------------------------------------


def test_the_coordinator_writes_down_what_a_member_without_account_says(
    coordinator_client, project
):
    seat = SteeringGroupMemberFactory(project=project, name="Marleen")

    answer = post_everything(
        coordinator_client,
        url("estimate_record", project, seat.pk),
        text="Te veel brieven.",
        income="2",
    )

    assert answer.url == url("estimate_list", project)
    assert seat.estimate.text == "Te veel brieven."


def test_a_member_with_an_account_speaks_for_herself(
    coordinator_client, member, project
):
    seat = SteeringGroupMemberFactory(project=project, user=member, name="Joke")

    answer = coordinator_client.post(
        url("estimate_record", project, seat.pk), {"text": "Zij vindt …"}, follow=True
    )

    assert "Joke heeft een account en geeft de inschatting zelf." in text(answer)
    assert not ProblemEstimate.objects.exists()


def test_nothing_is_recorded_for_who_left_or_has_yet_to_begin(
    coordinator_client, project
):
    gone = SteeringGroupMemberFactory(project=project, ended=True)
    new = SteeringGroupMemberFactory(project=project, since=date(2999, 1, 1))

    for seat, words in ((gone, "niet meer in de stuurgroep"), (new, "nog geen lid")):
        answer = coordinator_client.post(
            url("estimate_record", project, seat.pk), {"text": "Ja."}, follow=True
        )
        assert words in text(answer)

    assert not ProblemEstimate.objects.exists()


def test_a_member_of_another_project_is_not_found(coordinator_client, project):
    elsewhere = SteeringGroupMemberFactory()

    answer = coordinator_client.get(url("estimate_record", project, elsewhere.pk))

    assert answer.status_code == 404


# --- the page ----------------------------------------------------------------


def test_the_page_names_who_has_yet_to_give_one(coordinator_client, project, member):
    ProblemEstimateFactory(project=project, member__name="Klaar")
    SteeringGroupMemberFactory(project=project, name="Nog Niet")
    SteeringGroupMemberFactory(project=project, name="Met Account", user=member)
    SteeringGroupMemberFactory(
        project=project, name="Luistert", role=SteeringGroupRole.OBSERVER
    )
    SteeringGroupMemberFactory(project=project, name="Vertrokken", ended=True)

    page = text(coordinator_client.get(url("estimate_list", project)))

    assert "Wie geeft er nog een? 2 leden" in page
    assert "Schrijf op wat Nog Niet zegt" in page
    assert "Met Account" in page
    assert "Schrijf op wat Met Account zegt" not in page
    assert "Luistert" not in page
    assert "Vertrokken" not in page


def test_one_score_is_shown_as_one_score_and_two_as_a_median(member_client, project):
    scored(project, SocialRight.WORK, 3)
    scored(project, SocialRight.HOUSING, 0, 3)

    page = text(member_client.get(url("estimate_list", project)))

    assert "één score: 3, zeer ernstig 1 lid" in page
    assert "1,5, tussen licht en ernstig 2 leden, van 0 tot 3 Eerst bespreken" in page
    assert "Praat hier eerst over. Over wonen" in page
    assert page.count("Eerst bespreken") == 1


def test_scores_of_who_left_no_longer_count(member_client, project):
    scored(project, SocialRight.WORK, 3)
    gone = SteeringGroupMemberFactory(project=project, name="Vertrokken", ended=True)
    RightEstimateFactory(
        estimate=ProblemEstimateFactory(project=project, member=gone),
        right=SocialRight.WORK,
        severity=0,
    )

    page = text(member_client.get(url("estimate_list", project)))

    assert "één score: 3, zeer ernstig" in page
    assert "Van wie vroeger lid was" in page


def test_an_estimate_without_source_says_so(member_client, project):
    ProblemEstimateFactory(project=project, source_kind="")

    page = text(member_client.get(url("estimate_list", project)))

    assert "Zonder bron." in page
    assert "Dit zijn inschattingen, geen zekerheden" in page


def test_the_button_asks_for_an_estimate_until_there_is_one(
    member_client, member, project
):
    without_seat = primary(member_client.get(url("estimate_list", project)))
    seat = SteeringGroupMemberFactory(project=project, user=member)
    before = primary(member_client.get(url("estimate_list", project)))
    ProblemEstimateFactory(project=project, member=seat)
    after = primary(member_client.get(url("estimate_list", project)))

    assert without_seat == ["Naar de stuurgroep"]
    assert before == ["Geef mijn inschatting"]
    assert after == ["Pas mijn inschatting aan"]
