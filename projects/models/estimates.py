"""The estimate of the local problem: short, by each member, side by side (step I.2)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kader.fields import one_of
from kader.vocabulary import SocialRight, SourceKind
from projects.models.project import Project
from projects.models.steering_group import SteeringGroupMember

MOST_SERIOUS = 3


class ProblemEstimateQuerySet(models.QuerySet["ProblemEstimate"]):
    def with_rights(self) -> "ProblemEstimateQuerySet":
        """Load who gave it and how serious each right is. One query more."""
        return self.select_related("member__organisation").prefetch_related("rights")


class ProblemEstimate(models.Model):
    """What one member thinks of under-protection here, and where that comes from."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="estimates",
        verbose_name="project",
    )
    member = models.OneToOneField(
        SteeringGroupMember,
        on_delete=models.CASCADE,
        related_name="estimate",
        verbose_name="lid",
    )
    text = models.TextField(
        "wat zie jij gebeuren in onze gemeente?", max_length=2000, blank=True
    )
    source_kind = models.CharField(
        "waarop steunt dit?", max_length=20, choices=SourceKind, blank=True
    )
    source = models.CharField(
        "bron", max_length=200, blank=True, help_text="Bijvoorbeeld: jaarverslag OCMW."
    )
    source_year = models.PositiveSmallIntegerField(
        "van welk jaar?",
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    given_on = models.DateField("gegeven op", default=timezone.localdate)

    objects = ProblemEstimateQuerySet.as_manager()

    class Meta:
        verbose_name = "inschatting"
        verbose_name_plural = "inschattingen"
        ordering = ["member__organisation__name", "member__name", "pk"]
        constraints = [one_of("estimate", "source_kind", SourceKind, blank=True)]

    def __str__(self) -> str:
        return f"Inschatting van {self.member}"


class RightEstimate(models.Model):
    """How serious it is for one social right, 0 (no problem) to 3 (very serious)."""

    estimate = models.ForeignKey(
        ProblemEstimate,
        on_delete=models.CASCADE,
        related_name="rights",
        verbose_name="inschatting",
    )
    right = models.CharField("grondrecht", max_length=20, choices=SocialRight)
    severity = models.PositiveSmallIntegerField(
        "hoe ernstig?", validators=[MaxValueValidator(MOST_SERIOUS)]
    )

    class Meta:
        verbose_name = "ernst per grondrecht"
        verbose_name_plural = "ernst per grondrecht"
        ordering = ["estimate", "right"]
        constraints = [
            one_of("right_estimate", "right", SocialRight),
            models.CheckConstraint(
                condition=Q(severity__lte=MOST_SERIOUS),
                name="right_estimate_up_to_three",
            ),
            models.UniqueConstraint(
                fields=["estimate", "right"], name="right_estimate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()}: {self.severity}"
