"""Problem statements: what the analysis ends in, with the evidence behind each."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    Recognition,
    ServiceDomain,
    SocialRight,
)
from projects.models import Project, TargetGroup
from rechtencirkel.models.answers import Quote


class ProblemStatement(models.Model):
    """One sentence that both sides can discuss, with quotes and scores behind it."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="problem_statements",
        verbose_name="project",
    )
    text = models.CharField(
        "het probleem in één zin",
        max_length=300,
        help_text="Zoals de mensen het zelf zouden zeggen, zonder schuldige.",
    )
    explanation = models.TextField("toelichting", max_length=2000, blank=True)
    domains = TermSetField(
        ServiceDomain, verbose_name="over welke domeinen gaat het?", blank=False
    )
    rights = TermSetField(SocialRight, verbose_name="welke grondrechten raakt het?")
    target_groups = models.ManyToManyField(
        TargetGroup,
        blank=True,
        related_name="problem_statements",
        verbose_name="over welke doelgroepen gaat het?",
    )
    quotes = models.ManyToManyField(
        Quote,
        blank=True,
        related_name="problem_statements",
        verbose_name="op welke uitspraken steunt dit?",
    )
    barrier_kind = models.CharField(
        "soort drempel", max_length=20, choices=BarrierKind, blank=True
    )
    barrier_level = models.CharField(
        "niveau", max_length=20, choices=BarrierLevel, blank=True
    )
    non_take_up = models.CharField(
        "wat loopt mis?", max_length=20, choices=NonTakeUp, blank=True
    )
    recognition = models.CharField(
        "herkent de doelgroep dit?",
        max_length=20,
        choices=Recognition,
        blank=True,
        help_text="Leg de zin voor aan de groep voor je ze gebruikt.",
    )
    rank = models.PositiveSmallIntegerField(
        "volgorde",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text="1 is het belangrijkst.",
    )
    stated_on = models.DateField("geformuleerd op")

    class Meta:
        verbose_name = "probleemformulering"
        verbose_name_plural = "probleemformuleringen"
        ordering = ["rank", "pk"]
        constraints = [
            subset_of("problem", "domains", ServiceDomain),
            subset_of("problem", "rights", SocialRight),
            one_of("problem", "barrier_kind", BarrierKind, blank=True),
            one_of("problem", "barrier_level", BarrierLevel, blank=True),
            one_of("problem", "non_take_up", NonTakeUp, blank=True),
            one_of("problem", "recognition", Recognition, blank=True),
            models.UniqueConstraint(
                fields=["project", "text"],
                name="problem_once_per_project",
                violation_error_message="Dit probleem staat er al in.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse(
            "rechtencirkel:problem_statement_detail", args=[self.project_id, self.pk]
        )
