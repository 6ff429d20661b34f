"""Published question sets, and the rounds that copy them.

A published set never changes; a round copies its questions, so that an answer keeps the
wording that was asked. Codes stay stable over versions: results compare by code.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kader.fields import one_of
from kader.vocabulary import BarrierKind, Scale, ServiceDomain, Side
from projects.models import Project

CODE_MAX_LENGTH = 20
TEXT_MAX_LENGTH = 500


class QuestionSet(models.Model):
    """One version of the question bank. `content_hash` proves that it did not change."""

    version = models.CharField("versie", max_length=20, unique=True)
    title = models.CharField("titel", max_length=120)
    published_on = models.DateField("gepubliceerd op")
    content_hash = models.CharField("vingerafdruk", max_length=64)

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


class Question(AbstractQuestion):
    """A question of the bank."""

    question_set = models.ForeignKey(
        QuestionSet,
        on_delete=models.CASCADE,
        related_name="questions",
        verbose_name="vragenbank",
    )

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


class RoundQuestion(AbstractQuestion):
    """A question as it is asked in one round."""

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="questions", verbose_name="meting"
    )

    class Meta:
        verbose_name = "gestelde vraag"
        verbose_name_plural = "gestelde vragen"
        ordering = ["round", "position"]
        constraints = [
            one_of("round_question", "domain", ServiceDomain),
            one_of("round_question", "side", Side),
            one_of("round_question", "scale", Scale, blank=True),
            one_of("round_question", "barrier", BarrierKind, blank=True),
            models.UniqueConstraint(
                fields=["round", "code"], name="question_code_once_per_round"
            ),
        ]
