"""Checks on problem statements: their evidence, the answers of both sides, the choices."""

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from kader.vocabulary import Side
from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from rechtencirkel.models import (
    ProblemBarrier,
    ProblemPick,
    ProblemScore,
    ProblemStatement,
    ProblemValidation,
)


@check(ProblemScore, "Het cijfer komt uit een meting van een ander project.")
def scores_behind_problems_stay_in_their_project() -> Keys:
    return keys(ProblemScore.objects.exclude(round__project=F("problem__project")))


@check(ProblemBarrier, "De drempel komt uit een meting van een ander project.")
def barriers_behind_problems_stay_in_their_project() -> Keys:
    return keys(ProblemBarrier.objects.exclude(round__project=F("problem__project")))


@check(ProblemStatement, "Wie het probleem opvolgt, hoort bij een ander project.")
def owners_of_problems_stay_in_their_project() -> Keys:
    return elsewhere(ProblemStatement, "owner")


@check(ProblemStatement, "De herkenning is niet wat de groep het laatst zei.")
def problems_are_recognised_as_last_answered() -> Keys:
    return _not_as_answered(Side.TARGET_GROUP, "recognition", "recognition")


@check(ProblemStatement, "Het akkoord is niet wat de diensten het laatst zeiden.")
def problems_are_confirmed_as_last_answered() -> Keys:
    return _not_as_answered(Side.PROVIDERS, "confirmation", "provider_confirmation")


@check(ProblemPick, "Het lid dat koos, zit in de stuurgroep van een ander project.")
def choices_stay_in_their_project() -> Keys:
    return keys(ProblemPick.objects.exclude(member__project=F("problem__project")))


def _not_as_answered(side: Side, answer: str, column: str) -> Keys:
    answers = ProblemValidation.objects.filter(problem=OuterRef("pk"), side=side)
    last = Subquery(answers.newest_first().values(answer)[:1])
    problems = ProblemStatement.objects.annotate(
        last=Coalesce(last, Value(""), output_field=CharField())
    )
    return keys(problems.exclude(last=F(column)))
