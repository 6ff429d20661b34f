"""Problem statements: what they rest on, who recognises them, and removing one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from kader.vocabulary import Confirmation, Side
from projects.models import Project
from rechtencirkel.analysis import Circle, analyse_circle, total_of
from rechtencirkel.evidence import (
    Barrier,
    Score,
    ShownSide,
    barrier_of_row,
    barriers_of,
    score_of_row,
    scores_of,
)
from rechtencirkel.models import (
    BarrierMention,
    ProblemBarrier,
    ProblemScore,
    ProblemStatement,
    ProblemValidation,
    Publication,
    Round,
    standing_answer,
)
from rechtencirkel.models.problems import same_sentence
from rechtencirkel.suppression import THRESHOLD

GONE = "Dit probleem is intussen verwijderd."
REWORDED = (
    "De zin is intussen veranderd. Lees hem hierboven nog eens. Vroeg je naar deze zin? "
    "Bewaar dan opnieuw."
)


@dataclass(frozen=True)
class Evidence:
    """The scores and barriers that may be shown on one day."""

    scores: tuple[Score, ...] = ()
    barriers: tuple[Barrier, ...] = ()


def shown_evidence(*, measurement: Round | None, on: date) -> Evidence:
    """Return what a statement can rest on, exactly as the pages show it. Two queries."""
    if measurement is None:
        return Evidence()
    mentions = (
        BarrierMention.objects.filter(conversation__round=measurement)
        .shown(on)
        .select_related("conversation")
    )
    return Evidence(
        scores=shown_scores(rounds=[measurement.pk], on=on),
        barriers=barriers_of(list(mentions), measurement.pk),
    )


def shown_scores(*, rounds: Iterable[int], on: date) -> tuple[Score, ...]:
    """Return the scores of several measurements as the pages show them. One query."""
    return tuple(
        score
        for round_id, circle in shown_circles(rounds=rounds, on=on).items()
        for score in scores_of(circle, round_id)
    )


def shown_circles(*, rounds: Iterable[int], on: date) -> dict[int, Circle]:
    """Return the circle of each measurement as its page shows it. One query.

    The one place where problem statements get their numbers from.
    """
    wanted = sorted(set(rounds))
    rows = list(Publication.objects.filter(round__in=wanted).newest())
    return {
        round_id: analyse_circle(
            total_of(row) for row in rows if row.round_id == round_id
        )
        for round_id in wanted
    }


def evidence_of(problem: ProblemStatement) -> Evidence:
    """Return what a statement rests on, as it was when it was ticked. Two queries."""
    return Evidence(
        scores=tuple(score_of_row(row) for row in problem.scores.all()),
        barriers=tuple(barrier_of_row(row) for row in worded(problem)),
    )


def worded(problem: ProblemStatement) -> QuerySet[ProblemBarrier]:
    """Return the barriers that can be ticked: of the others only the tags are left."""
    return problem.barriers.exclude(text="")


@transaction.atomic
def attach_evidence(
    *,
    problem: ProblemStatement,
    scores: Sequence[Score],
    barriers: Sequence[Barrier],
    on: date,
) -> None:
    """Let a statement rest on these scores and barriers, and on no other.

    What was ticked before and still is keeps its day. A score whose numbers are given
    anew is written again with its new day. Locks the statement: two saves at once come
    one after the other.
    """
    _lock(problem)
    _attach_scores(problem, scores, on)
    _attach_barriers(problem, barriers, on)


@transaction.atomic
def write_problem(*, problem: ProblemStatement, columns: Iterable[str]) -> None:
    """Write these columns of a statement that exists; raises ValidationError when gone.

    Other words than before wait for new answers: what both sides said holds for the
    words they were asked. Words that were asked before get their answers back.
    """
    kept = _lock(problem)
    ProblemStatement.objects.filter(pk=problem.pk).update(
        **{name: getattr(problem, name) for name in columns}
    )
    if not same_sentence(kept.text, problem.text):
        _follow_answers(_lock(problem))


@transaction.atomic
def validate_problem(*, validation: ProblemValidation) -> ProblemValidation:
    """Note what one side answered, and let the statement follow what it said last.

    Of fewer than five people only that they were asked is kept. Raises ValidationError
    when the side did not answer, when a remark is missing or cannot be kept, when the
    statement did not exist yet, and when its words are no longer the ones that were
    asked. A wording that is left open is the present one.
    """
    problem = _lock(validation.problem)
    if validation.wording and not same_sentence(validation.wording, problem.text):
        raise ValidationError(REWORDED)
    validation.wording = problem.text
    if validation.asked_on < problem.stated_on:
        raise ValidationError(
            {"asked_on": "Het probleem was toen nog niet geformuleerd."}
        )
    if refusal := why_no_remark(
        people=validation.people,
        confirmation=validation.confirmation,
        remark=validation.remark,
    ):
        raise ValidationError({"remark": refusal})
    if validation.people < THRESHOLD:
        validation.recognition = validation.confirmation = ""
    validation.full_clean()
    validation.save()
    _follow_answers(problem)
    validation.problem.refresh_from_db()
    return validation


def why_no_remark(*, people: int, confirmation: str, remark: str) -> str:
    """Say what is wrong with a remark, or nothing."""
    if people < THRESHOLD:
        return (
            (
                "Bij minder dan 5 mensen bewaren we niet wat ze erbij zeiden: dan is te "
                "raden wie dat zei. Maak dit vak leeg."
            )
            if remark
            else ""
        )
    if confirmation == Confirmation.AGREED_WITH_REMARK and not remark:
        return "Schrijf op welke opmerking ze maakten."
    return ""


def _follow_answers(problem: ProblemStatement) -> None:
    """Let a locked statement say what both sides answered last about its words."""
    answers = list(problem.validations.newest_first())
    group = standing_answer(answers, Side.TARGET_GROUP, problem.text)
    services = standing_answer(answers, Side.PROVIDERS, problem.text)
    problem.recognition = group.recognition if group else ""
    problem.provider_confirmation = services.confirmation if services else ""
    problem.save(update_fields=["recognition", "provider_confirmation"])


@transaction.atomic
def remove_problem(*, problem: ProblemStatement) -> None:
    """Remove a statement, unless a dialogue or an action hangs on it.

    The evidence and the choices of the members go along, and the others move up.
    """
    Project.objects.select_for_update().get(pk=problem.project_id)
    try:
        # A savepoint: PostgreSQL would refuse the rest of the transaction.
        with transaction.atomic():
            problem.delete()
    except ProtectedError:
        raise ValidationError(
            "Er hangt al een dialoog of een verbeteractie aan dit probleem. Je kunt het "
            "niet meer verwijderen. Je kunt de zin wel wijzigen."
        ) from None
    left = ProblemStatement.objects.filter(project_id=problem.project_id)
    for rank, other in enumerate(left, start=1):
        if other.rank != rank:
            other.rank = rank
            other.save(update_fields=["rank"])


def _lock(problem: ProblemStatement) -> ProblemStatement:
    found = ProblemStatement.objects.select_for_update().filter(pk=problem.pk).first()
    if found is None:
        raise ValidationError(GONE)
    return found


def _attach_scores(
    problem: ProblemStatement, scores: Sequence[Score], on: date
) -> None:
    kept = {score_of_row(row).key: row for row in problem.scores.all()}
    wanted = {score.key: score for score in scores}
    for key, row in kept.items():
        if wanted.get(key) == score_of_row(row):
            del wanted[key]
        else:
            row.delete()
    for score in wanted.values():
        row = ProblemScore(
            problem=problem,
            round_id=score.round_id,
            domain=score.domain,
            target_median=_median(score.target),
            target_people=score.target.people if score.target else None,
            provider_median=_median(score.provider),
            provider_people=score.provider.people if score.provider else None,
            attached_on=on,
        )
        row.full_clean()
        row.save()


def _attach_barriers(
    problem: ProblemStatement, barriers: Sequence[Barrier], on: date
) -> None:
    kept = {barrier_of_row(row).key: row for row in worded(problem)}
    wanted = {barrier.key: barrier for barrier in barriers}
    for key, row in kept.items():
        if key in wanted:
            del wanted[key]
        else:
            row.delete()
    for barrier in wanted.values():
        row = ProblemBarrier(
            problem=problem,
            round_id=barrier.round_id,
            domain=barrier.domain,
            text=barrier.text,
            kind=barrier.kind,
            level=barrier.level,
            non_take_up=barrier.non_take_up or "",
            sides=barrier.sides,
            conversations=barrier.conversations,
            attached_on=on,
        )
        row.full_clean()
        row.save()


def _median(side: ShownSide | None) -> Decimal | None:
    return None if side is None else Decimal(str(side.median))
