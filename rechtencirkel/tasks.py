"""What happens by itself: how words were typed is deleted after its thirty days."""

import logging

from celery import shared_task
from django.utils import timezone

from rechtencirkel.models import OpenAnswer, Quote

logger = logging.getLogger(__name__)


@shared_task
def wipe_originals() -> int:
    """Delete the originals of what was read over thirty days ago; return how many.

    Runs daily; twice, or a day late, does no harm.
    """
    today = timezone.localdate()
    wiped = Quote.objects.wipe_originals(today)
    wiped += OpenAnswer.objects.wipe_originals(today)
    logger.info("Originals wiped: %s", wiped)
    return wiped
