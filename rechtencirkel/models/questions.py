"""Published question sets, and the rounds that copy them.

A published set never changes; a round copies its questions, so that an answer keeps the
wording that was asked. Codes stay stable over versions: results compare by code.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    OPTION_LABELS,
    AnswerOption,
    BarrierKind,
    Pictogram,
    Scale,
    ServiceDomain,
    Side,
)
from projects.models import Project

CODE_MAX_LENGTH = 20
TEXT_MAX_LENGTH = 500
REASON_MAX_LENGTH = 300
# Codes of a municipality's own questions; no code of the bank begins like this.
OWN_CODE_PREFIX = "EIGEN-"


class PublishedError(Exception):
    """Something tried to change what is published."""


class PublishedQuerySet(models.QuerySet[Any]):
    """Rows that are added once and then only read."""

    def update(self, **values: Any) -> int:
        raise PublishedError(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PublishedError(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise PublishedError(self.model.__name__)


class Published(models.Model):
    """A row that no code path of the product changes or removes once it is stored.

    What goes around the models (SQL by hand) is found by the integrity check, which
    computes the fingerprint again.
    """

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PublishedError(type(self).__name__)
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise PublishedError(type(self).__name__)


class QuestionSetQuerySet(PublishedQuerySet):
    def newest_on(self, on: date) -> "QuestionSet | None":
        """Return the newest version published by that day, else the oldest there is."""
        by_then: QuestionSet | None = self.filter(published_on__lte=on).first()
        return by_then or self.last()


class QuestionSet(Published):
    """One version of the question bank. `content_hash` proves that it did not change."""

    version = models.CharField("versie", max_length=20, unique=True)
    title = models.CharField("titel", max_length=120)
    published_on = models.DateField("gepubliceerd op")
    content_hash = models.CharField("vingerafdruk", max_length=64)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        verbose_name = "vragenbank"
        verbose_name_plural = "vragenbanken"
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class AbstractQuestion(models.Model):
    """What a question of a set and its copy in a round have in common."""

    code = models.CharField("code", max_length=CODE_MAX_LENGTH)
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    side = models.CharField("kant", max_length=20, choices=Side)
    scale = models.CharField(
        "schaal",
        max_length=20,
        choices=Scale,
        blank=True,
        help_text="Leeg: open vraag.",
    )
    text = models.CharField("vraag", max_length=TEXT_MAX_LENGTH)
    barrier = models.CharField(
        "drempel", max_length=20, choices=BarrierKind, blank=True
    )
    position = models.PositiveSmallIntegerField("plaats")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def is_open(self) -> bool:
        return self.scale == ""

    @property
    def is_points(self) -> bool:
        return self.scale == Scale.POINTS

    @property
    def is_closed(self) -> bool:
        """Whether it is answered with one of the four options of E4 or F4."""
        return not self.is_open and not self.is_points


class Question(Published, AbstractQuestion):
    """A question of the bank."""

    question_set = models.ForeignKey(
        QuestionSet,
        on_delete=models.CASCADE,
        related_name="questions",
        verbose_name="vragenbank",
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["question_set", "position"]
        constraints = [
            one_of("question", "domain", ServiceDomain),
            one_of("question", "side", Side),
            one_of("question", "scale", Scale, blank=True),
            one_of("question", "barrier", BarrierKind, blank=True),
            models.UniqueConstraint(
                fields=["question_set", "code"], name="question_code_once_per_set"
            ),
        ]


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        """Return the rounds that still take answers."""
        return self.filter(closed_on=None)

    def with_counts(self) -> "RoundQuerySet":
        """Add how many conversations each round has, as `conversation_count`."""
        return self.select_related("question_set").annotate(
            conversation_count=models.Count("conversations")
        )

    def latest_opened(self) -> "Round | None":
        """Return the newest round, open or closed. One query."""
        return self.order_by("-opened_on", "-pk").first()


class Round(models.Model):
    """A measurement with the rechtencirkel."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="rounds", verbose_name="project"
    )
    question_set = models.ForeignKey(
        QuestionSet, on_delete=models.PROTECT, verbose_name="vragenbank"
    )
    title = models.CharField(
        "naam van de meting", max_length=120, help_text="Bijvoorbeeld: meting van 2026."
    )
    opened_on = models.DateField("gestart op")
    closed_on = models.DateField("afgesloten op", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                name="round_title_once_per_project",
                violation_error_message="Er is al een meting met deze naam.",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(closed_on=None),
                name="round_one_open_per_project",
                violation_error_message="Er loopt al een meting. Sluit die eerst af.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="round_closes_after_it_opened",
                violation_error_message="De meting kan niet eindigen voor ze begon.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rechtencirkel:round_list", args=[self.project_id])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class RoundQuestionQuerySet(models.QuerySet["RoundQuestion"]):
    def asked(self) -> "RoundQuestionQuerySet":
        """Return the questions that new conversations get."""
        return self.filter(is_hidden=False)

    def to_choose_from(
        self, side: str, domains: Iterable[str]
    ) -> "RoundQuestionQuerySet":
        """Return what a new conversation may leave out: the points it never may."""
        return (
            self.asked()
            .filter(side=side, domain__in=domains)
            .exclude(scale=Scale.POINTS)
        )

    def asked_or_answered(self) -> "RoundQuestionQuerySet":
        """Return what is asked, and what was hidden only after somebody answered."""
        return self.filter(
            Q(is_hidden=False)
            | models.Exists(_answers("OptionTally"))
            | models.Exists(_answers("OpenAnswer"))
            | models.Exists(_answers("WrittenAnswer", is_among_five=True))
        )

    def on_sheet(self, conversation_id: int, side: str) -> "RoundQuestionQuerySet":
        """Return the questions of one conversation's sheet.

        A question that was hidden later stays on the sheets that answered it.
        """
        here = {"conversation": conversation_id}
        return self.filter(side=side).filter(
            Q(is_hidden=False)
            | models.Exists(_answers("OptionTally", **here))
            | models.Exists(_answers("OpenAnswer", **here))
        )

    def with_aids(self) -> "RoundQuestionQuerySet":
        """Fetch the condition and the languages along. One query more."""
        return self.select_related("depends_on").prefetch_related("translations")


