"""Words that somebody reads over before they leave their sheet, and who does that (P7).

The appointed person rewords what makes somebody recognisable. What stood there first is
kept for thirty days, to compare and to correct, and is then deleted.
"""

from datetime import date, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

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
    """The one person of a project who reads quotes, barriers and open answers over.

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
        verbose_name="wie maakt onherkenbaar?",
    )
    appointed_on = models.DateField("aangesteld op")

    objects = RedactorQuerySet.as_manager()

    class Meta:
        verbose_name = "wie onherkenbaar maakt"
        verbose_name_plural = "wie onherkenbaar maakt"
        ordering = ["project"]

    def __str__(self) -> str:
        return str(self.membership.user)


class RedactableQuerySet(models.QuerySet[Words]):
    """What all words that are read over have in common."""

    def waiting(self) -> Self:
        return self.filter(redaction=RedactionState.WAITING)

    def legible(self) -> Self:
        """Return the words of which something is left to read."""
        return self.exclude(text="", original="")

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
        "onherkenbaar gemaakt",
        max_length=20,
        choices=RedactionState,
        default=RedactionState.WAITING,
    )
    withheld_because = models.CharField(
        "waarom tonen we dit niet?", max_length=WITHHELD_REASON_MAX_LENGTH, blank=True
    )
    original = models.TextField("zoals het er eerst stond", blank=True)
    redacted_on = models.DateField("onherkenbaar gemaakt op", null=True, blank=True)

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


class TickedQuerySet(RedactableQuerySet[Words]):
    """Words of which whoever entered them can say that nobody is recognised."""

    def cleared(self) -> Self:
        """Return the words in which nobody can be recognised (P9).

        With an appointed person that is what this person released. Without one the tick
        of whoever entered the words has to do. What could be read on the day that
        somebody was appointed stays, until it is read over.
        """
        appointed = Redactor.objects.filter(project=OuterRef("conversation__project"))
        ticked = Q(redaction=RedactionState.WAITING, is_unrecognisable=True)
        return self.filter(
            Q(redaction=RedactionState.RELEASED)
            | (ticked & (Q(was_shown=True) | Q(~Exists(appointed))))
        )


class Ticked(Redactable):
    """Redactable words with a tick of whoever entered them."""

    is_unrecognisable = models.BooleanField(
        "Niemand kan hieraan herkend worden.", default=False
    )
    was_shown = models.BooleanField(
        "was al te lezen toen iemand aangesteld werd", default=False
    )

    class Meta(Redactable.Meta):
        abstract = True
