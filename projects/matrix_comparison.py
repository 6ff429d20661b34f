"""Two versions of the doelgroepenmatrix side by side: what changed, came and went.

Pure: rows in, differences out, no queries. A row of today and a kept row look the same
here, so that any version can be compared with the matrix as it stands now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kader.svg import points
from kader.vocabulary import MatrixDecision
from projects.matrix import Matrix
from projects.models import Criterion, MatrixVersionRow


@dataclass(frozen=True)
class ComparedRow:
    """One target group on one side of the comparison."""

    target_group_id: int | None
    name: str
    scores: Mapping[Criterion, float | None]
    decision: str
    reason: str

    @property
    def decision_label(self) -> str:
        return (
            MatrixDecision(self.decision).label.lower()
            if self.decision
            else "nog niet beslist"
        )


@dataclass(frozen=True)
class ScoreChange:
    """One cell that shows another score than before."""

    criterion: Criterion
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A group that is in both versions and changed."""

    before: ComparedRow
    after: ComparedRow
    scores: tuple[ScoreChange, ...]

    @property
    def is_renamed(self) -> bool:
        return self.before.name != self.after.name

    @property
    def is_decided_otherwise(self) -> bool:
        return self.before.decision != self.after.decision

    @property
    def has_other_reason(self) -> bool:
        return self.before.reason != self.after.reason

    @property
    def is_change(self) -> bool:
        return bool(
            self.scores
            or self.is_renamed
            or self.is_decided_otherwise
            or self.has_other_reason
        )


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions."""

    changed: tuple[RowChange, ...]
    added: tuple[ComparedRow, ...]
    removed: tuple[ComparedRow, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not (self.changed or self.added or self.removed)


def kept_rows(rows: Iterable[MatrixVersionRow]) -> list[ComparedRow]:
    """Return the rows of a version as they were kept."""
    return [
        ComparedRow(
            row.target_group_id,
            row.name,
            {c: _number(getattr(row, c.value)) for c in Criterion},
            row.decision,
            row.reason,
        )
        for row in rows
    ]


def rows_now(matrix: Matrix) -> list[ComparedRow]:
    """Return the rows of the matrix as it stands."""
    return [
        ComparedRow(
            row.group.pk,
            row.group.name,
            {criterion: row.score(criterion) for criterion in Criterion},
            row.group.decision,
            row.group.reason,
        )
        for row in matrix.rows
    ]


def compare(before: Sequence[ComparedRow], after: Sequence[ComparedRow]) -> Comparison:
    """Compare two versions, group by group, in the order of the later one.

    A group is the same one when it is the same row of the matrix, also under another
    name; a row that was taken out of the matrix is known by its name alone.
    """
    by_row = {row.target_group_id: row for row in before if row.target_group_id}
    by_name = {row.name.casefold(): row for row in before if not row.target_group_id}
    changes, added, found = [], [], set()
    for row in after:
        earlier = by_row.get(row.target_group_id) if row.target_group_id else None
        earlier = earlier or by_name.get(row.name.casefold())
        if earlier is None:
            added.append(row)
            continue
        found.add(id(earlier))
        changes.append(RowChange(earlier, row, _score_changes(earlier, row)))
    changed = tuple(change for change in changes if change.is_change)
    return Comparison(
        changed=changed,
        added=tuple(added),
        removed=tuple(row for row in before if id(row) not in found),
        same=len(changes) - len(changed),
    )


def _score_changes(before: ComparedRow, after: ComparedRow) -> tuple[ScoreChange, ...]:
    return tuple(
        ScoreChange(
            criterion, _shown(before.scores[criterion]), _shown(after.scores[criterion])
        )
        for criterion in Criterion
        if before.scores[criterion] != after.scores[criterion]
    )


def _shown(score: float | None) -> str:
    return "geen score" if score is None else points(score)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
