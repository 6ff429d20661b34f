"""Asking for a report; making it is the work of reports.tasks."""

import logging
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from accounts.models import User
from projects.models import Project
from rechtencirkel.models import Conversation
from reports.models import Report, ReportKind, ReportStatus
from reports.tasks import make_report

logger = logging.getLogger(__name__)

BUSY = "Er wordt al een rapport gemaakt. Wacht tot het klaar is."


def request_report(
    *, project: Project, requested_by: User, introduction: str = ""
) -> Report:
    """Record the wish and ring the worker; asking twice gives the same report.

    The constraint in the database decides when two people ask at the same moment.
    """
    try:
        with transaction.atomic():
            report = Report.objects.create(
                project=project, requested_by=requested_by, introduction=introduction
            )
            transaction.on_commit(partial(_ring, report.pk))
    except IntegrityError:
        return project.reports.progress().unfinished().get()
    return report


def request_guide(*, conversation: Conversation, requested_by: User) -> Report:
    """Record the wish for the printed guide of a talk; asking twice gives the same one."""
    try:
        with transaction.atomic():
            guide = Report.objects.create(
                kind=ReportKind.GUIDE,
                project=conversation.project,
                conversation=conversation,
                requested_by=requested_by,
            )
            transaction.on_commit(partial(_ring, guide.pk))
    except IntegrityError:
        return Report.objects.guides().unfinished().get(conversation=conversation)
    return guide


@transaction.atomic
def retry_report(*, report: Report) -> Report:
    """Try a failed report again, with all its attempts."""
    if report.project.reports.progress().unfinished().exists():
        raise ValidationError(BUSY)
    revived = Report.objects.filter(pk=report.pk, status=ReportStatus.FAILED).update(
        status=ReportStatus.WAITING, attempts=0, step=0, failure=""
    )
    if not revived:
        raise ValidationError("Alleen een mislukt rapport kan opnieuw.")
    transaction.on_commit(partial(_ring, report.pk))
    report.refresh_from_db()
    return report


def _ring(report_id: int) -> None:
    """Ring the worker. A lost bell is no lost report: recovery reads the rows."""
    try:
        make_report.delay(report_id)
    except (OperationalError, OSError):
        logger.exception("The queue does not answer; report %s waits", report_id)