def _answers(model: str, **wanted: int) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model(
        "rechtencirkel", model
    )._default_manager.all()
    return rows.filter(question=models.OuterRef("pk"), **wanted)


class RoundQuestion(AbstractQuestion):
    """A question as it is asked in one round, in the words of the bank or their own.

    The code never changes. `published_text` is empty as long as the words are those of
    the bank. A question may hang on one other (`depends_on`), never in a chain.
    """

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="questions", verbose_name="meting"
    )
    published_text = models.CharField(
        "tekst van de vragenbank", max_length=TEXT_MAX_LENGTH, blank=True
    )
    is_own = models.BooleanField("eigen vraag", default=False)
    is_hidden = models.BooleanField("verborgen", default=False)
    reason = models.CharField(
        "waarom vragen we dit?", max_length=REASON_MAX_LENGTH, blank=True
    )
    pictogram = models.CharField(
        "pictogram", max_length=20, choices=Pictogram, blank=True
    )
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name="alleen tonen na deze vraag",
    )
    depends_options = TermSetField(
        AnswerOption, verbose_name="als iemand dit antwoordde"
    )

    # The words in the language a page asks for; a view fills it in (`speak`).
    spoken = ""

    objects = RoundQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "gestelde vraag"
        verbose_name_plural = "gestelde vragen"
        ordering = ["round", "position", "pk"]
        constraints = [
            one_of("round_question", "domain", ServiceDomain),
            one_of("round_question", "side", Side),
            one_of("round_question", "scale", Scale, blank=True),
            one_of("round_question", "barrier", BarrierKind, blank=True),
            one_of("round_question", "pictogram", Pictogram, blank=True),
            subset_of("round_question", "depends_options", AnswerOption),
            models.UniqueConstraint(
                fields=["round", "code"], name="question_code_once_per_round"
            ),
            models.CheckConstraint(
                condition=Q(is_own=True, code__startswith=OWN_CODE_PREFIX)
                | Q(is_own=False) & ~Q(code__startswith=OWN_CODE_PREFIX),
                name="round_question_own_code_is_for_own_questions",
            ),
            models.CheckConstraint(
                condition=Q(is_own=False) | Q(published_text=""),
                name="round_question_own_has_no_published_text",
            ),
            models.CheckConstraint(
                condition=~Q(published_text=F("text")),
                name="round_question_reworded_says_it_differently",
            ),
            models.CheckConstraint(
                condition=~Q(scale=Scale.POINTS)
                | Q(is_hidden=False, is_own=False, depends_on=None),
                name="round_question_points_are_always_asked",
            ),
            models.CheckConstraint(
                condition=Q(depends_on=None, depends_options="")
                | Q(depends_on__isnull=False) & ~Q(depends_options=""),
                name="round_question_condition_names_options",
            ),
        ]

    @property
    def is_reworded(self) -> bool:
        return self.published_text != ""

    @property
    def shown_code(self) -> str:
        """The code, with a star when the municipality uses its own words."""
        return f"{self.code}*" if self.is_reworded else self.code

    @property
    def source_text(self) -> str:
        """The words of the bank, or those of an own question."""
        return self.published_text or self.text

    @property
    def pictogram_icon(self) -> str:
        return Pictogram(self.pictogram).icon if self.pictogram else ""

    @property
    def wanted_answers(self) -> str:
        """The answers on which this question waits, as a reader sees them."""
        if self.depends_on is None:
            return ""
        labels = OPTION_LABELS[Scale(self.depends_on.scale)]
        return " of ".join(f"‘{labels[option]}’" for option in self.depends_options)
