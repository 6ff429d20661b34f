"""The weekly mail: one row per person and week, so that nobody ever gets it twice."""

from django.db import models
from django.utils import timezone

from accounts.models import User


class Digest(models.Model):
    """One person's mail of one week, claimed before it is sent.

    `week_of` is the Monday. A row without `sent_at` was claimed and did not get out: a
    mail server that refused may be tried again, a worker that died is not, because it may
    have died after sending.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="digests", verbose_name="aan"
    )
    week_of = models.DateField("week van maandag")
    claimed_at = models.DateTimeField("begonnen op", default=timezone.now)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=1)
    refused = models.BooleanField("geweigerd door de mailserver", default=False)

    class Meta:
        verbose_name = "weekmail"
        verbose_name_plural = "weekmails"
        ordering = ["-week_of", "user", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "week_of"], name="digest_once_a_week"
            )
        ]

    def __str__(self) -> str:
        return f"Weekmail van {self.week_of:%d/%m/%Y} aan {self.user}"
