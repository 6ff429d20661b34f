"""What stands on a sheet: tallies, points, words, quotes and barriers.

Everything is counted per group. No row here has a person, an hour or an address.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.urls import reverse

from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuoteUse,
    RedactionState,
    ServiceDomain,
    Side,
)
from rechtencirkel.models.conversation import Conversation
from rechtencirkel.models.questions import RoundQuestion
from rechtencirkel.models.redaction import (
    Redactable,
    RedactableQuerySet,
    Ticked,
    TickedQuerySet,
)
from rechtencirkel.models.totals import DomainTotal, DomainTotalQuerySet
from rechtencirkel.suppression import QUOTE_THRESHOLD, THRESHOLD, shuffled

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


class OpenAnswerQuerySet(RedactableQuerySet["OpenAnswer"]):
    def redactable(self, on: date) -> "OpenAnswerQuerySet":
        """Return what the appointed person may read over, again or for the first time.

        Only of published talks. A talk of a few people has to stand among enough others
        that answered the same question: nobody reads an answer behind which fewer than
        five people stand (P7).
        """
        same = OpenAnswer.objects.filter(question=OuterRef("question")).told(on)
        behind = (
            same.order_by()
            .values("question")
            .annotate(people=Sum("conversation__people"))
            .values("people")
        )
        # The first half of the condition spares most answers the look at the others.
        return (
            self.told(on)
            .legible()
            .alias(people_behind=Subquery(behind))
            .filter(
                Q(conversation__people__gte=THRESHOLD) | Q(people_behind__gte=THRESHOLD)
            )
        )

    def people_behind(self, on: date) -> dict[int, int]:
        """Count the people of the published talks per question they answered. One query."""
        found = self.told(on).order_by().values_list("question")
        return dict(found.annotate(people=Sum("conversation__people")))

    def told(self, on: date) -> "OpenAnswerQuerySet":
        """Return the answers of talks of which the domain is published."""
        told = DomainTotal.objects.published(on).filter(
            conversation=OuterRef("conversation"), domain=OuterRef("question__domain")
        )
        return self.filter(Exists(told))

    def released(self, on: date) -> "OpenAnswerQuerySet":
        """Return the answers that may be shown."""
        return self.redactable(on).filter(redaction=RedactionState.RELEASED)


class OpenAnswer(Redactable):
    """What the group said to an open question, in the words of who wrote it down."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="open_answers"
    )
    question = models.ForeignKey(RoundQuestion, on_delete=models.PROTECT)
    text = models.TextField("antwoord", max_length=ANSWER_MAX_LENGTH, blank=True)

    objects = OpenAnswerQuerySet.as_manager()

    class Meta(Redactable.Meta):
        verbose_name = "open antwoord"
        verbose_name_plural = "open antwoorden"
        ordering = ["conversation", "question", "pk"]
        constraints = [
            *Redactable.Meta.constraints,
            models.UniqueConstraint(
                fields=["conversation", "question"], name="open_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


MAY_BE_SHOWN = (RedactionState.WAITING, RedactionState.RELEASED)


class QuoteQuerySet(TickedQuerySet["Quote"]):
    def shown(self, on: date, use: QuoteUse) -> "QuoteQuerySet":
        """Return the quotes that may be shown on that day, for that one use.

        The speaker agreed to this use and did not come back on it, nobody can be
        recognised (P9), the group was large enough, and what it said about this domain
        is published.
        """
        return self._leaving(on).cleared().filter(uses__contains=use)

    def readable(self, on: date) -> "QuoteQuerySet":
        """Return the quotes that may be shown on that day for at least one use."""
        return self._leaving(on).cleared().exclude(uses="")

    def may_no_longer_be_shown(self) -> "QuoteQuerySet":
        """Return what was withdrawn by its speaker, or withheld at reading over."""
        return self.exclude(withdrawn_on=None, redaction__in=MAY_BE_SHOWN)

    def redactable(self, on: date) -> "QuoteQuerySet":
        """Return what the appointed person may read over, again or for the first time.

        Without consent a quote stays on its sheet, so there is nothing to read over.
        """
        return self._leaving(on).legible().exclude(uses="")

    def withdrawn(self) -> "QuoteQuerySet":
        return self.exclude(withdrawn_on=None)

    def standing(self) -> "QuoteQuerySet":
        return self.filter(withdrawn_on=None)

    def with_conversation(self) -> "QuoteQuerySet":
        return self.select_related("conversation__target_group")

    def in_no_order(self) -> list["Quote"]:
        """Return the quotes in an order that is always the same and tells nothing.

        Everywhere but on their own sheet: there two quotes of one person stand together.
        """
        rows = {quote.pk: quote for quote in self}
        order = shuffled(rows, "quote", secret=settings.SECRET_KEY)
        return [rows[pk] for pk in order]

    def _leaving(self, on: date) -> "QuoteQuerySet":
        return self.standing().filter(
            Exists(published_total(on)),
            conversation__people__gte=QUOTE_THRESHOLD,
        )


class Quote(Ticked):
    """What somebody said literally; shown only for what the speaker agreed to.

    A quote that was withdrawn keeps its row and loses its words, so that a page can say
    that something stood here.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="quotes"
    )
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    text = models.TextField(
        "wat zei iemand letterlijk?", max_length=QUOTE_MAX_LENGTH, blank=True
    )
    uses = TermSetField(QuoteUse, verbose_name="waar mogen we dit tonen?")
    withdrawn_on = models.DateField("ingetrokken op", null=True, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta(Ticked.Meta):
        verbose_name = "uitspraak"
        verbose_name_plural = "uitspraken"
        ordering = ["conversation", "pk"]
        constraints = [
            *Ticked.Meta.constraints,
            one_of("quote", "domain", ServiceDomain),
            subset_of("quote", "uses", QuoteUse),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(text="", original="", uses=""),
                name="quote_withdrawn_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def side(self) -> Side:
        return Side(self.conversation.side)

    def get_absolute_url(self) -> str:
        """Lead to the domain page of its measurement. Expects the conversation loaded."""
        conversation = self.conversation
        page = reverse(
            "rechtencirkel:domain_detail", args=[conversation.project_id, self.domain]
        )
        return f"{page}?meting={conversation.round_id}#uitspraak-{self.pk}"


class BarrierMentionQuerySet(TickedQuerySet["BarrierMention"]):
    def told(self, on: date) -> "BarrierMentionQuerySet":
        """Return the barriers of published conversations that speak for a group.

        Their tags count and may be shown; their words only after `shown`.
        """
        return self.filter(
            Exists(published_total(on)), conversation__people__gte=QUOTE_THRESHOLD
        )

    def shown(self, on: date) -> "BarrierMentionQuerySet":
        """Return the barriers whose words may be shown on that day."""
        return self.told(on).cleared()

    def redactable(self, on: date) -> "BarrierMentionQuerySet":
        """Return what the appointed person may read over, again or for the first time."""
        return self.told(on).legible()


class BarrierMention(Ticked):
    """A barrier that came up in a conversation, with its three tags.

    Its words are typed freely, so they are read over as a quote is; the tags always count.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="barriers"
    )
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    text = models.CharField("drempel", max_length=BARRIER_MAX_LENGTH, blank=True)
    kind = models.CharField("soort drempel", max_length=20, choices=BarrierKind)
    level = models.CharField("niveau", max_length=20, choices=BarrierLevel)
    non_take_up = models.CharField(
        "wat loopt mis?", max_length=20, choices=NonTakeUp, blank=True
    )

    objects = BarrierMentionQuerySet.as_manager()

    class Meta(Ticked.Meta):
        verbose_name = "drempel"
        verbose_name_plural = "drempels"
        ordering = ["conversation", "pk"]
        constraints = [
            *Ticked.Meta.constraints,
            one_of("barrier", "domain", ServiceDomain),
            one_of("barrier", "kind", BarrierKind),
            one_of("barrier", "level", BarrierLevel),
            one_of("barrier", "non_take_up", NonTakeUp, blank=True),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def side(self) -> Side:
        return Side(self.conversation.side)

    @property
    def content(self) -> tuple[str, ...]:
        """What it says: barriers with the same content name one and the same thing."""
        words = fold_words(self.text or self.original)
        return (self.domain, words, self.kind, self.level)


def fold_words(text: str) -> str:
    """Return the words of a barrier without what makes no difference."""
    return text.casefold().strip(" .")
