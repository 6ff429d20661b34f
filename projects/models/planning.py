"""What the steering group agreed to do, in versions: how many people on both sides."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from projects.models.project import Project


class PlanningQuerySet(models.QuerySet["Planning"]):
    def current(self) -> "Planning | None":
        """Return the newest version. One query."""
        return self.order_by("-version").first()


class Planning(models.Model):
    """One version of the planning. R7 names no number; the municipality sets its own."""

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
