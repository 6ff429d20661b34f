"""What changes several rows of the doelgroepenmatrix, or must hold for every caller."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Max, Value, When

from accounts.models import User
from projects.matrix import Matrix, Opinion, build_matrix
from projects.models import (
    Criterion,
    MatrixScore,
    MatrixVersion,
    MatrixVersionRow,
    Project,
    TargetGroup,
)

# What goes with a row of the matrix or outlives it by itself, so it keeps no row there.
GOES_ALONG = (MatrixScore, MatrixVersionRow)


def read_matrix(*, project: Project, on: date) -> Matrix:
    """Return the matrix as everybody in the project may see it on that day.

    Three queries, four when the round is open; who gave which score is never read.
    """
    groups = list(
        project.target_groups.select_related("bridge").prefetch_related("services")
    )
    is_open = project.matrix_opened_on is not None
    return build_matrix(
        groups, opinions=_opinions(project, on) if is_open else (), is_open=is_open
    )


def _opinions(project: Project, on: date) -> Iterable[Opinion]:
    """Read the scores without their members; a reason that is not shared stays behind."""
    shared = Case(When(is_shared=True, then=F("reason")), default=Value(""))
    rows = MatrixScore.objects.counting(project, on).order_by()
    return map(
        Opinion._make, rows.values_list("target_group_id", "criterion", "score", shared)
    )


@transaction.atomic
def add_target_groups(*, project: Project, names: Iterable[str]) -> list[TargetGroup]:
    """Add several rows at once; a name that is already there is passed over.

    Capitals make no difference. Returns the new rows.
    """
    # Locking the project keeps two simultaneous saves from adding the same name.
    Project.objects.select_for_update().get(pk=project.pk)
    known = {
        name.casefold() for name in project.target_groups.values_list("name", flat=True)
    }
    added = []
    for name in names:
        if name.casefold() not in known:
            known.add(name.casefold())
            added.append(TargetGroup.objects.create(project=project, name=name))
    return added


@transaction.atomic
def remove_target_group(*, target_group: TargetGroup) -> None:
    """Take a row out of the matrix, unless something points to it.

    The lists of problems and actions count too: the database would let those go
    silently. The scores of the members go along, kept versions keep the name. One query
    per kind of row that can point to a target group.
    """
    for relation in TargetGroup._meta.related_objects:
        if relation.field.model in GOES_ALONG:
            continue
        rows = relation.field.model._base_manager.all()
        if rows.filter(**{relation.field.name: target_group}).exists():
            raise ValidationError(
                f"Er hangen al gesprekken, problemen of acties aan ‘{target_group}’. "
                "Je kunt deze groep niet meer verwijderen. "
                "Je kunt wel ‘niet nu’ beslissen."
            )
    target_group.delete()


@transaction.atomic
def keep_matrix_version(
    *, project: Project, on: date, made_by: User | None, note: str = ""
) -> MatrixVersion:
    """Keep the matrix as everybody sees it now; private scores stay out of it."""
    # Locking the project keeps two simultaneous saves from taking the same number.
    project = Project.objects.select_for_update().get(pk=project.pk)
    matrix = read_matrix(project=project, on=on)
    if not matrix.rows:
        raise ValidationError("Er staat nog geen doelgroep in de matrix.")
    last: int | None = project.matrix_versions.aggregate(last=Max("number"))["last"]
    version = MatrixVersion.objects.create(
        project=project, number=(last or 0) + 1, made_on=on, made_by=made_by, note=note
    )
    MatrixVersionRow.objects.bulk_create(
        MatrixVersionRow(
            version=version,
            position=position,
            target_group=row.group,
            name=row.group.name,
            decision=row.group.decision,
            reason=row.group.reason,
            **{c.value: _kept(row.score(c)) for c in Criterion},
        )
        for position, row in enumerate(matrix.rows)
    )
    return version


def _kept(score: float | None) -> Decimal | None:
    return None if score is None else Decimal(str(score))


@transaction.atomic
def open_matrix_round(*, project: Project, on: date) -> None:
    """Show median and spread of the members' scores from now on."""
    opened = Project.objects.filter(pk=project.pk, matrix_opened_on=None).update(
        matrix_opened_on=on
    )
    if not opened:
        raise ValidationError("De scores van de leden worden al getoond.")
    project.matrix_opened_on = on


@transaction.atomic
def start_matrix_round(
    *, project: Project, on: date, started_by: User | None, is_blank: bool = False
) -> MatrixVersion:
    """Keep a version, then make the members' scores private again.

    Blank means that every member begins without scores; otherwise each starts from their
    own of last time. What the group agreed stays.
    """
    current = Project.objects.select_for_update().get(pk=project.pk)
    if current.matrix_opened_on is None:
        raise ValidationError(
            "De scores van de leden zijn nog niet getoond. Deze ronde loopt nog."
        )
    version = keep_matrix_version(
        project=current, on=on, made_by=started_by, note="Voor een nieuwe ronde"
    )
    if is_blank:
        MatrixScore.objects.of_project(current).delete()
    current.matrix_opened_on = None
    current.save(update_fields=["matrix_opened_on"])
    project.matrix_opened_on = None
    return version


def agree_score(
    *,
    target_group: TargetGroup,
    criterion: Criterion,
    score: int | None,
    seen: int | None,
) -> None:
    """Store what the group agreed about one cell, if nobody changed it meanwhile.

    One conditional update: of two people at the same time one is refused.
    """
    if criterion == Criterion.N3:
        raise ValidationError("Breedte (N3) volgt uit de aangekruiste grondrechten.")
    cell = TargetGroup.objects.filter(pk=target_group.pk, **{criterion.value: seen})
    if not cell.update(**{criterion.value: score}):
        raise ValidationError(
            "Iemand anders bewaarde intussen een andere score.", code="changed"
        )
    setattr(target_group, criterion.value, score)
