"""What changes several rows of the planning: versions, votes and the approval.

Every function locks the project first, so that two people who save at the same moment
follow one after the other.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kader.vocabulary import ConditionAnswer, Feasibility
from projects.composition import check_composition
from projects.feasibility import FeasibilityCheck, check_feasibility, mark_of
from projects.models import (
    FeasibilityVote,
    Planning,
    PlanningStep,
    Project,
    SteeringGroupMember,
)
from projects.planning_changes import changes_between

NEWER_VERSION = "Intussen is er een nieuwe planning. Lees die eerst."


@transaction.atomic
def propose_planning(
    *, planning: Planning, steps: Iterable[PlanningStep], seen: int
) -> Planning:
    """Store a planning with its steps as the next version of its project (R6).

    `seen` is the version it was made from, 0 for none: a newer one is never overruled
    unread. Other dates, target numbers or hours make it a big change, whatever the
    caller says, and every member judges again. A small change keeps the votes and the
    approval. Raises ValidationError when nothing changes.
    """
    project = _locked(planning.project_id)
    newest = project.plannings.current()
    version = newest.version if newest else 0
    if version != seen:
        raise ValidationError(
            f"Intussen bewaarde iemand anders planning {version}. Kijk na wat er "
            "veranderde en bewaar dan opnieuw.",
            code="newer",
        )
    given = list(steps)
    changes = changes_between(newest, _steps_of(newest), planning, given)
    if newest and not changes:
        raise ValidationError("Er is niets veranderd aan de planning.", code="same")
    planning.pk = None
    planning.version = version + 1
    planning.is_major = (
        newest is None or planning.is_major or any(c.is_major for c in changes)
    )
    planning.agreed_on = None if planning.is_major or not newest else newest.agreed_on
    planning.save(force_insert=True)
    _store_steps(planning, given)
    if newest and not planning.is_major:
        _take_votes_over(newest, planning)
    return planning


@transaction.atomic
def cast_vote(
    *,
    planning: Planning,
    member: SteeringGroupMember,
    choice: Feasibility,
    condition: str,
    on: date,
) -> FeasibilityVote:
    """Store what a member says about a version, and approve it if that was the last.

    Raises ValidationError when a newer version came, when it was approved already, or
    when this seat does not judge. What the coordinator answered before is cleared.
    """
    return _store_vote(planning, member, choice, condition, None, on)


@transaction.atomic
def record_vote(
    *,
    planning: Planning,
    member: SteeringGroupMember,
    choice: Feasibility,
    condition: str,
    recorded_by: User,
    on: date,
) -> FeasibilityVote:
    """Store what a member without an account said aloud; as `cast_vote` otherwise.

    Whoever has an account judges alone: nobody else does it in that name.
    """
    if member.speaks_for_self:
        raise ValidationError(f"{member} heeft een account en oordeelt zelf.")
    return _store_vote(planning, member, choice, condition, recorded_by, on)


@transaction.atomic
def answer_condition(
    *, vote: FeasibilityVote, answer: ConditionAnswer, text: str, seen: str, on: date
) -> FeasibilityVote:
    """Store what the coordinator answers, and approve the planning if that was the last.

    `seen` is the mark of what the coordinator read (feasibility.mark_of): a condition
    that was rewritten meanwhile is not answered unread.
    """
    planning = vote.planning
    _locked(planning.project_id)
    _require_open(planning)
    fresh = FeasibilityVote.objects.filter(pk=vote.pk).first()
    if fresh is None or mark_of(fresh) != seen:
        raise ValidationError(
            "Intussen veranderde dit lid het oordeel. Lees het opnieuw."
        )
    if fresh.choice == Feasibility.FEASIBLE:
        raise ValidationError("Dit lid vindt de planning haalbaar, zonder voorwaarde.")
    text = text.strip()
    if answer == ConditionAnswer.NOT_ACCEPTED and not text:
        raise ValidationError("Schrijf in één zin waarom het niet kan.")
    fresh.answer = answer
    fresh.answer_text = text
    fresh.answered_on = on
    fresh.save(update_fields=["answer", "answer_text", "answered_on"])
    settle_planning(planning=planning, on=on)
    return fresh


@transaction.atomic
def settle_planning(*, planning: Planning, on: date) -> bool:
    """Approve the newest version if every member who judges finds it feasible (R1, R6).

    Returns whether it was approved now. Call it after anything that can change the
    outcome: a vote, an answer, a seat that begins or ends. Calling it again changes
    nothing, and what was approved stays approved until a big change. Six queries.
    """
    project = _locked(planning.project_id)
    newest = project.plannings.current()
    if newest is None or newest.pk != planning.pk:
        return False
    if not feasibility_of(newest, on=on).may_be_agreed:
        return False
    # The condition, not the row in hand, decides who is first.
    settled = Planning.objects.filter(pk=newest.pk, agreed_on=None).update(agreed_on=on)
    if settled:
        planning.agreed_on = on
    return bool(settled)


def feasibility_of(planning: Planning, *, on: date) -> FeasibilityCheck:
    """Return who judged a version and who has yet to. Two queries, none for loaded votes."""
    project = planning.project
    members = list(project.steering_group.active(on).with_organisation())
    return check_feasibility(
        agreed_on=planning.agreed_on,
        members=members,
        votes=planning.votes.all(),
        composition=check_composition(members),
    )


def _locked(project_id: int) -> Project:
    return Project.objects.select_for_update().get(pk=project_id)


def _require_open(planning: Planning) -> None:
    """Refuse what is no longer the newest version, or was approved already."""
    newest = Planning.objects.filter(project_id=planning.project_id).current()
    if newest is None or newest.pk != planning.pk:
        raise ValidationError(NEWER_VERSION, code="newer")
    if newest.agreed_on is not None:
        raise ValidationError(
            "Deze planning is al goedgekeurd. Bij een grote wijziging oordelen alle "
            "leden opnieuw.",
            code="agreed",
        )


def _store_vote(
    planning: Planning,
    member: SteeringGroupMember,
    choice: Feasibility,
    condition: str,
    recorded_by: User | None,
    on: date,
) -> FeasibilityVote:
    project = _locked(planning.project_id)
    _require_open(planning)
    if not project.steering_group.voting(on).filter(pk=member.pk).exists():
        raise ValidationError(f"{member} oordeelt niet over deze planning.")
    condition = condition.strip()
    if choice != Feasibility.FEASIBLE and not condition:
        raise ValidationError("Schrijf in één zin wat er moet veranderen.")
    if choice == Feasibility.FEASIBLE and condition:
        raise ValidationError("Bij ‘haalbaar’ hoort geen voorwaarde.")
    vote, _ = FeasibilityVote.objects.update_or_create(
        planning=planning,
        member=member,
        defaults={
            "choice": choice,
            "condition": condition,
            "cast_on": on,
            "recorded_by": recorded_by,
            "answer": "",
            "answer_text": "",
            "answered_on": None,
        },
    )
    settle_planning(planning=planning, on=on)
    return vote


def _steps_of(planning: Planning | None) -> Sequence[PlanningStep]:
    return list(planning.steps.select_related("owner")) if planning else []


def _store_steps(planning: Planning, steps: Sequence[PlanningStep]) -> None:
    for position, step in enumerate(steps):
        step.pk = None
        step.planning = planning
        step.position = position
    PlanningStep.objects.bulk_create(steps)


def _take_votes_over(old: Planning, new: Planning) -> None:
    votes = list(old.votes.order_by("pk"))
    for vote in votes:
        vote.pk = None
        vote.planning = new
    FeasibilityVote.objects.bulk_create(votes)
