"""Links with which providers answer: no account, no name, no trace of who (P2, P3).

Who may answer and what was answered are two worlds. On one side stand `AnswerLink` and
`AnswerCode`. A code that was used is deleted, so a used code cannot be told from one that
never was: it has no state, no moment and no order. On the other side stand
`WaitingAnswer` and `WrittenAnswer`. An answer sheet is taken apart as soon as it arrives:
one row per question, under a random number, with no person, no day, no link and nothing
that holds the rows of one sheet together. All rows that still wait are written again in a
shuffled order whenever a sheet arrives, so not even the order in the file or the
transaction that wrote them tells which rows came together, or after which code.
"""

import secrets
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    POINTS_RANGE,
    AnswerOption,
    RedactionState,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from projects.models import Organisation, Project
from rechtencirkel.models.questions import Round, RoundQuestion
from rechtencirkel.models.redaction import Redactable, RedactableQuerySet

MAX_CODES = 60
LAST_QUESTION = "Welke ene verandering zou voor jullie en voor de inwoners het meeste verschil maken?"
WRITTEN_MAX_LENGTH = 4000
PROVIDER_CATEGORIES = tuple(
    category for category in RespondentCategory if category.side == Side.PROVIDERS
)
ANSWER_VALUES = (*AnswerOption.values, *(str(points) for points in POINTS_RANGE))


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def open(self, on: date) -> "AnswerLinkQuerySet":
        """Return the links that still take answers on that day."""
        return self.filter(closed_on=None, closes_on__gte=on, round__closed_on=None)

    def with_names(self) -> "AnswerLinkQuerySet":
        return self.select_related("organisation", "round", "project__municipality")


