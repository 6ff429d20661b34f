"""What happens in the background: making reports, and the mail of Monday morning.

The row is the truth and the queue only a bell. A task may be delivered twice, late or
never: it claims the row by a conditional update, finishes only the attempt it began, and
`recover_reports` rings again for whatever was left behind. A mail is claimed before it is
sent, and a claim is given back only when the mail server itself refused.
"""

import hashlib
import logging
import os
from datetime import date, timedelta
from pathlib import Path
from smtplib import SMTPException

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_ready
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from projects.models import Membership
from rechtencirkel.models import Quote
from reports.digest import Letter, write_letter
from reports.models import MAX_ATTEMPTS, Digest, Report, ReportStatus
from reports.pdf import PdfLibrariesMissingError, make_progress_pdf

logger = logging.getLogger(__name__)

NO_LIBRARIES = "De PDF-bibliotheken ontbreken op de server. Vraag de beheerder om ze te installeren."
TOO_LONG = "Het rapport duurde te lang en is stopgezet. Probeer het later opnieuw."
TOO_OFTEN = "Het rapport is drie keer mislukt. Probeer het later opnieuw."


@shared_task
def make_report(report_id: int) -> None:
    """Make one report, if it still waits."""
    report = _claim(report_id)
    if report is None:
        return
    try:
        _work(report)
    except PdfLibrariesMissingError:
        logger.exception("No PDF libraries for report %s", report.pk)
        _fail(report, NO_LIBRARIES)
    except SoftTimeLimitExceeded:
        logger.exception("Report %s took too long", report.pk)
        _fail(report, TOO_LONG)
    except Exception:
        logger.exception("Report %s failed", report.pk)
        _give_back(report)
        raise


@shared_task
def send_digests() -> int:
    """Ring for everybody who may have something to read this week; return how many.

    Runs more than once on a Monday, so that a mail server that slept is asked again;
    who has this week's mail is not asked about twice.
    """
    today = timezone.localdate()
    week_of = today - timedelta(days=today.weekday())
    had_it = Digest.objects.filter(week_of=week_of, refused=False)
    at_work = Membership.objects.filter(project__closed_on=None)
    readers = User.objects.filter(
        is_active=True, wants_digest=True, pk__in=at_work.values("user_id")
    ).exclude(pk__in=had_it.values("user_id"))
    ids = list(readers.values_list("pk", flat=True))
    for user_id in ids:
        send_digest.delay(user_id, week_of.isoformat())
    return len(ids)


@shared_task
def send_digest(user_id: int, week_of: str) -> bool:
    """Send one person's mail of the week of that Monday, at most once; say if it went.

    Two workers with the same task write one mail: the row decides who sends. A worker
    that dies after claiming sends nothing more this week: better none than two.
    """
    user = User.objects.filter(pk=user_id, is_active=True, wants_digest=True).first()
    letter = write_letter(user, date.fromisoformat(week_of)) if user else None
    if letter is None or not _claim_digest(letter):
        return False
    mine = Digest.objects.filter(user=letter.user, week_of=letter.week_of)
    try:
        _mail(letter)
    except (SMTPException, OSError):
        logger.exception("No weekly mail could be sent to user %s", user_id)
        mine.update(refused=True)
        return False
    mine.update(sent_at=timezone.now(), refused=False)
    return True


def _claim_digest(letter: Letter) -> bool:
    """Take this week's mail of this person, new or refused before; False when too late."""
    digest, is_new = Digest.objects.get_or_create(
        user=letter.user, week_of=letter.week_of
    )
    if is_new:
        return True
    refused = Digest.objects.filter(
        pk=digest.pk, refused=True, attempts__lt=MAX_ATTEMPTS
    )
    again = refused.update(
        refused=False, attempts=F("attempts") + 1, claimed_at=timezone.now()
    )
    return again == 1


def _mail(letter: Letter) -> None:
    context = {
        "letter": letter,
        "site": settings.SITE_URL,
        "off": f"{settings.SITE_URL}{reverse('accounts:profile_edit')}",
    }
    send_mail(
        letter.subject,
        render_to_string("reports/digest_mail.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [letter.user.email],
    )


@shared_task
def recover_reports() -> int:
    """Ring again for reports that wait, and take back what a dead worker held."""
    now = timezone.now()
    for report in Report.objects.abandoned(now):
        logger.warning("Report %s was left behind", report.pk)
        _give_back(report)
    waiting = list(
        Report.objects.filter(status=ReportStatus.WAITING).values_list("pk", flat=True)
    )
    for report_id in waiting:
        make_report.delay(report_id)
    return len(waiting)


@worker_ready.connect
def recover_at_start(**_: object) -> None:
    """Recover as soon as a worker stands up.

    Where it is the only one, everything half done is its predecessor's, so there is no
    need to wait for the lease.
    """
    if settings.SINGLE_WORKER:
        Report.objects.filter(status=ReportStatus.RUNNING).update(
            lease_until=timezone.now() - timedelta(seconds=1)
        )
    recover_reports.delay()


def _claim(report_id: int) -> Report | None:
    """Take a waiting report; None when another worker was first or it is done."""
    claimed = Report.objects.filter(pk=report_id, status=ReportStatus.WAITING).update(
        status=ReportStatus.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=timezone.now() + timedelta(seconds=settings.REPORT_LEASE_SECONDS),
        step=1,
    )
    if not claimed:
        return None
    return Report.objects.select_related("project__municipality").get(pk=report_id)


def _work(report: Report) -> None:
    made = make_progress_pdf(report, on_step=lambda step: _show_step(report, step))
    printed = made.snapshot.get("quotes", ())
    if Quote.objects.may_no_longer_be_shown().filter(pk__in=printed).exists():
        # Somebody came back on a quote, or withheld it, while it was being printed: once more, without.
        _give_back(report)
        return
    name = f"reports/{report.pk}-{report.attempts}.pdf"
    _write(Path(settings.MEDIA_ROOT) / name, made.content)
    finished = _mine(report).update(
        status=ReportStatus.READY,
        file=name,
        sha256=hashlib.sha256(made.content).hexdigest(),
        page_count=made.page_count,
        snapshot=made.snapshot,
        finished_at=timezone.now(),
        lease_until=None,
    )
    if not finished:
        # Another worker took over and its file counts; ours would be an orphan.
        (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _give_back(report: Report) -> None:
    """Let a report wait again, or end it after the last attempt."""
    if report.attempts >= MAX_ATTEMPTS:
        _fail(report, TOO_OFTEN)
        return
    _mine(report).update(status=ReportStatus.WAITING, step=0, lease_until=None)


def _fail(report: Report, reason: str) -> None:
    _mine(report).update(
        status=ReportStatus.FAILED,
        failure=reason,
        finished_at=timezone.now(),
        lease_until=None,
    )


def _show_step(report: Report, step: int) -> None:
    _mine(report).update(step=step)


def _mine(report: Report) -> "QuerySet[Report]":
    """Return the row as long as this attempt is the one that runs (fencing)."""
    return Report.objects.filter(
        pk=report.pk, status=ReportStatus.RUNNING, attempts=report.attempts
    )
