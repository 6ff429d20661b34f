"""What the services of the matrix promise: nothing private shown, nothing lost unseen."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kader.vocabulary import MatrixDecision, SteeringGroupRole
from projects import services
from projects.models import (
    NO_SCORE,
    Criterion,
    MatrixScore,
    MatrixVersionRow,
    TargetGroup,
)
from tests.factories import (
    MatrixScoreFactory,
    ProblemStatementFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
CHANGED = "Deze score veranderde intussen op een ander scherm."


@pytest.fixture
def group(project):
    return TargetGroupFactory(project=project, name="Ouders")


@pytest.fixture
def seat(project):
    return SteeringGroupMemberFactory(
        project=project, since=date(2026, 1, 1), user=UserFactory()
    )


@pytest.fixture
def paper_seat(project):
    return SteeringGroupMemberFactory(project=project, since=date(2026, 1, 1))


def seats(project, count, **fields):
    return SteeringGroupMemberFactory.create_batch(
        count, project=project, since=date(2026, 1, 1), **fields
    )


def score_all(group, *scores, **fields):
    return [
        MatrixScoreFactory(target_group=group, member=member, score=score, **fields)
        for member, score in zip(seats(group.project, len(scores)), scores, strict=True)
    ]


def open_round(project):
    services.open_matrix_round(project=project, on=TODAY)
    return services.read_matrix(project=project, on=TODAY)


def n1_of(matrix):
    return matrix.rows[0].figures[Criterion.N1]


def give(
    seat, group, score, *, seen=NO_SCORE, criterion=Criterion.N1, by=None, **fields
):
    return services.give_score(
        member=seat,
        given_by=by or seat.user,
        target_group=group,
        criterion=criterion,
        score=score,
        seen=seen,
        **fields,
    )


# --- reading ----------------------------------------------------------------


def test_scores_stay_private_until_the_round_is_open(project, group):
    score_all(group, 1, 2, 3)

    before = services.read_matrix(project=project, on=TODAY)
    after = open_round(project)

    assert n1_of(before).score is None
    assert (n1_of(after).score, n1_of(after).spread) == (2, 2)


def test_who_left_or_only_listens_does_not_count(project, group):
    score_all(group, 2, 2, 2)
    left, listens, later = (
        SteeringGroupMemberFactory(
            project=project, since=date(2026, 1, 1), until=date(2026, 11, 1)
        ),
        SteeringGroupMemberFactory(project=project, role=SteeringGroupRole.OBSERVER),
        SteeringGroupMemberFactory(project=project, since=date(2026, 12, 1)),
    )
    for member in (left, listens, later):
        MatrixScoreFactory(target_group=group, member=member, score=0)

    figure = n1_of(open_round(project))

    assert (figure.score, figure.members) == (2, 3)


def test_a_reason_that_is_not_shared_is_not_even_read(project, group):
    score_all(group, 0, 2, reason="geheim")
    score_all(group, 3, reason="elke maand vragen", is_shared=True)

    assert n1_of(open_round(project)).reasons == ("elke maand vragen",)


@pytest.mark.parametrize(("groups", "members"), [(2, 3), (22, 12)])
def test_the_matrix_costs_the_same_queries_at_any_size(
    project, django_assert_num_queries, groups, members
):
    rows = TargetGroupFactory.create_batch(groups, project=project)
    people = seats(project, members)
    MatrixScore.objects.bulk_create(
        MatrixScore(target_group=row, member=member, criterion=c, score=2)
        for row in rows
        for member in people
        for c in Criterion
        if c != Criterion.N3
    )
    services.open_matrix_round(project=project, on=TODAY)

    with django_assert_num_queries(3):
        matrix = services.read_matrix(project=project, on=TODAY)

    assert len(matrix.points) == groups


# --- rows -------------------------------------------------------------------


def test_several_groups_are_added_at_once_and_never_doubled(project, group):
    added = services.add_target_groups(
        project=project, names=["OUDERS", "Huurders", "huurders", "Boeren"]
    )

    assert [row.name for row in added] == ["Huurders", "Boeren"]
    assert project.target_groups.count() == 3


def test_the_same_name_in_another_project_is_no_double(project):
    TargetGroupFactory(name="Huurders")

    assert services.add_target_groups(project=project, names=["Huurders"])


def test_scores_go_along_with_a_removed_group_and_versions_keep_its_name(
    project, group
):
    score_all(group, 2, 2, 2)
    services.keep_matrix_version(project=project, on=TODAY, made_by=None)

    services.remove_target_group(target_group=group)

    row = MatrixVersionRow.objects.get()
    assert not MatrixScore.objects.exists()
    assert (row.name, row.target_group) == ("Ouders", None)


def test_a_group_with_scores_and_a_problem_stays(project, group):
    score_all(group, 2)
    ProblemStatementFactory(project=project).target_groups.add(group)

    with pytest.raises(ValidationError, match="Er hangen al gesprekken"):
        services.remove_target_group(target_group=group)

    assert MatrixScore.objects.count() == 1


# --- own scores -------------------------------------------------------------


def test_a_first_score_is_stored_with_its_reason(seat, group):
    give(seat, group, 0, reason="Bijna niemand.", is_shared=True)

    stored = MatrixScore.objects.get()
    assert (stored.score, stored.reason, stored.is_shared) == (
        0,
        "Bijna niemand.",
        True,
    )


def test_a_score_changes_when_the_page_saw_what_is_stored(seat, group):
    first = give(seat, group, 1)

    second = give(seat, group, 3, seen=first.token)

    assert MatrixScore.objects.get().score == 3
    assert second.token == MatrixScore.objects.get().token


def test_a_score_that_changed_elsewhere_is_not_overwritten(seat, group):
    give(seat, group, 1)

    with pytest.raises(ValidationError) as error:
        give(seat, group, 3)

    assert error.value.messages == [CHANGED]
    assert MatrixScore.objects.get().score == 1


def test_a_reason_that_changed_elsewhere_is_not_overwritten(seat, group):
    first = give(seat, group, 1)
    give(seat, group, 1, seen=first.token, reason="Nieuw.")

    with pytest.raises(ValidationError, match=CHANGED):
        give(seat, group, 1, seen=first.token, reason="Anders.")

    assert MatrixScore.objects.get().reason == "Nieuw."


def test_a_score_that_was_taken_away_elsewhere_does_not_come_back(seat, group):
    first = give(seat, group, 1)
    give(seat, group, None, seen=first.token)

    with pytest.raises(ValidationError, match=CHANGED):
        give(seat, group, 3, seen=first.token)

    assert not MatrixScore.objects.exists()


def test_the_same_answer_twice_is_no_conflict(seat, group):
    give(seat, group, 2)

    assert give(seat, group, 2).score == 2
    assert MatrixScore.objects.count() == 1


def test_a_score_is_taken_away(seat, group):
    first = give(seat, group, 2)

    assert give(seat, group, None, seen=first.token) is None
    assert not MatrixScore.objects.exists()


def test_a_change_between_reading_and_writing_is_refused(seat, group, monkeypatch):
    first = give(seat, group, 1)
    stored = MatrixScore.objects.get()
    MatrixScore.objects.update(score=2)
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.first", lambda queryset: stored
    )

    with pytest.raises(ValidationError, match=CHANGED):
        give(seat, group, 3, seen=first.token)

    assert MatrixScore.objects.get().score == 2


def test_two_first_scores_at_once_leave_one(seat, group, monkeypatch):
    give(seat, group, 1)
    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda queryset: None)

    with pytest.raises(ValidationError, match=CHANGED):
        give(seat, group, 3)

    assert MatrixScore.objects.get().score == 1


def test_who_only_listens_gives_no_scores(project, group):
    observer = SteeringGroupMemberFactory(
        project=project, role=SteeringGroupRole.OBSERVER, user=UserFactory()
    )

    with pytest.raises(ValidationError, match="Wie meeluistert"):
        give(observer, group, 2)


@pytest.mark.parametrize("what", ["group", "breadth"])
def test_a_cell_that_is_not_theirs_is_refused(seat, group, what):
    other = TargetGroupFactory() if what == "group" else group
    criterion = Criterion.N3 if what == "breadth" else Criterion.N1

    with pytest.raises(ValidationError, match="hoort niet bij jullie matrix"):
        give(seat, other, 2, criterion=criterion)


def test_a_score_of_another_account_on_the_seat_is_replaced_unread(seat, group):
    give(seat, group, 1, reason="Van de vorige.")
    successor = UserFactory()

    assert give(seat, group, None, by=successor) is None
    assert MatrixScore.objects.get().score == 1
    given = give(seat, group, 3, by=successor)

    stored = MatrixScore.objects.get()
    assert (stored.score, stored.reason, stored.given_by) == (3, "", successor)
    assert given == stored


def test_a_score_from_paper_becomes_theirs_when_they_change_it(seat, group):
    paper = MatrixScoreFactory(target_group=group, member=seat, score=1)

    give(seat, group, 2, seen=paper.token)

    assert MatrixScore.objects.get().given_by == seat.user


# --- a sheet on paper -------------------------------------------------------


def type_sheet(member, scores, seen=None):
    rows = list(member.matrix_scores.all())
    services.type_scores(
        member=member,
        scores=scores,
        seen=services.sheet_token(rows) if seen is None else seen,
    )


def cells_of(member):
    rows = member.matrix_scores.order_by("criterion")
    return list(rows.values_list("criterion", "score"))


def test_a_sheet_adds_changes_and_takes_away(paper_seat, group):
    type_sheet(paper_seat, {(group.pk, Criterion.N1): 1, (group.pk, Criterion.N2): 2})

    type_sheet(paper_seat, {(group.pk, Criterion.N1): 3, (group.pk, Criterion.K4): 0})

    assert cells_of(paper_seat) == [("k4", 0), ("n1", 3)]


def test_a_member_with_an_account_is_never_typed_for(project, group):
    member = SteeringGroupMemberFactory(project=project, user=UserFactory())

    with pytest.raises(ValidationError, match="Die zijn privé"):
        type_sheet(member, {(group.pk, Criterion.N1): 1})

    assert not MatrixScore.objects.exists()


def test_a_sheet_that_changed_meanwhile_is_not_overwritten(paper_seat, group):
    seen = services.sheet_token([])
    type_sheet(paper_seat, {(group.pk, Criterion.N1): 1})

    with pytest.raises(ValidationError, match=CHANGED):
        type_sheet(paper_seat, {(group.pk, Criterion.N1): 2}, seen=seen)

    assert cells_of(paper_seat) == [("n1", 1)]


def test_no_sheet_is_typed_for_who_only_listens(project, group):
    observer = SteeringGroupMemberFactory(
        project=project, role=SteeringGroupRole.OBSERVER
    )

    with pytest.raises(ValidationError, match="Wie meeluistert"):
        type_sheet(observer, {(group.pk, Criterion.N1): 1})


def test_what_somebody_gave_on_screen_stays_private_without_the_account(seat, group):
    give(seat, group, 3)
    seat.user = None
    seat.save()

    with pytest.raises(ValidationError, match="Die zijn privé"):
        type_sheet(seat, {(group.pk, Criterion.N1): 1})

    assert cells_of(seat) == [("n1", 3)]


# --- agreed together --------------------------------------------------------


def test_an_agreed_score_goes_before_the_median(project, group):
    score_all(group, 3, 3, 3)

    services.agree_score(target_group=group, criterion=Criterion.N1, score=0, seen=None)

    assert n1_of(open_round(project)).score == 0


def test_an_agreed_score_that_changed_meanwhile_is_not_overwritten(group):
    TargetGroup.objects.update(n1=2)

    with pytest.raises(ValidationError, match="andere score"):
        services.agree_score(
            target_group=group, criterion=Criterion.N1, score=1, seen=None
        )

    assert TargetGroup.objects.get().n1 == 2


def test_breadth_is_not_agreed(group):
    with pytest.raises(ValidationError, match="grondrechten"):
        services.agree_score(
            target_group=group, criterion=Criterion.N3, score=1, seen=None
        )


# --- rounds and versions ----------------------------------------------------


def test_a_round_opens_once(project):
    services.open_matrix_round(project=project, on=TODAY)

    with pytest.raises(ValidationError, match="worden al getoond"):
        services.open_matrix_round(project=project, on=date(2026, 11, 22))

    project.refresh_from_db()
    assert project.matrix_opened_on == TODAY


@pytest.mark.parametrize(("is_blank", "left"), [(False, 3), (True, 0)])
def test_a_new_round_keeps_a_version_and_hides_the_scores(
    project, group, is_blank, left
):
    elsewhere = MatrixScoreFactory()
    score_all(group, 1, 2, 2)
    open_round(project)

    version = services.start_matrix_round(
        project=project, on=TODAY, started_by=None, is_blank=is_blank
    )

    project.refresh_from_db()
    assert project.matrix_opened_on is None
    assert version.rows.get().n1 == 2
    assert MatrixScore.objects.of_project(project).count() == left
    assert MatrixScore.objects.filter(pk=elsewhere.pk).exists()


def test_a_round_that_still_runs_is_not_started_again(project, group):
    with pytest.raises(ValidationError, match="Deze ronde loopt nog"):
        services.start_matrix_round(project=project, on=TODAY, started_by=None)

    assert not project.matrix_versions.exists()


def test_a_version_keeps_what_everybody_sees(project, group, coordinator):
    score_all(group, 1, 2)
    score_all(group, 1, 2)
    open_round(project)
    TargetGroup.objects.update(n2=3, decision=MatrixDecision.RESERVE, reason="Later.")

    version = services.keep_matrix_version(
        project=project, on=TODAY, made_by=coordinator, note="Na november"
    )

    row = version.rows.get()
    assert (version.number, version.made_on, version.made_by) == (1, TODAY, coordinator)
    assert (row.n1, row.n2, row.n3, row.k1) == (Decimal("1.5"), 3, 1, None)
    assert (row.decision, row.reason) == (MatrixDecision.RESERVE, "Later.")


def test_a_version_of_a_private_round_holds_no_medians(project, group):
    score_all(group, 2, 2, 2)

    version = services.keep_matrix_version(project=project, on=TODAY, made_by=None)

    assert version.rows.get().n1 is None


def test_versions_count_on(project, group):
    numbers = [
        services.keep_matrix_version(project=project, on=TODAY, made_by=None).number
        for _ in range(2)
    ]

    assert numbers == [1, 2]


def test_an_empty_matrix_has_no_version(project):
    with pytest.raises(ValidationError, match="nog geen doelgroep"):
        services.keep_matrix_version(project=project, on=TODAY, made_by=None)
