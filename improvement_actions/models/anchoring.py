"""Making change last (R14), and ideas that belong to another government (R17)."""

from django.db import models
from django.db.models import Q

from improvement_actions.models.action import ImprovementAction
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import AnchoringKind, AnchoringState, Competence, ServiceDomain
from projects.models import Project


class AnchoringQuerySet(models.QuerySet["Anchoring"]):
    def of_project(self, project: Project) -> "AnchoringQuerySet":
        return self.filter(action__project=project).select_related("action")


class Anchoring(models.Model):
    """Where a change became part of how things always go."""

    action = models.ForeignKey(
        ImprovementAction,
        on_delete=models.CASCADE,
        related_name="anchorings",
        verbose_name="welke actie?",
    )
    text = models.CharField(
        "wat ligt nu vast?",
        max_length=300,
        help_text="Bijvoorbeeld: de nazorgtelefoon is deel van de procedure.",
    )
    kind = models.CharField("waar?", max_length=20, choices=AnchoringKind)
    decided_by = models.CharField(
        "wie besliste?", max_length=120, help_text="Bijvoorbeeld: vast bureau."
    )
    decided_on = models.DateField("wanneer?")
    review_on = models.DateField("wanneer kijken jullie het na?", null=True, blank=True)
    state = models.CharField(
        "stand",
        max_length=20,
        choices=AnchoringState,
        default=AnchoringState.ANCHORED,
    )

    objects = AnchoringQuerySet.as_manager()

    class Meta:
        verbose_name = "verankering"
        verbose_name_plural = "verankeringen"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            one_of("anchoring", "kind", AnchoringKind),
            one_of("anchoring", "state", AnchoringState),
            models.UniqueConstraint(
                fields=["action", "text"],
                name="anchoring_once",
                violation_error_message="Deze verankering staat er al in.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def kind_term(self) -> AnchoringKind:
        return AnchoringKind(self.kind)

    @property
    def state_term(self) -> AnchoringState:
        return AnchoringState(self.state)


class Signal(models.Model):
    """An idea that the municipality cannot carry out itself."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="policy_signals",
        verbose_name="project",
    )
    text = models.CharField("wat moet er veranderen?", max_length=300)
    competence = models.CharField(
        "wie is bevoegd?",
        max_length=20,
        choices=[c for c in Competence.choices if c[0] != Competence.LOCAL],
    )
    domains = TermSetField(ServiceDomain, verbose_name="over welke domeinen?")
    noted_on = models.DateField("genoteerd op")

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ["-noted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competence__in=[Competence.FLEMISH, Competence.FEDERAL]),
                name="signal_competence_known",
            ),
            subset_of("signal", "domains", ServiceDomain),
            models.UniqueConstraint(
                fields=["project", "text"],
                name="signal_once_per_project",
                violation_error_message="Dit signaal staat er al in.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def level_of_government(self) -> str:
        """Who has to change it, as a sentence names it."""
        if self.competence == Competence.FLEMISH:
            return "de Vlaamse overheid"
        return "de federale overheid"
