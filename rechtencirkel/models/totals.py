"""What a conversation adds up to per domain, stored when it is handed in.

Pages and reports read these rows and never the answers: the cost of a page does not grow
with the number of answers.
"""

from datetime import date

from django.db import models

from kader.fields import one_of
from kader.vocabulary import ServiceDomain, Side
from projects.models import Project
from rechtencirkel.models.conversation import Conversation
from rechtencirkel.models.questions import Round


class DomainTotalQuerySet(models.QuerySet["DomainTotal"]):
    def counted(self, on: date) -> "DomainTotalQuerySet":
        """Return the totals of the conversations that count on that day.

        Countable is not yet shown: pages read publications, never these rows.
        """
        return self.filter(
            conversation__in=Conversation.objects.counted(on)
        ).select_related("conversation")

    def waiting(self) -> "DomainTotalQuerySet":
        """Return what was handed in and stands in no publication yet."""
        return self.filter(published_on=None)

    def published(self, on: date) -> "DomainTotalQuerySet":
        """Return what stands in a publication, of reports that are not open on that day.

        The figures of a report that was opened again stay, and its words wait.
        """
        return self.counted(on).filter(published_on__lte=on)


class DomainTotal(models.Model):
    """The totals of one conversation for one domain.

    `points` holds eleven counts, for 0 to 10 points. `options` maps a question code to
    five counts in the order of `AnswerOption`. `is_joint` says that the group gave its
    points as one score. `published_on` is the day of the first
    publication that holds it; until then nothing of it is shown. `told` is what of it
    stands in the figures (rechtencirkel.batches.Told): it differs from the rest while a
    question waits, and after a correction that may not follow.
    """

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="domain_totals"
    )
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="totals")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="totals"
    )
    side = models.CharField("kant", max_length=20, choices=Side)
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    people = models.PositiveSmallIntegerField("mensen")
    points = models.JSONField("punten")
    options = models.JSONField("antwoorden")
    is_joint = models.BooleanField("punten samen gegeven", default=False)
    published_on = models.DateField("getoond sinds", null=True, blank=True)
    told = models.JSONField("wat ervan getoond is", null=True, blank=True)

    objects = DomainTotalQuerySet.as_manager()

    class Meta:
        verbose_name = "totaal"
        verbose_name_plural = "totalen"
        ordering = ["conversation", "pk"]
        indexes = [
            models.Index(
                fields=["project", "round", "side", "domain"],
                name="domain_total_lookup",
            )
        ]
        constraints = [
            one_of("domain_total", "side", Side),
            one_of("domain_total", "domain", ServiceDomain),
            models.UniqueConstraint(
                fields=["conversation", "domain"], name="domain_total_once"
            ),
            models.CheckConstraint(
                condition=models.Q(published_on=None) | models.Q(told__isnull=False),
                name="domain_total_published_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation}, {ServiceDomain(self.domain).label}"
