"""What the steering group plans to do, in versions, and whether each member can (R6)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from accounts.models import User
from kader.fields import one_of
from kader.vocabulary import ConditionAnswer, Feasibility, Phase
from projects.models.project import Project
from projects.models.steering_group import Organisation, SteeringGroupMember


class PlanningQuerySet(models.QuerySet["Planning"]):
    def current(self) -> "Planning | None":
        """Return the newest version. One query."""
        return self.order_by("-version").first()

    def with_votes(self) -> "PlanningQuerySet":
        """Load steps and votes, with the names they show. Two queries more."""
        votes = FeasibilityVote.objects.select_related(
            "member__organisation", "recorded_by"
        )
        return self.prefetch_related(
            Prefetch("steps", PlanningStep.objects.select_related("owner")),
            Prefetch("votes", votes),
        )


class Planning(models.Model):
    """One version of the planning. R7 names no number; the municipality sets its own.

    `agreed_on` is the day on which every voting member found it feasible, set by
    services.settle_planning and by nobody else. A version that is not `is_major` took
    over the votes of the one before.
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="plannings",
        verbose_name="project",
    )
    version = models.PositiveSmallIntegerField("versie")
    target_participants = models.PositiveSmallIntegerField(
        "hoeveel mensen van de doelgroep willen jullie horen?",
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
    )
    target_not_reached = models.PositiveSmallIntegerField(
        "hoeveel van hen vonden de weg nog niet?",
        default=0,
        validators=[MaxValueValidator(2000)],
        help_text="Mensen die de dienst nog niet bereikten weten iets dat niemand anders weet.",
    )
    target_providers = models.PositiveSmallIntegerField(
        "hoeveel hulp- en dienstverleners willen jullie horen?",
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
    )
    agreed_on = models.DateField("goedgekeurd op", null=True, blank=True)
    remark = models.TextField("afspraken", max_length=2000, blank=True)
    proposed_on = models.DateField("voorgesteld op", default=timezone.localdate)
    is_major = models.BooleanField("grote wijziging", default=True)
    change_note = models.TextField(
        "wat verandert er?",
        max_length=1000,
        blank=True,
        help_text="Zo weten de leden meteen waar ze op moeten letten.",
    )

    objects = PlanningQuerySet.as_manager()

    class Meta:
        verbose_name = "planning"
        verbose_name_plural = "planningen"
        ordering = ["project", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "version"], name="planning_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"Planning {self.version}"


class PlanningStep(models.Model):
    """One step of a version: what, when, who, and what it takes."""

    planning = models.ForeignKey(
        Planning,
        on_delete=models.CASCADE,
        related_name="steps",
        verbose_name="planning",
    )
    position = models.PositiveSmallIntegerField("plaats", default=0)
    title = models.CharField("stap", max_length=120)
    phase = models.CharField("fase", max_length=20, choices=Phase)
    starts_on = models.DateField("van")
    ends_on = models.DateField("tot en met")
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="planning_steps",
        verbose_name="wie trekt dit?",
    )
    hours = models.PositiveSmallIntegerField(
        "uren", null=True, blank=True, validators=[MaxValueValidator(10000)]
    )
    euros = models.PositiveIntegerField(
        "euro", null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )

    class Meta:
        verbose_name = "stap in de planning"
        verbose_name_plural = "stappen in de planning"
        ordering = ["planning", "starts_on", "position", "pk"]
        constraints = [
            one_of("planning_step", "phase", Phase),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="planning_step_ends_after_it_began",
                violation_error_message="Het einde ligt voor het begin. Kijk de dagen na.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FeasibilityVote(models.Model):
    """What one member says about one version, and what the coordinator answered."""

    planning = models.ForeignKey(
        Planning,
        on_delete=models.CASCADE,
        related_name="votes",
        verbose_name="planning",
    )
    member = models.ForeignKey(
        SteeringGroupMember,
        on_delete=models.CASCADE,
        related_name="votes",
        verbose_name="lid",
    )
    choice = models.CharField("oordeel", max_length=20, choices=Feasibility)
    condition = models.TextField(
        "haalbaar als …",
        max_length=1000,
        blank=True,
        help_text="Wat moet er veranderen, zodat het voor jou wel lukt?",
    )
    cast_on = models.DateField("gegeven op", default=timezone.localdate)
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="votes_recorded",
        verbose_name="genoteerd door",
        help_text="Wie het oordeel intikte, als het lid dat niet zelf deed.",
    )
    answer = models.CharField(
        "antwoord", max_length=20, choices=ConditionAnswer, blank=True
    )
    answer_text = models.TextField("toelichting", max_length=1000, blank=True)
    answered_on = models.DateField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "oordeel over een planning"
        verbose_name_plural = "oordelen over een planning"
        ordering = ["planning", "member"]
        constraints = [
            one_of("vote", "choice", Feasibility),
            one_of("vote", "answer", ConditionAnswer, blank=True),
            models.CheckConstraint(
                condition=Q(choice=Feasibility.FEASIBLE) | ~Q(condition=""),
                name="vote_condition_has_words",
                violation_error_message="Schrijf in één zin wat er moet veranderen.",
            ),
            models.UniqueConstraint(
                fields=["planning", "member"], name="vote_once_per_planning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_choice_display().lower()}"

    @property
    def is_positive(self) -> bool:
        """Whether this vote lets the analysis start: feasible, or its condition accepted."""
        return self.choice == Feasibility.FEASIBLE or (
            self.choice == Feasibility.FEASIBLE_IF
            and self.answer == ConditionAnswer.ACCEPTED
        )

    @property
    def awaits_answer(self) -> bool:
        """Whether the coordinator has yet to answer the condition."""
        return self.choice != Feasibility.FEASIBLE and not self.answer
