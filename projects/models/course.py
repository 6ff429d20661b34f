"""The course of the project: which phase when and why, chances, who took part (R8, R9)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from kader.fields import one_of
from kader.vocabulary import ParticipationMoment, ParticipationState, Phase
from projects.models.project import Project


class PhaseChangeQuerySet(models.QuerySet["PhaseChange"]):
    def early_start(self) -> "PhaseChange | None":
        """Return the last time the analysis began without an agreed planning (R6).

        Every later report prints its reason. One query.
        """
        return self.filter(was_agreed=False).order_by("changed_on", "pk").last()

    def with_names(self) -> "PhaseChangeQuerySet":
        return self.select_related("changed_by")

    def newest_first(self) -> "PhaseChangeQuerySet":
        return self.order_by("-changed_on", "-pk")


class PhaseChange(models.Model):
    """The project went to a phase. A reason is owed when the method's order is left.

    `was_agreed` is False when the analysis began before every member found the planning
    feasible (R6): every later report prints that reason.
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="phase_changes",
        verbose_name="project",
    )
    phase = models.CharField("fase", max_length=20, choices=Phase)
    changed_on = models.DateField("op", default=timezone.localdate)
    reason = models.TextField("waarom", max_length=1000, blank=True)
    was_agreed = models.BooleanField("iedereen vond de planning haalbaar", default=True)
    changed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="phase_changes",
        verbose_name="door",
    )

    objects = PhaseChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "faseverandering"
        verbose_name_plural = "faseveranderingen"
        ordering = ["changed_on", "pk"]
        constraints = [
            one_of("phase_change", "phase", Phase),
            models.CheckConstraint(
                condition=Q(was_agreed=True) | ~Q(reason=""),
                name="phase_change_early_start_has_reason",
                violation_error_message="Schrijf waarom jullie al starten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} op {self.changed_on:%d/%m/%Y}"


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def open(self) -> "OpportunityQuerySet":
        """Return what nobody used yet; what ends soonest comes first."""
        return self.filter(is_used=False).order_by(
            F("until").asc(nulls_last=True), "-noted_on", "-pk"
        )

    def used(self) -> "OpportunityQuerySet":
        return self.filter(is_used=True)

    def with_names(self) -> "OpportunityQuerySet":
        return self.select_related("noted_by")


class Opportunity(models.Model):
    """Something that happens anyway and that the project can ride along with (R8)."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="opportunities",
        verbose_name="project",
    )
    text = models.CharField(
        "wat gebeurt er?",
        max_length=200,
        help_text="Bijvoorbeeld: het onthaal wordt verbouwd.",
    )
    chance = models.TextField("wat kunnen wij ermee doen?", max_length=1000, blank=True)
    noted_on = models.DateField("genoteerd op", default=timezone.localdate)
    until = models.DateField(
        "tot wanneer is dit een kans?",
        null=True,
        blank=True,
        help_text="Laat leeg als je het niet weet.",
    )
    is_used = models.BooleanField("we deden er iets mee", default=False)
    noted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="opportunities_noted",
        verbose_name="genoteerd door",
    )

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = "kans"
        verbose_name_plural = "kansen"
        ordering = ["is_used", "-noted_on", "-pk"]

    def __str__(self) -> str:
        return self.text

    def is_past(self, on: date) -> bool:
        """Whether the last day of this chance lies before that day."""
        return self.until is not None and self.until < on


class ParticipationCheck(models.Model):
    """How the target group took part at one moment, or why not (R9)."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="participation_checks",
        verbose_name="project",
    )
    moment = models.CharField("moment", max_length=20, choices=ParticipationMoment)
    state = models.CharField(
        "deed de doelgroep mee?", max_length=20, choices=ParticipationState
    )
    text = models.TextField(
        "hoe, of waarom niet?",
        max_length=1000,
        help_text="Eén zin is genoeg. Schrijf geen namen.",
    )
    checked_on = models.DateField("nagekeken op", default=timezone.localdate)

    class Meta:
        verbose_name = "participatiecheck"
        verbose_name_plural = "participatiechecks"
        ordering = ["project", "moment"]
        constraints = [
            one_of("participation", "moment", ParticipationMoment),
            one_of("participation", "state", ParticipationState),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="participation_has_words",
                violation_error_message="Schrijf in één zin hoe, of waarom niet.",
            ),
            models.UniqueConstraint(
                fields=["project", "moment"], name="participation_once_per_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_moment_display()}: {self.get_state_display().lower()}"
