"""What happens by itself every day: answers that may be shown since today come out."""

from celery import shared_task
from django.utils import timezone

from rechtencirkel.publishing import publish_due


@shared_task
def publish_answers_that_wait() -> int:
    """Publish what became countable overnight; a second run finds nothing to do."""
    return publish_due(timezone.localdate())
