"""What happened to the report of a conversation: appended, never edited."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from kader.fields import one_of
from kader.vocabulary import ConversationEventKind
from rechtencirkel.models.conversation import Conversation

REASON_MAX_LENGTH = 600
# What may not happen without saying why.
WITH_REASON = (ConversationEventKind.RETURNED, ConversationEventKind.REOPENED)


class ConversationEventQuerySet(models.QuerySet["ConversationEvent"]):
    def with_names(self) -> "ConversationEventQuerySet":
        return self.select_related("by")

    def last_question(self) -> "ConversationEvent | None":
        """Return the newest question that came back with a report. One query."""
        return (
            self.filter(kind=ConversationEventKind.RETURNED)
            .select_related("by")
            .order_by("pk")
            .last()
        )


class ConversationEvent(models.Model):
    """One step in the life of a report: who did what on which day, and why."""

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name="gesprek",
    )
    kind = models.CharField(
        "wat gebeurde er?", max_length=20, choices=ConversationEventKind
    )
    happened_on = models.DateField("wanneer?")
    by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="door wie?")
    # The question that came back, the answer to it, or the reason to reopen.
    text = models.TextField("in woorden", max_length=REASON_MAX_LENGTH, blank=True)

    objects = ConversationEventQuerySet.as_manager()

    class Meta:
        verbose_name = "stap van een verslag"
        verbose_name_plural = "stappen van een verslag"
        ordering = ["conversation", "pk"]
        constraints = [
            one_of("conversation_event", "kind", ConversationEventKind),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_REASON) | ~Q(text=""),
                name="conversation_event_says_why",
                violation_error_message="Schrijf er in één zin bij waarom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{ConversationEventKind(self.kind).label}, {self.conversation}"
