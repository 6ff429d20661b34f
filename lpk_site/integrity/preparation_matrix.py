"""Checks on the doelgroepenmatrix: its scores, its services and its versions."""

from collections import defaultdict

from django.db.models import F

from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from projects.models import (
    MatrixScore,
    MatrixVersion,
    MatrixVersionRow,
    TargetGroup,
)


@check(MatrixScore, "De score hoort bij een lid van een ander project.")
def scores_stay_in_their_project() -> Keys:
    return keys(MatrixScore.objects.exclude(member__project=F("target_group__project")))


@check(TargetGroup, "Een dienst van de groep hoort bij een ander project.")
def services_stay_in_their_project() -> Keys:
    return elsewhere(TargetGroup, "services")


@check(MatrixVersion, "De versies van de matrix lopen niet door van 1 af.")
def matrix_versions_count_from_one() -> Keys:
    rows = MatrixVersion.objects.order_by("project_id", "number")
    numbers: dict[int, int] = defaultdict(int)
    wrong = []
    for pk, project_id, number in rows.values_list("pk", "project_id", "number"):
        numbers[project_id] += 1
        if number != numbers[project_id]:
            wrong.append(pk)
    return wrong


@check(MatrixVersionRow, "De bewaarde rij hoort bij een groep van een ander project.")
def kept_rows_stay_in_their_project() -> Keys:
    rows = MatrixVersionRow.objects.exclude(target_group=None)
    return keys(rows.exclude(target_group__project=F("version__project")))
