"""What changes several rows around an action: its state, its follow-up, its feedback."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from accounts.models import User
from dialogue.models import Conclusion
from improvement_actions.models import (
    ALLOWED_TRANSITIONS,
    REASON_NEEDED,
    Feedback,
    FeedbackDuty,
    FollowUp,
    ImprovementAction,
)
from improvement_actions.models.action import MAX_TITLE, NEWS_FOR_THE_GROUP
from kader.vocabulary import ActionStatus
from projects.models import Opportunity, Project, TargetGroup
from rechtencirkel.models import ProblemStatement

# The group hears within two months; a proposal of this product (P24 gives no number).
DAYS_TO_TELL = 60

FIRST_LINES = {
    ActionStatus.DECIDED: "Beslist in de dialoog.",
    ActionStatus.IDEA: "Opgeschreven.",
}


def propose_action(
    *,
    project: Project,
    conclusion: Conclusion | None,
    problem: ProblemStatement | None,
    opportunity: Opportunity | None = None,
) -> ImprovementAction:
    """Return an action, not stored yet, with what follows from where it comes from."""
    action = ImprovementAction(
        project=project, conclusion=conclusion, problem_statement=problem
    )
    if opportunity is not None:
        action.title = Truncator(opportunity.text.rstrip(".")).chars(MAX_TITLE)
        action.description = opportunity.chance
        action.is_opportunity = True
    if conclusion is not None:
        action.title = Truncator(conclusion.text.rstrip(".")).chars(MAX_TITLE)
        action.domains = conclusion.agenda_item.domains
        action.problem_statement = problem or conclusion.agenda_item.problem_statement
    if action.problem_statement is not None:
        action.domains = action.problem_statement.domains
        action.rights = action.problem_statement.rights
    return action


@transaction.atomic
def create_action(
    *,
    action: ImprovementAction,
    target_groups: Collection[TargetGroup],
    created_by: User,
    on: date,
) -> ImprovementAction:
    """Store a new action with the first line of its story.

    What the dialogue agreed to do starts as decided, and the groups behind it have to
    hear that; everything else starts as an idea.
    """
    action.status = action.starting_status
    if action.indicator_now is None:
        action.indicator_now = action.indicator_start
    action.save()
    action.target_groups.set(target_groups)
    status = action.status_term
    FollowUp.objects.create(
        action=action,
        happened_on=on,
        text=FIRST_LINES[status],
        status=status,
        written_by=created_by,
    )
    if status in NEWS_FOR_THE_GROUP:
        open_duties(action=action, status=status, on=on)
    return action


@transaction.atomic
def update_action(
    *,
    action: ImprovementAction,
    target_groups: Collection[TargetGroup],
    on: date,
) -> ImprovementAction:
    """Store what changed in an action; a group that joins has to hear the last news."""
    current = ImprovementAction.objects.select_for_update().get(pk=action.pk)
    known = set(current.target_groups.all())
    # These move by follow-up alone, never by a stale form.
    action.status, action.status_reason = current.status, current.status_reason
    action.indicator_now = current.indicator_now
    action.save()
    action.target_groups.set(target_groups)
    status = action.status_term
    if status in NEWS_FOR_THE_GROUP:
        joined = [group for group in target_groups if group not in known]
        _open_duties(action, status, on, joined)
    return action


@transaction.atomic
def follow_up(
    *,
    action: ImprovementAction,
    text: str,
    happened_on: date,
    written_by: User,
    status: ActionStatus | None = None,
    indicator_value: Decimal | None = None,
) -> FollowUp:
    """Append what happened; with a status, also move the action there.

    A move that is news for the group opens a duty to tell each group behind the action.
    Raises ValidationError for a move the table does not allow, and for the text "" where
    a reason is needed.
    """
    current = ImprovementAction.objects.select_for_update().get(pk=action.pk)
    changed = ["indicator_now"] if indicator_value is not None else []
    if indicator_value is not None:
        current.indicator_now = indicator_value
    if status is not None:
        _move(current, status, text)
        changed += ["status", "status_reason"]
    if changed:
        current.save(update_fields=changed)
    line = FollowUp.objects.create(
        action=current,
        happened_on=happened_on,
        text=text,
        status=status or "",
        indicator_value=indicator_value,
        written_by=written_by,
    )
    if status in NEWS_FOR_THE_GROUP:
        open_duties(action=current, status=status, on=happened_on)
    action.refresh_from_db()
    return line


def open_duties(
    *, action: ImprovementAction, status: ActionStatus, on: date
) -> list[FeedbackDuty]:
    """Open a duty for every group behind the action; a second piece of news joins it."""
    return _open_duties(action, status, on, action.target_groups.all())


@transaction.atomic
def record_feedback(
    *, feedback: Feedback, actions: Collection[ImprovementAction]
) -> Feedback:
    """Store a moment of feedback; fulfil the open duties of that group and actions.

    Only news from before or on that day is told: what happened later stays to be told,
    also when it had joined a duty that was open already.
    """
    feedback.save()
    feedback.actions.set(actions)
    told = FeedbackDuty.objects.open().filter(
        target_group=feedback.target_group,
        action__in=actions,
        opened_on__lte=feedback.given_on,
    )
    for duty in told.select_related("action"):
        duty.fulfilled_by = feedback
        duty.save(update_fields=["fulfilled_by"])
        later = duty.action.follow_ups.filter(
            status__in=NEWS_FOR_THE_GROUP, happened_on__gt=feedback.given_on
        )
        for line in later.order_by("happened_on", "pk"):
            _open_duties(
                duty.action,
                ActionStatus(line.status),
                line.happened_on,
                [feedback.target_group],
            )
    return feedback


def _open_duties(
    action: ImprovementAction,
    status: ActionStatus,
    on: date,
    groups: Iterable[TargetGroup],
) -> list[FeedbackDuty]:
    duties = []
    for group in groups:
        duty, _ = FeedbackDuty.objects.update_or_create(
            action=action,
            target_group=group,
            fulfilled_by=None,
            defaults={"status": status},
            create_defaults={
                "status": status,
                "opened_on": on,
                "due_on": on + timedelta(days=DAYS_TO_TELL),
            },
        )
        duties.append(duty)
    return duties


def _move(action: ImprovementAction, status: ActionStatus, text: str) -> None:
    if status not in ALLOWED_TRANSITIONS[ActionStatus(action.status)]:
        now = ActionStatus(action.status).label.lower()
        raise ValidationError(
            f"Deze actie is {now} en kan niet meteen naar {status.label.lower()}."
        )
    if status in REASON_NEEDED and not text.strip():
        raise ValidationError("Schrijf waarom: de groep heeft recht op uitleg.")
    action.status = status
    action.status_reason = text[:300] if status in REASON_NEEDED else ""
