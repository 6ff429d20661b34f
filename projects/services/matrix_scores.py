"""What a member thinks of the matrix: stored per cell, never overwritten unseen."""

import hashlib
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from projects.models import (
    NO_SCORE,
    Criterion,
    MatrixScore,
    SteeringGroupMember,
    TargetGroup,
    score_token,
)
from projects.models.steering_group import VOTING_ROLES

# target group and criterion → score, of one member.
Sheet = Mapping[tuple[int, Criterion], int]

CHANGED = "Deze score veranderde intussen op een ander scherm."


@transaction.atomic
def give_score(
    *,
    member: SteeringGroupMember,
    given_by: User,
    target_group: TargetGroup,
    criterion: Criterion,
    score: int | None,
    seen: str,
    reason: str = "",
    is_shared: bool = False,
) -> MatrixScore | None:
    """Store a member's own score of one cell; no score takes it away with its reason.

    `seen` is the token of what the page showed. When something else is stored by now,
    nothing is written and the code of the error is "changed". A score that another
    account gave from this seat is replaced without being read. Returns what is stored.
    """
    _require_judge(member)
    if target_group.project_id != member.project_id or criterion == Criterion.N3:
        raise ValidationError("Deze score hoort niet bij jullie matrix.")
    stored = MatrixScore.objects.filter(
        member=member, target_group=target_group, criterion=criterion
    ).first()
    mine = stored if stored and stored.given_by_id in (None, given_by.pk) else None
    now = mine.token if mine else NO_SCORE
    if now == score_token(score, reason, is_shared=is_shared):
        return mine
    if now != (seen or NO_SCORE):
        raise ValidationError(CHANGED, code="changed")
    fresh = MatrixScore(
        member=member,
        target_group=target_group,
        criterion=criterion,
        score=score or 0,
        reason=reason,
        is_shared=is_shared,
        given_by=given_by,
    )
    if stored is None:
        return _insert(fresh)
    return _replace(stored, fresh if score is not None else None)


def _insert(fresh: MatrixScore) -> MatrixScore:
    """Store the first score of a cell; the database refuses a second."""
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(CHANGED, code="changed") from error
    return fresh


def _replace(stored: MatrixScore, fresh: MatrixScore | None) -> MatrixScore | None:
    """Change or take away a score in one statement, only if it is still what it was."""
    cell = MatrixScore.objects.filter(
        pk=stored.pk,
        score=stored.score,
        reason=stored.reason,
        is_shared=stored.is_shared,
    )
    if fresh is None:
        written, _ = cell.delete()
    else:
        written = cell.update(
            score=fresh.score,
            reason=fresh.reason,
            is_shared=fresh.is_shared,
            given_by=fresh.given_by,
        )
        fresh.pk = stored.pk
    if not written:
        raise ValidationError(CHANGED, code="changed")
    return fresh


def sheet_token(rows: Iterable[MatrixScore]) -> str:
    """Return a token of everything one member scored, to see later whether it changed."""
    cells = sorted(f"{r.target_group_id}{r.criterion}{r.token}" for r in rows)
    return hashlib.sha256(";".join(cells).encode()).hexdigest()[:16]


@transaction.atomic
def type_scores(*, member: SteeringGroupMember, scores: Sheet, seen: str) -> None:
    """Store the whole sheet of a member without an account, as the coordinator types it.

    A cell that is not in the sheet is taken away. A member with an account gives their
    own scores, which nobody else may read.
    """
    # The lock makes two coordinators with the same sheet wait for each other.
    member = (
        SteeringGroupMember.objects.select_for_update(of=("self",))
        .select_related("project")
        .get(pk=member.pk)
    )
    if member.user_id is not None or member.matrix_scores.from_screen().exists():
        raise ValidationError(f"{member} geeft zelf scores. Die zijn privé.")
    _require_judge(member)
    groups = {g.pk: g for g in member.project.target_groups.all()}
    stored = list(member.matrix_scores.filter(target_group__in=groups))
    if sheet_token(stored) != seen:
        raise ValidationError(CHANGED, code="changed")
    before = {(row.target_group_id, Criterion(row.criterion)): row for row in stored}
    gone = [row.pk for cell, row in before.items() if cell not in scores]
    MatrixScore.objects.filter(pk__in=gone).delete()
    for (group_id, criterion), score in scores.items():
        row = before.get((group_id, criterion))
        if row is None:
            row = MatrixScore(
                member=member, target_group=groups[group_id], criterion=criterion
            )
        elif row.score == score:
            continue
        row.score = score
        row.save()


def _require_judge(member: SteeringGroupMember) -> None:
    if member.role not in VOTING_ROLES:
        raise ValidationError(
            "Wie meeluistert in de stuurgroep, geeft geen scores. "
            "Vraag de coördinator om je rol aan te passen als dat niet klopt."
        )
