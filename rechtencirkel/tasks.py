"""What happens by itself every day: answers come out, links close, originals go."""

import logging
import time

from celery import shared_task
from django.utils import timezone

from rechtencirkel.link_answers import settle_all
from rechtencirkel.models import (
    AnsweredRequest,
    BarrierMention,
    LiveSession,
    OpenAnswer,
    Quote,
    WrittenAnswer,
)
from rechtencirkel.photo_files import delete_expired_photos, sweep_photos
from rechtencirkel.publishing import publish_due

logger = logging.getLogger(__name__)


@shared_task
def wipe_originals() -> int:
    """Delete the originals of what was read over thirty days ago; return how many.

    Runs daily; twice, or a day late, does no harm.
    """
    today = timezone.localdate()
    wiped = Quote.objects.wipe_originals(today)
    wiped += BarrierMention.objects.wipe_originals(today)
    wiped += OpenAnswer.objects.wipe_originals(today)
    wiped += WrittenAnswer.objects.wipe_originals(today)
    logger.info("Originals wiped: %s", wiped)
    return wiped


@shared_task
def delete_photos() -> int:
    """Delete the photos whose time is over, and files that belong to no row.

    Runs daily; twice, or a day late, does no harm. Returns how many files went.
    """
    deleted = delete_expired_photos(on=timezone.localdate())
    loose = sweep_photos(now=time.time())
    logger.info("Photos deleted: %s, loose files: %s", deleted, loose)
    return deleted + loose


@shared_task
def publish_answers_that_wait() -> int:
    """Publish what became countable overnight; a second run finds nothing to do."""
    return publish_due(timezone.localdate())


@shared_task
def settle_links() -> int:
    """Count or merge what waits behind closed links; return of how many measurements.

    May run twice or late: what was counted no longer waits.
    """
    return settle_all(timezone.localdate())


@shared_task
def forget_live_sessions() -> int:
    """Remove screens of a day ago with what was voted there; return how many.

    Runs every hour; twice, or late, does no harm.
    """
    return LiveSession.objects.outlived(timezone.now()).forget()


@shared_task
def forget_answered_requests() -> int:
    """Delete what no device can still ask about; return how many."""
    gone, _ = AnsweredRequest.objects.outlived(timezone.now()).delete()
    return gone
