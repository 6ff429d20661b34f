"""Telling the group what happened: a duty with a date, not a nice extra."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from improvement_actions.models.action import ImprovementAction
from kader.fields import one_of
from kader.vocabulary import ActionStatus, FeedbackChannel, Recognition
from projects.models import Project, TargetGroup


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def told_since(self, group: TargetGroup, day: date) -> "FeedbackQuerySet":
        """Return what a group was told on that day or later."""
        return self.filter(target_group=group, given_on__gte=day)

    def with_names(self) -> "FeedbackQuerySet":
        return self.select_related("target_group").prefetch_related("actions")


class Feedback(models.Model):
    """One moment at which a group was told what happened, and how it reacted."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="feedback",
        verbose_name="project",
    )
    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.PROTECT,
        related_name="feedback",
        verbose_name="aan welke groep?",
    )
    actions = models.ManyToManyField(
        ImprovementAction, related_name="feedback", verbose_name="over welke acties?"
    )
    given_on = models.DateField("wanneer?")
    channel = models.CharField("hoe?", max_length=20, choices=FeedbackChannel)
    people_present = models.PositiveSmallIntegerField(
        "hoeveel mensen hoorden het?",
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    told = models.TextField(
        "wat vertelden jullie?",
        max_length=2000,
        help_text="Ook wat niet lukt. In gewone taal.",
    )
    recognition = models.CharField(
        "herkende de groep zich?", max_length=20, choices=Recognition
    )
    reaction = models.TextField(
        "hoe reageerde de groep?",
        max_length=1000,
        blank=True,
        help_text="Zonder namen.",
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "terugkoppeling"
        verbose_name_plural = "terugkoppelingen"
        ordering = ["-given_on", "-pk"]
        constraints = [
            one_of("feedback", "channel", FeedbackChannel),
            one_of("feedback", "recognition", Recognition),
            models.CheckConstraint(
                condition=Q(people_present__gte=1), name="feedback_reached_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"Terugkoppeling aan {self.target_group}"

    def get_absolute_url(self) -> str:
        return reverse("improvement_actions:feedback_list", args=[self.project_id])

    @property
    def recognition_term(self) -> Recognition:
        return Recognition(self.recognition)


class FeedbackDutyQuerySet(models.QuerySet["FeedbackDuty"]):
    def of_project(self, project: Project) -> "FeedbackDutyQuerySet":
        return self.filter(action__project=project)

    def open(self) -> "FeedbackDutyQuerySet":
        return self.filter(fulfilled_by=None)

    def overdue(self, on: date) -> "FeedbackDutyQuerySet":
        return self.open().filter(due_on__lt=on)

    def with_names(self) -> "FeedbackDutyQuerySet":
        return self.select_related("action", "target_group", "fulfilled_by")


class FeedbackDuty(models.Model):
    """A group still has to hear that an action behind its words changed."""

    action = models.ForeignKey(
        ImprovementAction,
        on_delete=models.CASCADE,
        related_name="feedback_duties",
        verbose_name="verbeteractie",
    )
    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.PROTECT,
        related_name="feedback_duties",
        verbose_name="doelgroep",
    )
    status = models.CharField("nieuws", max_length=20, choices=ActionStatus)
    opened_on = models.DateField("ontstaan op")
    due_on = models.DateField("vertellen voor")
    fulfilled_by = models.ForeignKey(
        Feedback,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name="verteld in",
    )

    objects = FeedbackDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "terugkoppelplicht"
        verbose_name_plural = "terugkoppelplichten"
        ordering = ["due_on", "pk"]
        constraints = [
            one_of("duty", "status", ActionStatus),
            models.UniqueConstraint(
                fields=["action", "target_group"],
                condition=Q(fulfilled_by=None),
                name="duty_one_open_per_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} vertellen aan {self.target_group}"

    @property
    def status_term(self) -> ActionStatus:
        return ActionStatus(self.status)
