"""What the pages of the matrix say and do, beyond who may open them."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import SteeringGroupRole
from projects.models import (
    NO_SCORE,
    SCORED_CRITERIA,
    Criterion,
    MatrixScore,
    MatrixVersion,
    SteeringGroupMember,
    TargetGroup,
)
from tests.factories import (
    MatrixScoreFactory,
    MatrixVersionFactory,
    MatrixVersionRowFactory,
    MembershipFactory,
    OrganisationFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)
from tests.helpers import count_queries, page_of, post_everything

pytestmark = pytest.mark.django_db


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    assert isinstance(response, HttpResponse)
    return " ".join(page_of(response).xpath("string(//main)").split())


def links(response):
    return page_of(response).xpath("//main//a/@href")


def primary(response):
    buttons = page_of(response).xpath("//main//*[contains(@class, 'btn-primary')]")
    return [" ".join(button.text_content().split()) for button in buttons]


@pytest.fixture
def group(project):
    return TargetGroupFactory(project=project, name="Ouders")


@pytest.fixture
def seat(project, member):
    return SteeringGroupMemberFactory(project=project, name="Joke", user=member)


def score_all(group, *scores, **fields):
    for score in scores:
        MatrixScoreFactory(target_group=group, score=score, **fields)


def open_round(project):
    project.matrix_opened_on = timezone.localdate()
    project.save()


# --- the matrix -------------------------------------------------------------


def test_who_has_a_seat_is_asked_for_an_estimate(member_client, project, group, seat):
    page = member_client.get(url("target_group_matrix", project))

    assert primary(page) == ["Geef mijn inschatting"]
    assert url("matrix_scores", project) in links(page)


def test_who_has_no_seat_is_not_asked(member_client, project, group):
    page = member_client.get(url("target_group_matrix", project))

    assert primary(page) == ["Voeg doelgroepen toe"]
    assert url("matrix_scores", project) not in links(page)


def test_before_the_round_only_the_number_of_members_is_told(
    member_client, project, group, seat
):
    score_all(group, 0, 1, 3, reason="een geheim", is_shared=True)

    page = text(member_client.get(url("target_group_matrix", project)))

    assert "3 van de 4 leden gaven hun scores. Ze blijven privé" in page
    assert "een geheim" not in page
    assert "uit elkaar" not in page


def test_an_open_round_shows_what_to_discuss_with_the_shared_reasons(
    member_client, project, group, seat
):
    score_all(group, 1, 2, reason="blijft binnen")
    score_all(group, 3, reason="elke maand nieuwe vragen", is_shared=True)
    open_round(project)

    response = member_client.get(url("target_group_matrix", project))
    page = text(response)

    assert "A OudersN1 Omvang" in page
    assert "Iemand schreef: “elke maand nieuwe vragen”" in page
    assert "blijft binnen" not in response.content.decode()
    assert "verschil 2 / , 3 leden" in page


def test_nobody_reads_on_the_page_who_gave_which_score(
    coordinator_client, project, group
):
    for name, score in (("Ada", 1), ("Bea", 2), ("Cleo", 3)):
        member = SteeringGroupMemberFactory(
            project=project, name=name, user=MembershipFactory(project=project).user
        )
        MatrixScoreFactory(target_group=group, member=member, score=score)
    open_round(project)

    page = coordinator_client.get(url("target_group_matrix", project)).content.decode()

    assert not re.search("Ada|Bea|Cleo", page)


def test_too_few_scores_are_explained(member_client, project, group):
    score_all(group, 2, 2)
    open_round(project)

    page = text(member_client.get(url("target_group_matrix", project)))

    assert "nog te weinig scores: we tonen pas iets vanaf 3 leden" in page
    assert "Mediaan van" not in page


def test_the_points_of_the_square_and_the_table_agree(member_client, project):
    group = TargetGroupFactory(project=project, name="Ouders", rights=())
    for criterion in SCORED_CRITERIA:
        score_all(group, 1, 2, 2, 3, criterion=criterion)
    score_all(group, 1, 1, criterion=Criterion.N1)
    MatrixScore.objects.filter(criterion=Criterion.K4).delete()
    TargetGroup.objects.update(k4=0)
    open_round(project)
    SteeringGroupMember.objects.update(since=timezone.localdate())

    response = member_client.get(url("target_group_matrix", project))
    drawing = page_of(response).xpath("string(//*[@class='plot'])")
    (row,) = page_of(response).xpath("//table[1]//tbody/tr")[:1]
    sums = [cell.text_content() for cell in row.xpath("./td[strong]")]

    assert sums == ["5,5", "6"]
    assert "A Ouders: nood 5,5, kans 6, nog niet beslist." in drawing


def test_a_chosen_group_shows_what_it_needs(member_client, project):
    group = TargetGroupFactory(
        project=project,
        chosen=True,
        bridge=OrganisationFactory(project=project, name="De Brug"),
        support="Opvang voor de kinderen.",
        planned_talks=2,
        source_year=2025,
        source_kind="figure",
        confidence="high",
    )
    group.services.add(OrganisationFactory(project=project, name="Het OCMW"))

    page = text(member_client.get(url("target_group_matrix", project)))

    assert "Brug naar de groepDe Brug" in page
    assert "Belangrijkste dienstenHet OCMW" in page
    assert "Geplande gesprekken2" in page
    assert "Opvang voor de kinderen." in page
    assert "Cijfer (2025), zekerheid hoog" in page


def test_the_controls_of_the_round_follow_the_role(
    coordinator_client, member_client, project, group
):
    page = url("target_group_matrix", project)
    opening, closing = (
        url("matrix_round_open", project),
        url("matrix_round_close", project),
    )

    assert opening in links(coordinator_client.get(page))
    assert opening not in links(member_client.get(page))
    open_round(project)
    assert opening not in links(coordinator_client.get(page))
    assert closing in links(coordinator_client.get(page))
    assert closing not in links(member_client.get(page))


@pytest.mark.parametrize(("groups", "members"), [(22, 12), (60, 40)])
def test_a_full_matrix_opens_with_a_fixed_number_of_queries(
    member_client, project, seat, groups, members
):
    page = url("target_group_matrix", project)
    TargetGroupFactory(project=project)
    open_round(project)
    small = count_queries(member_client, page)
    rows = TargetGroupFactory.create_batch(groups - 1, project=project)
    people = SteeringGroupMemberFactory.create_batch(members - 1, project=project)
    MatrixScore.objects.bulk_create(
        MatrixScore(target_group=row, member=one, criterion=c, score=place % 4)
        for row in rows
        for place, one in enumerate(people)
        for c in SCORED_CRITERIA
    )

    assert count_queries(member_client, page) == small
    assert count_queries(member_client, url("matrix_scores", project)) <= 25


def test_many_undecided_groups_fold_away(member_client, project):
    TargetGroupFactory.create_batch(7, project=project)
    TargetGroupFactory(project=project, chosen=True)

    page = text(member_client.get(url("target_group_matrix", project)))

    assert "7 groepen waarover nog niets beslist is" in page


# --- choosing the rows ------------------------------------------------------


def test_groups_are_ticked_typed_and_combined_in_one_go(member_client, project, group):
    member_client.post(
        url("target_group_pick", project),
        {
            "names": ["Mantelzorgers", "Sociale huurders"],
            "own_names": "  Vissers  \n\nOUDERS\nVissers",
            "first": "Ouders",
            "second": "Sociale huurders",
        },
    )

    assert list(project.target_groups.values_list("name", flat=True)) == [
        "Ouders",
        "Mantelzorgers",
        "Sociale huurders",
        "Vissers",
        "Ouders, ook sociale huurders",
    ]


def test_what_is_in_the_matrix_is_shown_and_not_offered(member_client, project):
    TargetGroupFactory(project=project, name="mantelzorgers")

    page = page_of(member_client.get(url("target_group_pick", project)))

    assert "Mantelzorgers" not in page.xpath("//input[@name='names']/@value")
    assert len(page.xpath("//input[@name='names']")) == 21
    assert "mantelzorgers" in page.xpath("string(//ul[contains(@class, 'tags')])")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Kies minstens één groep, of schrijf er zelf een."),
        ({"own_names": "x" * 121}, "Een naam telt hoogstens 120 tekens."),
        ({"own_names": "x\n" * 31}, "Schrijf hoogstens 30 groepen tegelijk."),
        ({"first": "Mantelzorgers"}, "Kies ook de andere groep."),
        ({"second": "Mantelzorgers"}, "Kies ook de andere groep."),
        (
            {"first": "Mantelzorgers", "second": "Mantelzorgers"},
            "Kies twee verschillende groepen.",
        ),
        ({"names": ["Marsmannen"]}, "Kies alleen uit de mogelijkheden hieronder."),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_dutch(
    member_client, project, typed, sentence
):
    answer = member_client.post(url("target_group_pick", project), typed)

    assert sentence in text(answer)
    assert not project.target_groups.exists()


def test_two_names_that_are_too_long_together_are_refused(member_client, project):
    for letter in "ab":
        TargetGroupFactory(project=project, name=letter * 100)

    answer = member_client.post(
        url("target_group_pick", project), {"first": "a" * 100, "second": "b" * 100}
    )

    assert "Samen zijn deze twee namen te lang." in text(answer)


def test_groups_that_were_all_there_change_nothing(member_client, project, group):
    answer = member_client.post(
        url("target_group_pick", project), {"own_names": "ouders"}, follow=True
    )

    assert "Er is niets veranderd." in text(answer)


# --- my own scores ----------------------------------------------------------


def save_cell(client, project, group, score, seen=NO_SCORE, criterion="n1", **fields):
    posted = {f"{criterion}-score": score, f"{criterion}-seen": seen}
    posted |= {f"{criterion}-{name}": value for name, value in fields.items()}
    return client.post(
        url("matrix_score_save", project, group.pk, Criterion(criterion)),
        posted,
        headers={"HX-Request": "true"},
    )


def token_in(response):
    return page_of(response).xpath("//input[@name='n1-seen']/@value")[0]


def test_a_cell_is_saved_as_soon_as_it_is_chosen(member_client, project, group, seat):
    answer = save_cell(member_client, project, group, "2")

    stored = MatrixScore.objects.get()
    assert (stored.member, stored.criterion, stored.score) == (seat, "n1", 2)
    assert answer.status_code == 200
    assert re.search(r"bewaard om \d+\.\d\d uur", answer.content.decode())
    assert token_in(answer) == stored.token


def test_a_second_screen_is_told_both_values_and_may_choose(
    member_client, project, group, seat
):
    save_cell(member_client, project, group, "1")

    refused = save_cell(member_client, project, group, "3")
    words = " ".join(page_of(refused).text_content().split())

    assert refused.status_code == 409
    assert "bewaarde je intussen 1 (klein)" in words
    assert "Hier koos je 3 (groot)" in words
    assert MatrixScore.objects.get().score == 1
    overrule = page_of(refused).xpath("//button[@name='n1-overrule']/@value")[0]
    member_client.post(
        url("matrix_scores_save", project, group.pk),
        {"n1-score": "3", "n1-seen": token_in(refused), "n1-overrule": overrule},
    )
    assert MatrixScore.objects.get().score == 3


def test_a_score_is_cleared(member_client, project, group, seat):
    token = token_in(save_cell(member_client, project, group, "1", reason="Zo."))

    answer = save_cell(member_client, project, group, "", seen=token, reason="Zo.")

    assert "score gewist" in answer.content.decode()
    assert not MatrixScore.objects.exists()


def test_a_reason_without_a_score_is_refused(member_client, project, group, seat):
    answer = save_cell(member_client, project, group, "", reason="Veel vragen.")

    assert answer.status_code == 422
    assert "Kies eerst een score" in answer.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"score": "4"},
        {"score": "-1"},
        {"score": "drie"},
        {"score": "2", "reason": "x" * 301},
        {"score": "2", "reason": "a\x00b"},
        {"score": "2", "reason": "\ud800"},
        {"score": "2", "seen": "x" * 65},
    ],
)
def test_what_cannot_be_a_score_is_refused(member_client, project, group, seat, fields):
    answer = member_client.post(
        url("matrix_score_save", project, group.pk, Criterion.N1),
        "&".join(
            f"n1-{name}={value}" for name, value in fields.items() if value != "\ud800"
        ).replace("\x00", "%00")
        + ("&n1-reason=%ED%A0%80%00" if fields.get("reason") == "\ud800" else ""),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 422
    assert "niet bewaard" in answer.content.decode()
    assert not MatrixScore.objects.exists()


def test_the_whole_group_is_saved_without_a_script(member_client, project, group, seat):
    later = TargetGroupFactory(project=project)

    answer = post_everything(
        member_client,
        f"{url('matrix_scores', project)}?groep={group.pk}",
        **{"n1-score": "2", "k4-score": "0"},
    )
    assert answer.status_code == 405

    answer = member_client.post(
        url("matrix_scores_save", project, group.pk),
        {"n1-score": "2", "k4-score": "0", "k4-reason": "Niets.", "k4-is_shared": "on"},
    )

    rows = MatrixScore.objects.order_by("criterion")
    assert list(rows.values_list("criterion", "score", "reason", "is_shared")) == [
        ("k4", 0, "Niets.", True),
        ("n1", 2, "", False),
    ]
    assert answer.url == f"{url('matrix_scores', project)}?groep={later.pk}"


def test_saving_a_group_leaves_what_nobody_touched(member_client, project, group, seat):
    stored = MatrixScoreFactory(target_group=group, member=seat, score=1)
    seen = stored.token
    MatrixScore.objects.update(score=3)

    member_client.post(
        url("matrix_scores_save", project, group.pk),
        {"n1-score": "1", "n1-seen": seen, "k4-score": "2"},
    )

    assert MatrixScore.objects.get(criterion="n1").score == 3
    assert MatrixScore.objects.get(criterion="k4").score == 2


def test_a_group_with_a_conflict_is_shown_again(member_client, project, group, seat):
    MatrixScoreFactory(target_group=group, member=seat, score=1)

    answer = member_client.post(
        url("matrix_scores_save", project, group.pk),
        {"n1-score": "3", "n1-seen": NO_SCORE, "k4-score": "2"},
    )

    assert answer.status_code == 409
    assert "bewaarde je intussen 1 (klein)" in text(answer)
    assert MatrixScore.objects.get(criterion="n1").score == 1
    assert MatrixScore.objects.get(criterion="k4").score == 2


def test_a_reason_is_shared_only_when_there_is_one(member_client, project, group, seat):
    save_cell(member_client, project, group, "2", is_shared="on")

    assert MatrixScore.objects.get().is_shared is False


def test_my_page_opens_at_the_first_group_that_is_not_filled_in(
    member_client, project, group, seat
):
    second = TargetGroupFactory(project=project, name="Boeren")
    for criterion in SCORED_CRITERIA:
        MatrixScoreFactory(target_group=group, member=seat, criterion=criterion)

    page = text(member_client.get(url("matrix_scores", project)))

    assert "Mijn inschatting, groep 2 van 2 Boeren" in page
    assert "1 van de 2 volledig" in page
    assert second.name in page


def test_my_page_shows_my_scores_and_nobody_elses(member_client, project, group, seat):
    MatrixScoreFactory(target_group=group, member=seat, score=1, reason="Van mij.")
    score_all(group, 3, criterion=Criterion.N2, reason="Van een ander.")

    response = member_client.get(url("matrix_scores", project))
    checked = page_of(response).xpath("//input[@type='radio'][@checked]")

    assert [(one.get("name"), one.get("value")) for one in checked][:2] == [
        ("n1-score", "1"),
        ("n2-score", ""),
    ]
    assert "Van een ander." not in response.content.decode()


def test_who_takes_over_a_seat_does_not_read_what_the_other_gave(
    coordinator_client, coordinator, member_client, project, group, seat
):
    save_cell(member_client, project, group, "3", reason="Van de vorige.")
    seat.user = coordinator
    seat.save()

    page = coordinator_client.get(url("matrix_scores", project))
    answer = save_cell(coordinator_client, project, group, "1")

    checked = page_of(page).xpath("//input[@name='n1-score'][@checked]/@value")
    assert checked == [""]
    assert "Van de vorige." not in page.content.decode()
    assert answer.status_code == 200
    assert MatrixScore.objects.get().score == 1


def test_taking_an_account_away_does_not_open_its_scores(
    coordinator_client, member_client, project, group, seat
):
    save_cell(member_client, project, group, "3")
    seat.user = None
    seat.save()

    answer = coordinator_client.get(
        url("matrix_member_scores", project, seat.pk), follow=True
    )

    assert "Joke geeft zelf scores. Die zijn privé." in text(answer)


@pytest.mark.parametrize("asked", ["999999", "x", "-1", "9" * 40])
def test_a_group_that_is_not_there_is_not_found(
    member_client, project, group, seat, asked
):
    answer = member_client.get(url("matrix_scores", project), {"groep": asked})

    assert answer.status_code == 404


def no_seat(project, member):
    """Leave the account without a seat."""


def an_observers_seat(project, member):
    SteeringGroupMemberFactory(
        project=project, user=member, role=SteeringGroupRole.OBSERVER
    )


def a_seat_that_ended(project, member):
    SteeringGroupMemberFactory(project=project, user=member, ended=True)


def a_seat_of_tomorrow(project, member):
    SteeringGroupMemberFactory(
        project=project, user=member, since=timezone.localdate() + timedelta(days=1)
    )


@pytest.mark.parametrize(
    "situation", [no_seat, an_observers_seat, a_seat_that_ended, a_seat_of_tomorrow]
)
def test_who_does_not_judge_reads_why_and_saves_nothing(
    member_client, member, project, group, situation
):
    situation(project, member)

    page = text(member_client.get(url("matrix_scores", project)))
    answers = [
        save_cell(member_client, project, group, "2"),
        member_client.post(
            url("matrix_scores_save", project, group.pk), {"n1-score": "2"}
        ),
    ]

    assert "vraag dan de coördinator" in page
    assert [answer.status_code for answer in answers] == [302, 302]
    assert not MatrixScore.objects.exists()


def test_a_group_of_another_project_takes_no_scores(member_client, project, seat):
    strange = TargetGroupFactory()

    assert save_cell(member_client, project, strange, "2").status_code == 404


# --- scores from paper ------------------------------------------------------


def test_scores_from_paper_are_typed_for_a_member_without_an_account(
    coordinator_client, project, group
):
    member = SteeringGroupMemberFactory(project=project)
    page = url("matrix_member_scores", project, member.pk)

    post_everything(coordinator_client, page, **{f"g{group.pk}-n1": "3"})
    post_everything(coordinator_client, page, **{f"g{group.pk}-k4": "0"})

    rows = member.matrix_scores.order_by("criterion")
    assert list(rows.values_list("criterion", "score")) == [("k4", 0), ("n1", 3)]


def test_a_sheet_that_somebody_else_changed_shows_both_values(
    coordinator_client, project, group
):
    member = SteeringGroupMemberFactory(project=project)
    page = url("matrix_member_scores", project, member.pk)
    seen = page_of(coordinator_client.get(page)).xpath("//input[@name='seen']/@value")
    MatrixScoreFactory(target_group=group, member=member, score=1)

    answer = coordinator_client.post(page, {f"g{group.pk}-n1": "3", "seen": seen[0]})
    assert "Bewaard is nu 1." in text(answer)
    assert member.matrix_scores.get().score == 1

    renewed = page_of(answer).xpath("//input[@name='seen']/@value")[0]
    coordinator_client.post(page, {f"g{group.pk}-n1": "3", "seen": renewed})
    assert member.matrix_scores.get().score == 3


@pytest.mark.parametrize("who", ["account", "ended"])
def test_nobody_types_scores_for_who_does_it_alone_or_left(
    coordinator_client, member, project, group, who
):
    seat = SteeringGroupMemberFactory(
        project=project,
        **({"user": member} if who == "account" else {"ended": True}),
    )
    MatrixScoreFactory(target_group=group, member=seat, score=3)
    page = url("matrix_member_scores", project, seat.pk)

    for answer in (
        coordinator_client.get(page, follow=True),
        coordinator_client.post(page, {f"g{group.pk}-n1": "0"}, follow=True),
    ):
        words = text(answer)
        assert "geeft zelf scores" in words or "niet in de stuurgroep" in words

    assert seat.matrix_scores.get().score == 3


# --- agreed together --------------------------------------------------------


def agree(client, project, group, score, seen="", **options):
    return client.post(
        url("matrix_cell_save", project, group.pk, Criterion.N1),
        {"score": score, "seen": seen},
        **options,
    )


def test_the_coordinator_types_what_the_group_agreed(
    coordinator_client, project, group
):
    answer = agree(coordinator_client, project, group, "2", follow=True)

    group.refresh_from_db()
    assert group.n1 == 2
    assert "N1 van ‘Ouders’ is nu 2." in text(answer)


def test_an_agreed_score_that_somebody_typed_first_is_shown_with_a_choice(
    coordinator_client, project, group
):
    TargetGroup.objects.update(n1=1)

    answer = agree(coordinator_client, project, group, "3")

    assert answer.status_code == 409
    assert "Intussen bewaard1 Jij koos3" in text(answer)
    post = page_of(answer).xpath("//main//form//input[@type='hidden']")
    fields = {one.get("name"): one.get("value") for one in post}
    agree(coordinator_client, project, group, fields["score"], fields["seen"])
    group.refresh_from_db()
    assert group.n1 == 3


@pytest.mark.parametrize("score", ["4", "x", "-1", "9" * 40, ""])
def test_an_agreed_score_that_cannot_be_is_refused(
    coordinator_client, project, group, score
):
    answer = agree(coordinator_client, project, group, score, follow=True)

    assert "Kies een score van 0 tot 3." in text(answer)
    assert TargetGroup.objects.get().n1 is None


def test_an_agreed_score_is_taken_away(coordinator_client, project, group):
    TargetGroup.objects.update(n1=1)

    answer = agree(coordinator_client, project, group, "", seen="1", follow=True)

    assert "heeft geen afgesproken score meer" in text(answer)
    assert TargetGroup.objects.get().n1 is None


def test_two_people_with_the_same_row_open_do_not_lose_a_score(
    member_client, project, group
):
    page = url("target_group_edit", project, group.pk)
    seen = page_of(member_client.get(page)).xpath("//input[@name='seen']/@value")[0]
    TargetGroup.objects.update(n1=1, n2=1)

    answer = member_client.post(
        page, {"name": "Ouders", "n1": "3", "n4": "2", "seen": seen}
    )

    assert "bewaarde intussen 1 (klein)" in text(answer)
    assert TargetGroup.objects.get().n1 == 1
    renewed = page_of(answer).xpath("//input[@name='seen']/@value")[0]
    member_client.post(page, {"name": "Ouders", "n1": "3", "n2": "1", "seen": renewed})
    group.refresh_from_db()
    assert (group.n1, group.n2) == (3, 1)


# --- rounds and versions ----------------------------------------------------


def test_the_round_opens_after_the_question(coordinator_client, project, group):
    page = url("matrix_round_open", project)

    coordinator_client.get(page)
    project.refresh_from_db()
    assert project.matrix_opened_on is None

    coordinator_client.post(page)
    project.refresh_from_db()
    assert project.matrix_opened_on == timezone.localdate()
    assert "worden al getoond" in text(coordinator_client.post(page, follow=True))


def test_a_new_round_keeps_a_version_and_asks_how_to_begin(
    coordinator_client, project, group
):
    score_all(group, 2, 2, 2)
    open_round(project)
    page = url("matrix_round_close", project)

    refused = coordinator_client.post(page, {"start": "anders"})
    assert "Kies een van de mogelijkheden." in text(refused)
    answer = coordinator_client.post(page, {"start": "blank"}, follow=True)

    assert "bewaarden we als versie 1" in text(answer)
    assert not MatrixScore.objects.exists()
    assert "Deze ronde loopt nog" in text(
        coordinator_client.post(page, {"start": "keep"}, follow=True)
    )


def test_a_version_is_kept_with_a_note(coordinator_client, coordinator, project, group):
    coordinator_client.post(
        url("matrix_version_create", project), {"note": "Na de vergadering"}
    )

    version = MatrixVersion.objects.get()
    assert (version.note, version.made_by) == ("Na de vergadering", coordinator)


def test_an_empty_matrix_is_not_kept_and_the_page_says_why(coordinator_client, project):
    answer = coordinator_client.post(url("matrix_version_create", project), {})

    assert "Er staat nog geen doelgroep in de matrix." in text(answer)


@pytest.fixture
def versions(project, group):
    """Keep two versions that differ in one score, one decision and one group."""
    first, second = MatrixVersionFactory.create_batch(2, project=project)
    rows = {"target_group": group, "name": "Ouders"}
    MatrixVersionRowFactory(version=first, **rows, n1=1)
    MatrixVersionRowFactory(
        version=second, **rows, n1=3, decision="chosen", reason="Daarom."
    )
    MatrixVersionRowFactory(version=second, name="Boeren")


def compared(client, project, **query):
    answer = client.get(url("matrix_versions", project), query)
    assert answer.status_code == 200
    return text(answer)


def test_two_versions_are_compared(member_client, project, versions):
    page = compared(member_client, project, van="1", naar="2")

    assert "N1: 1 wordt 3" in page
    assert "nog niet beslist wordt gekozen" in page
    assert "Reden nu: “Daarom.”" in page
    assert "Erbij gekomen Boeren" in page


def test_a_version_is_compared_with_the_matrix_as_it_is(
    member_client, project, versions
):
    page = compared(member_client, project)

    assert "N1: 3 wordt geen score" in page
    assert "Niet meer in de matrix Boeren" in page


@pytest.mark.parametrize(
    "query", [{"van": "1", "naar": "1"}, {"van": "nu", "naar": "nu"}]
)
def test_a_version_is_not_compared_with_itself(member_client, project, versions, query):
    assert "Deze twee zijn dezelfde." in compared(member_client, project, **query)


@pytest.mark.parametrize(
    "query",
    [
        {"van": "1", "naar": "9"},
        {"van": "9", "naar": "1"},
        {"van": "nu", "naar": "1"},
        {"van": "1"},
        {"van": "x", "naar": "9" * 40},
        {"van": "\x00", "naar": "-1"},
    ],
)
def test_an_unknown_version_is_told_in_a_sentence(
    member_client, project, versions, query
):
    assert "Deze versie bestaat niet." in compared(member_client, project, **query)


def test_without_versions_the_page_says_what_comes(
    coordinator_client, member_client, project
):
    assert primary(coordinator_client.get(url("matrix_versions", project))) == [
        "Bewaar een versie"
    ]
    assert primary(member_client.get(url("matrix_versions", project))) == []
