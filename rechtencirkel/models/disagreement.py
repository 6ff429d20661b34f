"""Where the group did not agree with itself: a note per domain, for the report only."""

from django.db import models

from kader.fields import one_of
from kader.vocabulary import ServiceDomain
from rechtencirkel.models.conversation import Conversation

DISAGREEMENT_MAX_LENGTH = 1000


class DisagreementNote(models.Model):
    """What the group was divided about in one domain.

    Free words, so it stays on the sheet as an open answer does (P7).
    """

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="disagreements",
        verbose_name="gesprek",
    )
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    text = models.TextField(
        "waarover was de groep het niet eens?", max_length=DISAGREEMENT_MAX_LENGTH
    )

    class Meta:
        verbose_name = "verschil van mening"
        verbose_name_plural = "verschillen van mening"
        ordering = ["conversation", "pk"]
        constraints = [
            one_of("disagreement", "domain", ServiceDomain),
            models.UniqueConstraint(
                fields=["conversation", "domain"], name="disagreement_once_per_domain"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
