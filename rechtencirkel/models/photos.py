"""A photo of the filled-in paper: a help while typing, gone when that is done.

Paper may hold names and handwriting, so a photo stays shorter than what was typed from it.
The row knows only the file; the file has a random name in a folder that nobody serves.
"""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kader.vocabulary import ConversationEventKind
from rechtencirkel.models.conversation import Conversation
from rechtencirkel.models.conversation_history import ConversationEvent

MAX_PHOTOS = 20
# After the sheet was handed in for the first time since the photo was taken.
DAYS_KEPT_AFTER_HAND_IN = 14
# Also when nobody ever hands the sheet in: the paper itself is still somewhere.
DAYS_KEPT_AT_MOST = 90


class SheetPhotoQuerySet(models.QuerySet["SheetPhoto"]):
    def with_hand_in(self) -> Self:
        """Add the day on which the sheet was first handed in since, as `handed_in_on`.

        A sheet that is opened again keeps its photos no longer for that.
        """
        first = ConversationEvent.objects.filter(
            conversation=OuterRef("conversation"),
            kind=ConversationEventKind.HANDED_IN,
            happened_on__gte=OuterRef("added_on"),
        ).order_by("happened_on")
        return self.annotate(
            handed_in_on=Coalesce(
                Subquery(first.values("happened_on")[:1]),
                F("conversation__handed_in_on"),
            )
        )

    def expired(self, on: date) -> Self:
        """Return the photos that may no longer exist on that day."""
        return self.with_hand_in().filter(
            Q(handed_in_on__lte=on - timedelta(days=DAYS_KEPT_AFTER_HAND_IN))
            | Q(added_on__lte=on - timedelta(days=DAYS_KEPT_AT_MOST))
        )

    def kept(self, on: date) -> Self:
        """Return the photos that may still be shown, also before the night's clean-up."""
        gone = SheetPhoto.objects.expired(on)
        return self.with_hand_in().exclude(pk__in=gone.values("pk"))


class SheetPhoto(models.Model):
    """One photo of one sheet of paper."""

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="photos",
        verbose_name="gesprek",
    )
    file_name = models.CharField("bestand", max_length=40, unique=True)
    width = models.PositiveSmallIntegerField("breedte")
    height = models.PositiveSmallIntegerField("hoogte")
    added_on = models.DateField("toegevoegd op")

    objects = SheetPhotoQuerySet.as_manager()

    # Filled in by `with_hand_in`.
    handed_in_on: date | None

    class Meta:
        verbose_name = "foto van het blad"
        verbose_name_plural = "foto's van het blad"
        ordering = ["conversation", "pk"]

    def __str__(self) -> str:
        return f"Foto van {self.added_on:%d/%m/%Y}"

    @property
    def gone_on(self) -> date:
        """The day on which it is deleted at the latest, as things stand."""
        last = self.added_on + timedelta(days=DAYS_KEPT_AT_MOST)
        if self.handed_in_on is None:
            return last
        return min(last, self.handed_in_on + timedelta(days=DAYS_KEPT_AFTER_HAND_IN))
