"""Checks on what comes after the talks: problems, dialogue, actions, feedback, reports."""

import hashlib
from collections import defaultdict
from itertools import pairwise

from django.db.models import Exists, F, OuterRef, Q

from dialogue.models import AgendaItem, Conclusion, DialogueSession, SessionState
from improvement_actions.models import (
    ALLOWED_TRANSITIONS,
    Feedback,
    FeedbackDuty,
    FollowUp,
    ImprovementAction,
)
from improvement_actions.models.action import MAX_OTHER_WERKPISTES
from kader.vocabulary import ActionStatus
from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from rechtencirkel.models import ProblemStatement
from reports.models import Report, ReportStatus


@check(
    ProblemStatement, "Een uitspraak achter het probleem komt uit een ander project."
)
def problems_quote_their_own_project() -> Keys:
    # The table in between: a negation over many quotes would miss a single strange one.
    links = ProblemStatement.quotes.through.objects.exclude(
        quote__conversation__project=F("problemstatement__project")
    )
    return links.values_list("problemstatement_id", flat=True)


@check(ProblemStatement, "Een doelgroep van het probleem hoort bij een ander project.")
def problems_name_their_own_groups() -> Keys:
    return elsewhere(ProblemStatement, "target_groups")


@check(AgendaItem, "Het probleem op de agenda hoort bij een ander project.")
def agendas_stay_in_their_project() -> Keys:
    items = AgendaItem.objects.exclude(problem_statement=None)
    return keys(items.exclude(problem_statement__project=F("session__project")))


@check(Conclusion, "Het agendapunt hoort bij een andere dialoogsessie.")
def conclusions_stay_in_their_session() -> Keys:
    return keys(Conclusion.objects.exclude(agenda_item__session=F("session")))


@check(DialogueSession, "De sessie is afgesloten zonder dat beide kanten reageerden.")
def closed_sessions_are_confirmed() -> Keys:
    silent = Q(conclusions__target_confirmation="") | Q(
        conclusions__provider_confirmation=""
    )
    closed = DialogueSession.objects.filter(state=SessionState.CLOSED)
    return keys(closed.filter(silent))


@check(
    ImprovementAction, "Probleem, eigenaar of doelgroep hoort bij een ander project."
)
def actions_stay_in_their_project() -> Keys:
    return elsewhere(ImprovementAction, "problem_statement", "owner", "target_groups")


@check(ImprovementAction, "De conclusie hoort bij een ander project.")
def actions_follow_a_dialogue_of_their_project() -> Keys:
    actions = ImprovementAction.objects.exclude(conclusion=None)
    return keys(actions.exclude(conclusion__session__project=F("project")))


@check(ImprovementAction, "Te veel andere werkpistes, of de eigen werkpiste nog eens.")
def other_werkpistes_are_others_and_few() -> Keys:
    rows = ImprovementAction.objects.values_list("pk", "werkpiste", "other_werkpistes")
    return [
        pk
        for pk, main, others in rows
        if len(others) > MAX_OTHER_WERKPISTES or main in others
    ]


@check(ImprovementAction, "De stand is niet die van de laatste opvolging.")
def actions_stand_where_their_follow_up_says() -> Keys:
    rows = ImprovementAction.objects.values_list("pk", "status")
    history = _status_history()
    return [pk for pk, status in rows if pk in history and history[pk][-1] != status]


@check(ImprovementAction, "De opvolging springt naar een stand die niet mag volgen.")
def follow_up_walks_allowed_steps() -> Keys:
    return [
        pk
        for pk, statuses in _status_history().items()
        if any(
            after not in ALLOWED_TRANSITIONS[now] for now, after in pairwise(statuses)
        )
    ]


@check(Feedback, "De groep of een actie hoort bij een ander project.")
def feedback_stays_in_its_project() -> Keys:
    return elsewhere(Feedback, "target_group", "actions")


@check(FeedbackDuty, "De groep hoort bij een ander project dan de actie.")
def duties_stay_in_their_project() -> Keys:
    return keys(
        FeedbackDuty.objects.exclude(target_group__project=F("action__project"))
    )


@check(FeedbackDuty, "Vervuld door een terugkoppeling aan een andere groep of actie.")
def duties_are_fulfilled_by_their_own_feedback() -> Keys:
    told = Feedback.objects.filter(
        pk=OuterRef("fulfilled_by"),
        target_group=OuterRef("target_group"),
        actions=OuterRef("action"),
    )
    fulfilled = FeedbackDuty.objects.exclude(fulfilled_by=None)
    return keys(fulfilled.filter(~Exists(told)))


@check(Report, "Het bestand van het rapport ontbreekt of is veranderd.")
def ready_reports_have_their_file() -> Keys:
    ready = Report.objects.filter(status=ReportStatus.READY)
    return [report.pk for report in ready if _file_hash(report) != report.sha256]


@check(Report, "De leidraad hoort bij een gesprek van een ander project.")
def guides_stay_in_their_project() -> Keys:
    guides = Report.objects.guides()
    return keys(guides.exclude(conversation__project=F("project")))


@check(Report, "Het rapport is bezig, maar niemand heeft het in handen.")
def running_reports_have_a_lease() -> Keys:
    running = Report.objects.filter(status=ReportStatus.RUNNING)
    return keys(running.filter(lease_until=None))


def _status_history() -> dict[int, list[ActionStatus]]:
    """Return the states each action was given, oldest first: lines are only appended."""
    history: dict[int, list[ActionStatus]] = defaultdict(list)
    rows = FollowUp.objects.exclude(status="").order_by("pk")
    for action_id, status in rows.values_list("action_id", "status"):
        history[action_id].append(ActionStatus(status))
    return dict(history)


def _file_hash(report: Report) -> str | None:
    try:
        with report.file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None
