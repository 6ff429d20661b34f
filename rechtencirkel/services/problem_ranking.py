"""Choosing together which problem comes first.

Every member chooses a top three apart; the coordinator ends the choosing; the steering
group settles the order. Nobody overwrites the order of somebody else unseen. How often a
problem was chosen is told to nobody: two such counts, before and after one member chose
anew, would tell what that member chose.
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from projects.models import Project, SteeringGroupMember
from rechtencirkel.models import ProblemPick, ProblemRanking, ProblemStatement
from rechtencirkel.models.problem_evidence import TOP

CHANGED = "Iemand anders veranderde de volgorde terwijl jij keek. Hieronder staat hoe ze nu is."
CHOICE_CHANGED = (
    "Iemand anders noteerde intussen een andere keuze. Kijk na wat juist is en bewaar "
    "nog eens."
)
CLOSED = "Het kiezen is afgesloten. De coördinator kan iedereen opnieuw laten kiezen."
STILL_CHOOSING = "De leden kiezen nog. Sluit eerst het kiezen af."
SETTLED = "De volgorde ligt vast. Maak ze eerst los."
# With fewer, the order of their choices tells who chose what.
FEWEST_MEMBERS = 5
TOP_POINTS = {place: TOP + 1 - place for place in range(1, TOP + 1)}


class RankingChangedError(ValidationError):
    """Somebody else changed the order or the choice since the page was opened."""

    def __init__(self, sentence: str = CHANGED) -> None:
        super().__init__(sentence)


@transaction.atomic
def save_top(
    *,
    member: SteeringGroupMember,
    problems: Sequence[ProblemStatement],
    seen: Sequence[int],
    on: date,
) -> None:
    """Replace the top three of one member, the most important first.

    `seen` holds the keys of the problems that the page showed as chosen. Raises
    RankingChangedError when somebody else noted another choice since, and ValidationError when the choosing ended, when somebody does not
    judge on that day, and when a problem is named twice or is of another project.
    """
    ranking = _lock(member.project)
    if ranking.is_closed:
        raise ValidationError(CLOSED)
    seats = member.project.steering_group.voting(on)
    if not seats.filter(pk=member.pk).exists():
        raise ValidationError(f"{member} kiest nu niet mee.")
    if not problems:
        raise ValidationError("Kies minstens één probleem.")
    if len(problems) > TOP:
        raise ValidationError(f"Kies hoogstens {TOP} problemen.")
    if len({problem.pk for problem in problems}) < len(problems):
        raise ValidationError("Kies drie keer een ander probleem.")
    if any(problem.project_id != member.project_id for problem in problems):
        raise ValidationError("Kies alleen uit de problemen van dit project.")
    if list(seen) != list(member.problem_picks.values_list("problem_id", flat=True)):
        raise RankingChangedError(CHOICE_CHANGED)
    member.problem_picks.all().delete()
    ProblemPick.objects.bulk_create(
        ProblemPick(member=member, problem=problem, place=place)
        for place, problem in enumerate(problems, start=1)
    )


@transaction.atomic
def close_choosing(*, project: Project, seen: int, on: date) -> None:
    """End the choosing: from now on nobody chooses anew, and the order can be settled."""
    ranking = _lock(project)
    if ranking.is_closed:
        raise ValidationError("Het kiezen is al afgesloten.")
    _claim(ranking, seen, closed_on=on)


@transaction.atomic
def sort_by_choices(*, project: Project, seen: int, on: date) -> None:
    """Put the problems in the order of the choices; what is level keeps its order.

    Raises ValidationError when fewer than five members chose.
    """
    ranking = _lock(project)
    if not ranking.is_closed:
        raise ValidationError(STILL_CHOOSING)
    if ranking.is_settled:
        raise ValidationError(SETTLED)
    picks = list(ProblemPick.objects.counting(project, on))
    if len({pick.member_id for pick in picks}) < FEWEST_MEMBERS:
        raise ValidationError(
            f"Minstens {FEWEST_MEMBERS} leden moeten gekozen hebben. Anders verraadt de "
            "volgorde wie wat koos. Bespreek ze samen en zet de problemen zelf goed."
        )
    _claim(ranking, seen)
    points: dict[int, int] = {}
    for pick in picks:
        points[pick.problem_id] = (
            points.get(pick.problem_id, 0) + TOP_POINTS[pick.place]
        )
    problems = list(project.problem_statements.all())
    _number(sorted(problems, key=lambda problem: -points.get(problem.pk, 0)))


@transaction.atomic
def move_problem(*, problem: ProblemStatement, earlier: bool, seen: int) -> None:
    """Move a problem one place; `seen` is the version the page was opened with."""
    ranking = _lock(problem.project)
    if ranking.is_settled:
        raise ValidationError(SETTLED)
    problems = list(problem.project.problem_statements.all())
    place = problems.index(problem)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(problems):
        raise ValidationError("Dit probleem staat al op het einde van de lijst.")
    _claim(ranking, seen)
    problems[place], problems[other] = problems[other], problems[place]
    _number(problems)


@transaction.atomic
def settle_order(*, project: Project, seen: int, on: date) -> None:
    """Fix the order that the steering group agreed on."""
    ranking = _lock(project)
    if ranking.is_settled:
        raise ValidationError("De volgorde ligt al vast.")
    if not ranking.is_closed:
        raise ValidationError(STILL_CHOOSING)
    _claim(ranking, seen, settled_on=on)


@transaction.atomic
def choose_again(*, project: Project, seen: int) -> None:
    """Let everybody change their choice; the order stays."""
    ranking = _lock(project)
    if not ranking.is_closed:
        raise ValidationError("Iedereen kan nu al kiezen.")
    _claim(ranking, seen, closed_on=None, settled_on=None)


def _lock(project: Project) -> ProblemRanking:
    """Return the ranking of a project, made when it is missing, locked until the end."""
    # The project first: two requests may not both make the missing row.
    Project.objects.select_for_update().get(pk=project.pk)
    ranking, _ = ProblemRanking.objects.select_for_update().get_or_create(
        project=project
    )
    return ranking


def _claim(ranking: ProblemRanking, seen: int, **changes: date | None) -> None:
    """Take the next version number in one conditional update, or say who was first."""
    claimed = ProblemRanking.objects.filter(pk=ranking.pk, version=seen).update(
        version=F("version") + 1, **changes
    )
    if not claimed:
        raise RankingChangedError


def _number(problems: Sequence[ProblemStatement]) -> None:
    for rank, problem in enumerate(problems, start=1):
        if problem.rank != rank:
            problem.rank = rank
            problem.save(update_fields=["rank"])