class AnswerLink(models.Model):
    """The address at which one function group of one service answers, until a day.

    The address ends in a secret of 256 bits that is made from `seed` with the secret key
    of the installation. Only its SHA-256 is stored: whoever reads the database cannot
    open the sheet, and the coordinator can still print the address again.
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="answer_links",
        verbose_name="project",
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.CASCADE,
        related_name="answer_links",
        verbose_name="meting",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="answer_links",
        verbose_name="welke dienst?",
    )
    category = models.CharField(
        "welke functies?",
        max_length=20,
        choices=[(c.value, c.label) for c in PROVIDER_CATEGORIES],
        default=RespondentCategory.MIXED_STAFF,
        help_text="Kies de ruime groep als er minder dan 5 mensen zijn per functie.",
    )
    domains = TermSetField(
        ServiceDomain, verbose_name="over welke domeinen?", blank=False
    )
    is_single_use = models.BooleanField("een code per persoon", default=False)
    codes_made = models.PositiveSmallIntegerField(
        "hoeveel codes?",
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_CODES)],
    )
    closes_on = models.DateField(
        "tot en met welke dag kan het?",
        help_text="Op deze dag kan het nog. Daarna sluit de link vanzelf.",
    )
    contact = models.CharField(
        "wie geeft uitleg?",
        max_length=120,
        help_text="Dit staat op het blad: wie kunnen ze iets vragen, en wie vertelt wat jullie ermee doen?",
    )
    told_on = models.DateField(
        "wanneer vertel je wat jullie ermee doen?", null=True, blank=True
    )
    created_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="answer_links",
        verbose_name="gemaakt door",
    )
    seed = models.CharField("kiem van het adres", max_length=64)
    token_hash = models.CharField("vingerafdruk", max_length=64, unique=True)
    closed_on = models.DateField("gesloten op", null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link voor een dienst"
        verbose_name_plural = "links voor diensten"
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=[c.value for c in PROVIDER_CATEGORIES]),
                name="answer_link_category_known",
            ),
            subset_of("answer_link", "domains", ServiceDomain),
            models.CheckConstraint(
                condition=Q(is_single_use=False, codes_made=0)
                | Q(is_single_use=True, codes_made__gte=1, codes_made__lte=MAX_CODES),
                name="answer_link_codes_when_single_use",
                violation_error_message=f"Vul een aantal codes in van 1 tot {MAX_CODES}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_category_display()}"

    def get_absolute_url(self) -> str:
        return reverse("rechtencirkel:link_detail", args=[self.project_id, self.pk])

    def is_open(self, on: date) -> bool:
        """Whether it takes answers on that day. Reads the round."""
        return (
            self.closed_on is None and on <= self.closes_on and not self.round.is_closed
        )


class AnswerCode(models.Model):
    """The right to answer once. Using it removes it."""

    link = models.ForeignKey(
        AnswerLink,
        on_delete=models.CASCADE,
        related_name="codes",
        verbose_name="link",
    )
    token_hash = models.CharField("vingerafdruk", max_length=64, unique=True)

    class Meta:
        verbose_name = "code om één keer te antwoorden"
        verbose_name_plural = "codes om één keer te antwoorden"
        ordering = ["token_hash"]

    def __str__(self) -> str:
        return f"Code van {self.link}"


def draw_number() -> int:
    """Return a number that tells nothing: not when, not in which order."""
    return secrets.randbits(56)


class PooledAnswer(models.Model):
    """What both kinds of loose answers have in common: where they will be counted.

    No organisation means: everybody of the round together, because the service had too
    few of this answer when its link closed (P6).
    """

    id = models.BigIntegerField(
        "nummer", primary_key=True, default=draw_number, editable=False
    )
    round = models.ForeignKey(Round, on_delete=models.CASCADE, verbose_name="meting")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="organisatie",
    )
    category = models.CharField("functies", max_length=20, choices=RespondentCategory)

    class Meta:
        abstract = True


class WaitingAnswer(PooledAnswer):
    """One answer to one question that waits until five can be counted together.

    `value` is one of the five answers or a number of points.
    """

    question = models.ForeignKey(
        RoundQuestion, on_delete=models.PROTECT, verbose_name="vraag"
    )
    value = models.CharField("antwoord", max_length=20)

    class Meta:
        verbose_name = "antwoord dat wacht"
        verbose_name_plural = "antwoorden die wachten"
        ordering = ["id"]
        constraints = [
            one_of("waiting_answer", "category", RespondentCategory),
            models.CheckConstraint(
                condition=Q(value__in=ANSWER_VALUES), name="waiting_answer_value_known"
            ),
        ]

    def __str__(self) -> str:
        return "Antwoord dat wacht"


class WrittenAnswerQuerySet(RedactableQuerySet["WrittenAnswer"]):
    def among_five(self) -> "WrittenAnswerQuerySet":
        """Return what came with at least four other texts to the same question (P7)."""
        return self.filter(is_among_five=True)

    def redactable(self) -> "WrittenAnswerQuerySet":
        """Return what the appointed person may read over, again or for the first time.

        Never the newest text by itself: whoever reads it could tell who wrote it.
        """
        return self.among_five().legible()

    def released(self) -> "WrittenAnswerQuerySet":
        """Return what may be shown: with four others, and read over."""
        return self.redactable().filter(redaction=RedactionState.RELEASED)


class WrittenAnswer(Redactable, PooledAnswer):
    """A text by a provider, loose from everything else this person answered.

    Nobody reads it before five people wrote something to the same question; then the
    appointed person reads it over, and only what is released is shown (P7). No question
    means the last one of the sheet.
    """

    question = models.ForeignKey(
        RoundQuestion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="vraag",
    )
    text = models.TextField("tekst", max_length=WRITTEN_MAX_LENGTH, blank=True)
    is_among_five = models.BooleanField("met minstens vijf samen", default=False)

    objects = WrittenAnswerQuerySet.as_manager()

    class Meta(Redactable.Meta):
        verbose_name = "tekst van een dienst"
        verbose_name_plural = "teksten van diensten"
        ordering = ["id"]
        constraints = [
            *Redactable.Meta.constraints,
            one_of("written_answer", "category", RespondentCategory),
            models.CheckConstraint(
                condition=Q(redaction=RedactionState.WAITING) | Q(is_among_five=True),
                name="written_answer_read_among_five",
            ),
        ]

    def __str__(self) -> str:
        return "Tekst van een dienst"

    @property
    def asked_text(self) -> str:
        """The question as it was put."""
        return self.question.text if self.question else LAST_QUESTION
