"""What the course of a project asks of every caller: phases, chances, participation."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kader.vocabulary import ParticipationMoment, ParticipationState, Phase
from projects.course import PhaseStep
from projects.models import Opportunity, ParticipationCheck, PhaseChange, Project


@transaction.atomic
def change_phase(
    *, project: Project, phase: Phase, reason: str, changed_by: User | None, on: date
) -> PhaseChange:
    """Go to another phase; nothing is locked, but leaving the order owes a reason (R8).

    The analysis of a planning that not every member finds feasible may start all the
    same, with a written reason that stays on record (R6).
    """
    # Of two coordinators at once, the second is judged from where the first went.
    stored = Project.objects.select_for_update().get(pk=project.pk)
    reason = reason.strip()
    if phase == stored.phase:
        raise ValidationError(
            {"phase": f"Jullie zijn al in de fase {phase.label}. Kies een andere."}
        )
    planning = stored.plannings.current()
    step = PhaseStep(
        phase,
        current=Phase(stored.phase),
        is_agreed=planning is not None and planning.agreed_on is not None,
    )
    if not step.accepts(reason):
        raise ValidationError({"reason": _ask_for_reason(step)})
    change = PhaseChange.objects.create(
        project=stored,
        phase=phase,
        changed_on=on,
        reason=reason,
        was_agreed=not step.is_early,
        changed_by=changed_by,
    )
    stored.phase = phase
    stored.save(update_fields=["phase"])
    project.phase = phase
    return change


def _ask_for_reason(step: PhaseStep) -> str:
    if step.is_early:
        return (
            "De planning is nog niet goedgekeurd. "
            "Schrijf in één zin waarom jullie toch al starten."
        )
    return step.sentence


def use_opportunity(*, opportunity: Opportunity) -> None:
    """Note that something was done with a chance."""
    opportunity.is_used = True
    opportunity.save(update_fields=["is_used"])


@transaction.atomic
def note_participation(
    *,
    project: Project,
    moment: ParticipationMoment,
    state: ParticipationState,
    text: str,
    on: date,
) -> ParticipationCheck:
    """Note how the group took part at one moment, or why not, over what stood there."""
    if not text.strip():
        raise ValidationError({"text": "Schrijf in één zin hoe, of waarom niet."})
    # Two people who note the same moment at once: the last one stays, none breaks.
    Project.objects.select_for_update().get(pk=project.pk)
    check, _ = ParticipationCheck.objects.update_or_create(
        project=project,
        moment=moment,
        defaults={"state": state, "text": text.strip(), "checked_on": on},
    )
    return check
