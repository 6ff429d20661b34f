"""Dialogue sessions: who sat together, about what, and what was agreed."""

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kader.fields import one_of
from kader.vocabulary import Confirmation, DialogueDecision, ServiceDomain, Side
from projects.models import Project
from rechtencirkel.models import ProblemStatement

MAX_PRESENT = 500


class SessionState(models.TextChoices):
    """Planned until it was held; closed once both sides confirmed."""

    PLANNED = "planned", "Gepland"
    HELD = "held", "Gehouden"
    CLOSED = "closed", "Afgesloten"


def _present(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=0, validators=[MaxValueValidator(MAX_PRESENT)]
    )


class DialogueSessionQuerySet(models.QuerySet["DialogueSession"]):
    def with_conclusions(self) -> "DialogueSessionQuerySet":
        return self.prefetch_related("agenda__problem_statement", "conclusions")


class DialogueSession(models.Model):
    """A talk of the target group, the OCMW and partners, prepared on both sides (R10)."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="dialogue_sessions",
        verbose_name="project",
    )
    title = models.CharField(
        "waarover gaat het?", max_length=120, default="Dialoog over de rechtencirkel"
    )
    held_on = models.DateField("wanneer?")
    place = models.CharField("waar?", max_length=120)
    guide = models.CharField(
        "wie begeleidt?",
        max_length=120,
        help_text="Iemand die beide kanten vertrouwen.",
    )
    prepared_with_group_on = models.DateField(
        "voorbereid met de doelgroep op",
        null=True,
        blank=True,
        help_text="Samen bekijken waar het over gaat en wie wat zegt.",
    )
    residents_present = _present("hoeveel bewoners waren er?")
    ocmw_present = _present("hoeveel mensen van het OCMW?")
    partners_present = _present("hoeveel partners?")
    state = models.CharField(
        "stand", max_length=20, choices=SessionState, default=SessionState.PLANNED
    )

    objects = DialogueSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "dialoogsessie"
        verbose_name_plural = "dialoogsessies"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="session_state_known"
            ),
            models.UniqueConstraint(
                fields=["project", "held_on", "title"],
                name="session_once",
                violation_error_message="Deze dialoogsessie staat er al in.",
            ),
            models.CheckConstraint(
                condition=Q(residents_present__lte=MAX_PRESENT)
                & Q(ocmw_present__lte=MAX_PRESENT)
                & Q(partners_present__lte=MAX_PRESENT),
                name="session_present_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dialogue:session_detail", args=[self.project_id, self.pk])

    @property
    def present(self) -> int:
        total: int = self.residents_present + self.ocmw_present + self.partners_present
        return total

    @property
    def is_planned(self) -> bool:
        return self.state == SessionState.PLANNED

    @property
    def is_closed(self) -> bool:
        return self.state == SessionState.CLOSED

    @property
    def is_out_of_balance(self) -> bool:
        """Whether the residents were outnumbered more than two to one."""
        others: int = self.ocmw_present + self.partners_present
        return self.present > 0 and self.residents_present * 2 < others

    def problems_to_discuss(self) -> models.QuerySet[ProblemStatement]:
        """Return the problem statements of the project that are not on this agenda."""
        return self.project.problem_statements.exclude(agenda_items__session=self)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def with_conclusions(self) -> "AgendaItemQuerySet":
        """Load the problem, the conclusions and the actions that followed."""
        return self.select_related("problem_statement").prefetch_related(
            "conclusions__improvement_actions"
        )


class AgendaItem(models.Model):
    """One point of a session: a problem statement, or a domain with a gap."""

    session = models.ForeignKey(
        DialogueSession,
        on_delete=models.CASCADE,
        related_name="agenda",
        verbose_name="dialoogsessie",
    )
    problem_statement = models.ForeignKey(
        ProblemStatement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="probleemformulering",
    )
    domain = models.CharField(
        "of een domein", max_length=20, choices=ServiceDomain, blank=True
    )
    minutes = models.PositiveSmallIntegerField(
        "hoeveel minuten?",
        default=20,
        validators=[MinValueValidator(5), MaxValueValidator(180)],
    )
    position = models.PositiveSmallIntegerField("plaats", default=1)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["session", "position", "pk"]
        constraints = [
            one_of("agenda_item", "domain", ServiceDomain, blank=True),
            models.CheckConstraint(
                condition=Q(problem_statement__isnull=False) ^ ~Q(domain=""),
                name="agenda_item_about_one_thing",
                violation_error_message="Kies een probleemformulering of een domein.",
            ),
            models.UniqueConstraint(
                fields=["session", "problem_statement"],
                name="agenda_problem_once",
                violation_error_message="Dit staat al op de agenda.",
            ),
        ]

    def __str__(self) -> str:
        if self.problem_statement is not None:
            return self.problem_statement.text
        return f"Verschil van mening over {ServiceDomain(self.domain).label.lower()}"

    @property
    def domains(self) -> tuple[ServiceDomain, ...]:
        """The domains this point is about, its own or those of the problem."""
        if self.problem_statement is not None:
            return tuple(self.problem_statement.domains)
        return (ServiceDomain(self.domain),)


@dataclass(frozen=True)
class SideAnswer:
    """What one side said about a conclusion; None when it was not asked yet."""

    side: Side
    name: str
    confirmation: Confirmation | None
    remark: str


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def with_session(self) -> "ConclusionQuerySet":
        """Load when it was agreed and about which problem."""
        return self.select_related("session", "agenda_item__problem_statement")

    def of_project(self, project: Project) -> "ConclusionQuerySet":
        return self.filter(session__project=project)


class Conclusion(models.Model):
    """What a session agreed on one point, and how each side confirmed it."""

    session = models.ForeignKey(
        DialogueSession,
        on_delete=models.CASCADE,
        related_name="conclusions",
        verbose_name="dialoogsessie",
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        related_name="conclusions",
        verbose_name="agendapunt",
    )
    text = models.CharField("wat spraken we af? In één zin", max_length=300)
    decision = models.CharField("wat doen we?", max_length=20, choices=DialogueDecision)
    reason = models.TextField(
        "waarom?",
        max_length=1000,
        blank=True,
        help_text="Nodig als we het uitzoeken of niet doen: de groep heeft recht op uitleg.",
    )
    dissent = models.TextField(
        "wie is het niet eens, en waarom?", max_length=1000, blank=True
    )
    target_confirmation = models.CharField(
        "bewoners", max_length=20, choices=Confirmation, blank=True
    )
    target_remark = models.CharField(
        "opmerking van de bewoners", max_length=300, blank=True
    )
    provider_confirmation = models.CharField(
        "OCMW en diensten", max_length=20, choices=Confirmation, blank=True
    )
    provider_remark = models.CharField(
        "opmerking van het OCMW en de diensten", max_length=300, blank=True
    )

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "conclusie"
        verbose_name_plural = "conclusies"
        ordering = ["session", "pk"]
        constraints = [
            one_of("conclusion", "decision", DialogueDecision),
            one_of("conclusion", "target_confirmation", Confirmation, blank=True),
            one_of("conclusion", "provider_confirmation", Confirmation, blank=True),
            models.CheckConstraint(
                condition=Q(decision=DialogueDecision.DO) | ~Q(reason=""),
                name="conclusion_not_done_has_reason",
                violation_error_message="Schrijf waarom: de groep heeft recht op uitleg.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.session.get_absolute_url()}#conclusie-{self.pk}"

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides said something about it."""
        return bool(self.target_confirmation and self.provider_confirmation)

    @property
    def calls_for_action(self) -> bool:
        return self.decision != DialogueDecision.DO_NOT

    @property
    def decision_term(self) -> DialogueDecision:
        return DialogueDecision(self.decision)

    @property
    def answers(self) -> tuple[SideAnswer, SideAnswer]:
        """What each side said, residents first."""
        return (
            SideAnswer(
                Side.TARGET_GROUP,
                "Bewoners",
                _confirmation(self.target_confirmation),
                self.target_remark,
            ),
            SideAnswer(
                Side.PROVIDERS,
                "OCMW en diensten",
                _confirmation(self.provider_confirmation),
                self.provider_remark,
            ),
        )


def _confirmation(value: str) -> Confirmation | None:
    return Confirmation(value) if value else None
