"""Words that somebody reads over before they leave their sheet, and who does that (P7).

The appointed person rewords what makes somebody recognisable. What stood there first is
kept for thirty days, to compare and to correct, and is then deleted.
"""

from datetime import date, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from kader.fields import one_of
from kader.vocabulary import RedactionState
from projects.models import Membership, Project

DAYS_ORIGINAL_KEPT = 30
WITHHELD_REASON_MAX_LENGTH = 300

Words = TypeVar("Words", bound="Redactable", covariant=True)


class RedactorQuerySet(models.QuerySet["Redactor"]):
    def is_appointed(self, project: Project, user: User) -> bool:
        """Say whether this user is the one who reads over in the project. One query."""
        return self.filter(project=project, membership__user=user).exists()


class Redactor(models.Model):
    """The one person of a project who reads quotes and open answers over.

    Goes with the membership: whoever loses access, loses this too.
    """

    project = models.OneToOneField(
        Project,
        on_delete=models.CASCADE,
        related_name="redactor",
        verbose_name="project",
    )
    membership = models.ForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="redactor_of",
        verbose_name="wie leest na?",
    )
    appointed_on = models.DateField("aangesteld op")

    objects = RedactorQuerySet.as_manager()

    class Meta:
        verbose_name = "nalezer"
        verbose_name_plural = "nalezers"
        ordering = ["project"]

    def __str__(self) -> str:
        return str(self.membership.user)


class RedactableQuerySet(models.QuerySet[Words]):
    """What quotes and open answers have in common."""

    def waiting(self) -> Self:
        return self.filter(redaction=RedactionState.WAITING)

    def legible(self) -> Self:
        """Return the words of which something is left to read."""
        return self.exclude(text="", original="")

    def with_original(self) -> Self:
        """Return what was read over and can still be compared with how it was said."""
        return self.exclude(original="")

    def wipe_originals(self, on: date) -> int:
        """Delete the originals that were kept long enough; return how many.

        One update, so doing it twice or late does no harm.
        """
        last_day = on - timedelta(days=DAYS_ORIGINAL_KEPT)
        return (
            self.filter(redacted_on__lte=last_day)
            .exclude(original="")
            .update(original="")
        )


class Redactable(models.Model):
    """Words typed on a sheet; `text` is what may be read, `original` how it was typed.

    Words that are withheld have no text: only their original, for thirty days.
    """

    redaction = models.CharField(
        "nagelezen",
        max_length=20,
        choices=RedactionState,
        default=RedactionState.WAITING,
    )
    withheld_because = models.CharField(
        "waarom tonen we dit niet?", max_length=WITHHELD_REASON_MAX_LENGTH, blank=True
    )
    original = models.TextField("zoals het er eerst stond", blank=True)
    redacted_on = models.DateField("nagelezen op", null=True, blank=True)

    # What a subclass declares.
    text: str

    class Meta:
        abstract = True
        constraints = [
            one_of("%(class)s", "redaction", RedactionState),
            models.CheckConstraint(
                condition=Q(
                    redaction=RedactionState.WAITING, redacted_on=None, original=""
                )
                | (~Q(redaction=RedactionState.WAITING) & Q(redacted_on__isnull=False)),
                name="%(class)s_redacted_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(redaction=RedactionState.WITHHELD) | Q(text=""),
                name="%(class)s_withheld_has_no_words",
            ),
        ]

    @property
    def original_wiped_on(self) -> date | None:
        """The day on which how it was typed is deleted; None when nobody redacted it."""
        if self.redacted_on is None:
            return None
        return self.redacted_on + timedelta(days=DAYS_ORIGINAL_KEPT)

    @property
    def is_withheld(self) -> bool:
        return self.redaction == RedactionState.WITHHELD
