"""What stands on a sheet: tallies, points, words, quotes and barriers.

Everything is counted per group. No row here has a person, an hour or an address.
"""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from kader.fields import one_of
from kader.vocabulary import (
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    ServiceDomain,
    Side,
)
from rechtencirkel.models.conversation import Conversation
from rechtencirkel.models.questions import RoundQuestion
from rechtencirkel.models.totals import DomainTotal, DomainTotalQuerySet
from rechtencirkel.suppression import QUOTE_THRESHOLD

ANSWER_MAX_LENGTH = 4000
QUOTE_MAX_LENGTH = 600
BARRIER_MAX_LENGTH = 200


def published_total(on: date) -> DomainTotalQuerySet:
    """Return, inside a query on words, the published total of the domain they are about."""
    return DomainTotal.objects.published(on).filter(
        conversation=OuterRef("conversation"), domain=OuterRef("domain")
    )


class OptionTally(models.Model):
    """How many people of the group chose one option of a closed question."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="option_tallies"
    )
    question = models.ForeignKey(RoundQuestion, on_delete=models.PROTECT)
    option = models.CharField("antwoord", max_length=20, choices=AnswerOption)
    people = models.PositiveSmallIntegerField("hoeveel")

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"
        ordering = ["conversation", "question", "pk"]
        constraints = [
            one_of("option_tally", "option", AnswerOption),
            models.UniqueConstraint(
                fields=["conversation", "question", "option"],
                name="option_tally_once",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1), name="option_tally_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option}: {self.people}"


class PointsTally(models.Model):
    """How many people of the group gave a domain this many points.

    A score that the group agreed on together counts for everybody in the room.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="points_tallies"
    )
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    points = models.PositiveSmallIntegerField("punten")
    people = models.PositiveSmallIntegerField("hoeveel")
    is_joint = models.BooleanField("samen gegeven", default=False)

    class Meta:
        verbose_name = "punten"
        verbose_name_plural = "punten"
        ordering = ["conversation", "domain", "points"]
        constraints = [
            one_of("points_tally", "domain", ServiceDomain),
            models.UniqueConstraint(
                fields=["conversation", "domain", "points"], name="points_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(points__lte=10), name="points_tally_up_to_ten"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1), name="points_tally_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}: {self.people}"


class OpenAnswer(models.Model):
    """What the group said to an open question, in the words of who wrote it down."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="open_answers"
    )
    question = models.ForeignKey(RoundQuestion, on_delete=models.PROTECT)
    text = models.TextField("antwoord", max_length=ANSWER_MAX_LENGTH)

    class Meta:
        verbose_name = "open antwoord"
        verbose_name_plural = "open antwoorden"
        ordering = ["conversation", "question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "question"], name="open_answer_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class QuoteQuerySet(models.QuerySet["Quote"]):
    def shown(self, on: date) -> "QuoteQuerySet":
        """Return the quotes that may leave the sheet on that day.

        The speaker agreed, nobody can be recognised (P9), the group was large enough,
        and what the group said about this domain is published.
        """
        return self.filter(
            Exists(published_total(on)),
            has_consent=True,
            is_unrecognisable=True,
            conversation__people__gte=QUOTE_THRESHOLD,
        )

    def with_conversation(self) -> "QuoteQuerySet":
        return self.select_related("conversation__target_group")


class Quote(models.Model):
    """What somebody said literally; shown only with consent."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="quotes"
    )
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    text = models.TextField("wat zei iemand letterlijk?", max_length=QUOTE_MAX_LENGTH)
    has_consent = models.BooleanField(
        "We vroegen of we dit mogen tonen, en dat mag.", default=False
    )
    is_unrecognisable = models.BooleanField(
        "Niemand kan hieraan herkend worden.", default=False
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = "uitspraak"
        verbose_name_plural = "uitspraken"
        ordering = ["conversation", "pk"]
        constraints = [one_of("quote", "domain", ServiceDomain)]

    def __str__(self) -> str:
        return self.text

    @property
    def side(self) -> Side:
        return Side(self.conversation.side)


class BarrierMentionQuerySet(models.QuerySet["BarrierMention"]):
    def shown(self, on: date) -> "BarrierMentionQuerySet":
        """Return the barriers of published conversations that speak for a group."""
        return self.filter(
            Exists(published_total(on)), conversation__people__gte=QUOTE_THRESHOLD
        )


class BarrierMention(models.Model):
    """A barrier that came up in a conversation, with its three tags."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="barriers"
    )
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    text = models.CharField("drempel", max_length=BARRIER_MAX_LENGTH)
    kind = models.CharField("soort drempel", max_length=20, choices=BarrierKind)
    level = models.CharField("niveau", max_length=20, choices=BarrierLevel)
    non_take_up = models.CharField(
        "wat loopt mis?", max_length=20, choices=NonTakeUp, blank=True
    )

    objects = BarrierMentionQuerySet.as_manager()

    class Meta:
        verbose_name = "drempel"
        verbose_name_plural = "drempels"
        ordering = ["conversation", "pk"]
        constraints = [
            one_of("barrier", "domain", ServiceDomain),
            one_of("barrier", "kind", BarrierKind),
            one_of("barrier", "level", BarrierLevel),
            one_of("barrier", "non_take_up", NonTakeUp, blank=True),
        ]

    def __str__(self) -> str:
        return self.text
