"""An improvement action with its append-only follow-up."""

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from dialogue.models import Conclusion
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    ActionStatus,
    Competence,
    CoreProcess,
    CostLevel,
    DialogueDecision,
    PolicyTask,
    ServiceDomain,
    Side,
    SocialRight,
    Werkpiste,
)
from projects.models import Organisation, Project, TargetGroup
from rechtencirkel.models import ProblemStatement

ALLOWED_TRANSITIONS: dict[ActionStatus, frozenset[ActionStatus]] = {
    ActionStatus.IDEA: frozenset({ActionStatus.DECIDED, ActionStatus.STOPPED}),
    ActionStatus.DECIDED: frozenset(
        {ActionStatus.RUNNING, ActionStatus.POSTPONED, ActionStatus.STOPPED}
    ),
    ActionStatus.RUNNING: frozenset(
        {ActionStatus.DONE, ActionStatus.POSTPONED, ActionStatus.STOPPED}
    ),
    ActionStatus.POSTPONED: frozenset({ActionStatus.RUNNING, ActionStatus.STOPPED}),
    ActionStatus.DONE: frozenset({ActionStatus.RUNNING}),
    ActionStatus.STOPPED: frozenset({ActionStatus.IDEA}),
}

REASON_NEEDED = frozenset({ActionStatus.POSTPONED, ActionStatus.STOPPED})

# A change to one of these is news for the group that raised it.
NEWS_FOR_THE_GROUP = frozenset(
    {
        ActionStatus.DECIDED,
        ActionStatus.DONE,
        ActionStatus.POSTPONED,
        ActionStatus.STOPPED,
    }
)

ANCHORABLE = frozenset({ActionStatus.RUNNING, ActionStatus.DONE})

MAX_TITLE = 150
MAX_OTHER_WERKPISTES = 2
MAX_AMOUNT = 1_000_000


def _amount(label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=9,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_AMOUNT)],
    )


class ImprovementActionQuerySet(models.QuerySet["ImprovementAction"]):
    def open(self) -> "ImprovementActionQuerySet":
        """Return what is neither done nor stopped."""
        return self.exclude(status__in=[ActionStatus.DONE, ActionStatus.STOPPED])

    def overdue(self, on: date) -> "ImprovementActionQuerySet":
        return self.open().filter(due_on__lt=on)

    def with_story(self) -> "ImprovementActionQuerySet":
        """Load where an action stems from and what came after it: three queries more."""
        return self.with_origin().prefetch_related(
            "feedback__target_group", "anchorings"
        )

    def anchorable(self) -> "ImprovementActionQuerySet":
        """Return what was really changed, so what can be made to last."""
        return self.filter(status__in=sorted(ANCHORABLE))

    def with_origin(self) -> "ImprovementActionQuerySet":
        """Load what an action stems from and who owns it."""
        return self.select_related(
            "owner",
            "problem_statement",
            "conclusion__session",
            "conclusion__agenda_item__problem_statement",
        )


