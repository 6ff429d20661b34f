"""Problem statements: what the analysis ends in, with the evidence behind each."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    Confirmation,
    NonTakeUp,
    Recognition,
    ServiceDomain,
    SocialRight,
)
from projects.models import Organisation, Project, TargetGroup
from rechtencirkel.models.answers import Quote

TEXT_MAX_LENGTH = 300


def same_sentence(one: str, other: str) -> bool:
    """Whether two wordings differ in nothing but capitals and spaces."""
    return one.casefold().split() == other.casefold().split()


class ProblemStatementQuerySet(models.QuerySet["ProblemStatement"]):
    def with_evidence_counts(self) -> "ProblemStatementQuerySet":
        """Add how many scores and barriers each rests on. No extra query."""
        return self.annotate(
            score_count=models.Count("scores", distinct=True),
            barrier_count=models.Count("barriers", distinct=True),
        )


class ProblemStatement(models.Model):
    """One sentence that both sides can discuss, with quotes and scores behind it.

    `recognition` and `provider_confirmation` follow what each side answered last about
    the sentence as it stands now (services.validate_problem and write_problem); nothing
    else writes them.
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="problem_statements",
        verbose_name="project",
    )
    text = models.CharField(
        "het probleem in één zin",
        max_length=TEXT_MAX_LENGTH,
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
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="problem_statements",
        verbose_name="wie volgt dit probleem op?",
        help_text="De organisatie die zorgt dat dit probleem op tafel blijft.",
    )
    recognition = models.CharField(
        "herkent de doelgroep dit?", max_length=20, choices=Recognition, blank=True
    )
    provider_confirmation = models.CharField(
        "gaan de diensten akkoord?", max_length=20, choices=Confirmation, blank=True
    )
    rank = models.PositiveSmallIntegerField(
        "volgorde",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text="1 is het belangrijkst.",
    )
    stated_on = models.DateField("geformuleerd op")

    objects = ProblemStatementQuerySet.as_manager()

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
            one_of("problem", "provider_confirmation", Confirmation, blank=True),
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
