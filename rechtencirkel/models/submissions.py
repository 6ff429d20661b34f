"""What was answered to a request that changes a sheet, so that sending again is safe.

A device without network cannot know whether its request arrived. It sends the same
request again, under the same key, and gets the same answer; nothing happens twice. A row
tells which fields were written, never what stood in them: words live on the sheet only.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from accounts.models import User
from projects.models import Project

# Longer than anything stays on a device, with room for a clock that is wrong.
DAYS_ANSWER_KEPT = 120


class AnsweredRequestQuerySet(models.QuerySet["AnsweredRequest"]):
    def outlived(self, now: datetime) -> "AnsweredRequestQuerySet":
        """Return what no device can still ask about."""
        return self.filter(made_on__lt=now - timedelta(days=DAYS_ANSWER_KEPT))


class AnsweredRequest(models.Model):
    """One request of one user in one project, and the answer it got.

    Written in the transaction of the change itself: there is a row exactly when there is
    a change.
    """

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        related_name="answered_requests",
        verbose_name="van wie",
    )
    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="answered_requests",
        verbose_name="project",
    )
    key = models.UUIDField("sleutel")
    body_sha256 = models.CharField("vingerafdruk van de vraag", max_length=64)
    code = models.PositiveSmallIntegerField("antwoordcode", default=200)
    result = models.JSONField("antwoord", default=dict)
    made_on = models.DateTimeField("gemaakt op", db_index=True)

    objects = AnsweredRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "beantwoorde vraag"
        verbose_name_plural = "beantwoorde vragen"
        ordering = ["made_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "project", "key"], name="answered_request_once"
            ),
            models.CheckConstraint(
                condition=Q(code__in=[200, 409, 422]),
                name="answered_request_code_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.code}"
