"""What happens every night: links whose last day is over give what they still held."""

from celery import shared_task
from django.utils import timezone

from rechtencirkel.services import settle_all


@shared_task
def settle_links() -> int:
    """Count or merge what waits behind closed links; return of how many measurements.

    May run twice or late: what was counted no longer waits.
    """
    return settle_all(timezone.localdate())
