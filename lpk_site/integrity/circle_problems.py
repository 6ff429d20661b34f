"""Checks on problem statements: their evidence, the answers of both sides, the choices."""

from django.db.models import F, Prefetch

from kader.vocabulary import Side
from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from rechtencirkel.models import (
    ProblemBarrier,
    ProblemPick,
    ProblemScore,
    ProblemStatement,
    ProblemValidation,
    standing_answer,
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
    """Compare in Python: which words are the same is not a question for the database."""
    problems = ProblemStatement.objects.order_by("pk").prefetch_related(
        Prefetch("validations", ProblemValidation.objects.newest_first())
    )
    found = []
    for problem in problems:
        last = standing_answer(problem.validations.all(), side, problem.text)
        if getattr(problem, column) != (getattr(last, answer) if last else ""):
            found.append(problem.pk)
    return found
