"""Organisations that take part without a seat: what they promised, and how far we are (R5)."""

from django.db import models
from django.utils import timezone

from accounts.models import User
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import EngagementState, Involvement, Phase
from projects.models.project import Project
from projects.models.steering_group import Organisation


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def with_names(self) -> "EngagementQuerySet":
        return self.select_related("organisation", "suggested_by")


class Engagement(models.Model):
    """A partner: an organisation that is involved, or that somebody thinks should be.

    `contact` names a professional by function and work address, never a participant (P13).
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="engagements",
        verbose_name="project",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="engagements",
        verbose_name="organisatie",
    )
    phases = TermSetField(Phase, verbose_name="in welke fasen?")
    involvement = models.CharField(
        "hoe doet deze partner mee?",
        max_length=20,
        choices=Involvement,
        default=Involvement.CONSULTED,
    )
    reason = models.TextField("waarom deze partner?", max_length=1000, blank=True)
    promise = models.TextField(
        "wat is er afgesproken?",
        max_length=1000,
        blank=True,
        help_text="Bijvoorbeeld: één overleg, of een lokaal voor de gesprekken.",
    )
    contact = models.CharField(
        "wie spreken we aan?",
        max_length=200,
        blank=True,
        help_text="Functie en werkadres of werknummer. Geen privégegevens.",
    )
    state = models.CharField(
        "hoe ver staan we?",
        max_length=20,
        choices=EngagementState,
        default=EngagementState.TO_CONTACT,
    )
    suggested_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements_suggested",
        verbose_name="voorgesteld door",
    )
    noted_on = models.DateField("genoteerd op", default=timezone.localdate)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["organisation__name", "pk"]
        constraints = [
            one_of("engagement", "involvement", Involvement),
            one_of("engagement", "state", EngagementState),
            subset_of("engagement", "phases", Phase),
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="engagement_once_per_organisation",
                violation_error_message="Deze organisatie staat al bij de partners.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