class ImprovementAction(models.Model):
    """A concrete local step along one werkpiste, with somebody who owns it."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="improvement_actions",
        verbose_name="project",
    )
    title = models.CharField(
        "wat gaan jullie doen?",
        max_length=MAX_TITLE,
        help_text="In gewone taal, zoals je het aan de groep zou vertellen.",
    )
    description = models.TextField("omschrijving", max_length=3000, blank=True)
    conclusion = models.ForeignKey(
        Conclusion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="improvement_actions",
        verbose_name="afgesproken in de dialoog",
    )
    problem_statement = models.ForeignKey(
        ProblemStatement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="improvement_actions",
        verbose_name="lost dit probleem op",
    )
    is_opportunity = models.BooleanField(
        "losse actie: een opportuniteit",
        default=False,
        help_text="Er deed zich een kans voor, los van de dialoog.",
    )
    werkpiste = models.CharField("werkpiste", max_length=20, choices=Werkpiste)
    other_werkpistes = TermSetField(
        Werkpiste, verbose_name="andere werkpistes", help_text="Hoogstens twee."
    )
    policy_task = models.CharField(
        "beleidstaak", max_length=20, choices=PolicyTask, blank=True
    )
    core_process = models.CharField(
        "kernproces", max_length=20, choices=CoreProcess, blank=True
    )
    domains = TermSetField(ServiceDomain, verbose_name="welke domeinen verbetert het?")
    rights = TermSetField(SocialRight, verbose_name="welke grondrechten?")
    target_groups = models.ManyToManyField(
        TargetGroup,
        blank=True,
        related_name="improvement_actions",
        verbose_name="voor welke doelgroepen?",
        help_text="Deze groepen hebben recht op terugkoppeling.",
    )
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="owned_actions",
        verbose_name="wie is eigenaar?",
    )
    owner_function = models.CharField(
        "wie precies?",
        max_length=120,
        blank=True,
        help_text="Een functie, bijvoorbeeld: budgetdienst.",
    )
    partners = models.CharField("wie werkt mee?", max_length=300, blank=True)
    starts_on = models.DateField("van", null=True, blank=True)
    due_on = models.DateField("te realiseren tegen", null=True, blank=True)
    cost = models.CharField(
        "kost", max_length=20, choices=CostLevel, default=CostLevel.EXISTING_MEANS
    )
    is_feasible_soon = models.BooleanField("haalbaar binnen zes maanden", default=False)
    competence = models.CharField(
        "wie is bevoegd?", max_length=20, choices=Competence, default=Competence.LOCAL
    )
    participation = models.TextField(
        "hoe doet de groep mee?", max_length=1000, blank=True
    )
    indicator = models.CharField(
        "waaraan zien we het?",
        max_length=120,
        blank=True,
        help_text="Bijvoorbeeld: gesprekken, of % van nieuwe dossiers.",
    )
    indicator_start = _amount("start")
    indicator_now = _amount("nu")
    indicator_goal = _amount("doel")
    bbc_reference = models.CharField(
        "BBC-verwijzing",
        max_length=120,
        blank=True,
        help_text="Zoals jullie gemeente ze schrijft, bijvoorbeeld BD2 / AP2.1.",
    )
    status = models.CharField(
        "stand", max_length=20, choices=ActionStatus, default=ActionStatus.IDEA
    )
    status_reason = models.CharField("reden", max_length=300, blank=True)

    objects = ImprovementActionQuerySet.as_manager()

    class Meta:
        verbose_name = "verbeteractie"
        verbose_name_plural = "verbeteracties"
        ordering = ["pk"]
        constraints = [
            one_of("action", "werkpiste", Werkpiste),
            subset_of("action", "other_werkpistes", Werkpiste),
            one_of("action", "policy_task", PolicyTask, blank=True),
            one_of("action", "core_process", CoreProcess, blank=True),
            subset_of("action", "domains", ServiceDomain),
            subset_of("action", "rights", SocialRight),
            one_of("action", "cost", CostLevel),
            one_of("action", "competence", Competence),
            one_of("action", "status", ActionStatus),
            models.CheckConstraint(
                condition=Q(conclusion__isnull=False)
                | Q(problem_statement__isnull=False)
                | Q(is_opportunity=True),
                name="action_has_origin",
                violation_error_message=(
                    "Zeg waar deze actie vandaan komt: een afspraak uit de dialoog, een "
                    "probleem, of een losse opportuniteit."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(REASON_NEEDED)) | ~Q(status_reason=""),
                name="action_stopped_has_reason",
                violation_error_message="Schrijf waarom: de groep heeft recht op uitleg.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(due_on=None)
                | Q(due_on__gte=F("starts_on")),
                name="action_ends_after_it_starts",
                violation_error_message="Het einde kan niet voor het begin liggen.",
            ),
            models.UniqueConstraint(
                fields=["project", "title"],
                name="action_title_once_per_project",
                violation_error_message="Er is al een actie met deze titel.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "improvement_actions:action_detail", args=[self.project_id, self.pk]
        )

    @property
    def problem(self) -> ProblemStatement | None:
        """The problem behind the action, directly or through its conclusion."""
        if self.problem_statement is not None:
            return self.problem_statement
        if self.conclusion is not None:
            return self.conclusion.agenda_item.problem_statement
        return None

    @property
    def starting_status(self) -> ActionStatus:
        """Where a new action starts: decided when a dialogue said so, else an idea."""
        conclusion = self.conclusion
        if conclusion is not None and conclusion.decision == DialogueDecision.DO:
            return ActionStatus.DECIDED
        return ActionStatus.IDEA

    @property
    def status_term(self) -> ActionStatus:
        return ActionStatus(self.status)

    @property
    def all_werkpistes(self) -> tuple[Werkpiste, ...]:
        """Every werkpiste the action works along, the main one first."""
        return (self.werkpiste_term, *self.other_werkpistes)

    @property
    def werkpiste_term(self) -> Werkpiste:
        return Werkpiste(self.werkpiste)

    @property
    def can_be_anchored(self) -> bool:
        return self.status in ANCHORABLE

    @property
    def is_local(self) -> bool:
        """Whether the municipality can do this itself (R17)."""
        return self.competence == Competence.LOCAL

    @property
    def misses_professional_owner(self) -> bool:
        """Whether an informal network is left without a service that answers for it.

        R15: informal networks stay the responsibility of professionals.
        """
        return (
            self.werkpiste == Werkpiste.INFORMAL_NETWORKS
            and self.owner.side != Side.PROVIDERS
        )

    @property
    def has_numbers(self) -> bool:
        """Whether any of start, now and goal was given."""
        numbers = (self.indicator_start, self.indicator_now, self.indicator_goal)
        return any(number is not None for number in numbers)

    @property
    def progress(self) -> int | None:
        """How far from start to goal, 0 to 100; None while a number is missing."""
        now: Decimal | None = self.indicator_now
        goal: Decimal | None = self.indicator_goal
        if now is None or goal is None:
            return None
        start: Decimal = self.indicator_start or Decimal(0)
        if start == goal:
            return 100
        part = (now - start) / (goal - start)
        return round(100 * min(Decimal(1), max(Decimal(0), part)))

    @property
    def allowed_transitions(self) -> tuple[ActionStatus, ...]:
        """The states this action may move to, in order of the vocabulary."""
        allowed = ALLOWED_TRANSITIONS[ActionStatus(self.status)]
        return tuple(status for status in ActionStatus if status in allowed)

    def is_overdue(self, on: date) -> bool:
        return (
            self.due_on is not None
            and self.due_on < on
            and self.status not in (ActionStatus.DONE, ActionStatus.STOPPED)
        )


class FollowUp(models.Model):
    """One line of what happened. Appended, never edited."""

    action = models.ForeignKey(
        ImprovementAction,
        on_delete=models.CASCADE,
        related_name="follow_ups",
        verbose_name="verbeteractie",
    )
    happened_on = models.DateField("wanneer?")
    text = models.TextField("wat gebeurde er?", max_length=2000)
    status = models.CharField(
        "nieuwe stand", max_length=20, choices=ActionStatus, blank=True
    )
    indicator_value = _amount("nieuw cijfer")
    written_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name="geschreven door",
    )

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolging"
        ordering = ["-happened_on", "-pk"]
        constraints = [one_of("follow_up", "status", ActionStatus, blank=True)]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def status_term(self) -> ActionStatus | None:
        return ActionStatus(self.status) if self.status else None
