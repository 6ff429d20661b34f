"""The municipality, its project, and who has an account in it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from kader.fields import one_of
from kader.vocabulary import Phase


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def existing(self, on: date) -> "MunicipalityQuerySet":
        """Return the municipalities that exist on that day."""
        return self.exclude(valid_from__gt=on).exclude(valid_until__lte=on)


class Municipality(models.Model):
    """A Flemish municipality. The 285 of today come with the product.

    Mergers happen: a municipality that ended keeps its projects and names its successor.
    """

    nis_code = models.CharField("NIS-code", max_length=5, unique=True)
    name = models.CharField("naam", max_length=80)
    province = models.CharField("provincie", max_length=40)
    inhabitants = models.PositiveIntegerField("inwoners", null=True, blank=True)
    valid_from = models.DateField("bestaat sinds", null=True, blank=True)
    valid_until = models.DateField("bestond tot", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="opgegaan in",
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name", "nis_code"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What an account is in a project. The capabilities stand in projects.access."""

    COORDINATOR = "coordinator", "Coördinator"
    GRASSROOTS = "grassroots", "Basiswerking"
    MEMBER = "member", "Stuurgroeplid"
    SUPPORTER = "supporter", "Vlaamse ondersteuner"


class PhaseState(StrEnum):
    """How a phase is marked in the navigation; a mark informs, it never locks (R8)."""

    DONE = "done"
    NOW = "now"
    OPEN = "open"

    @property
    def label(self) -> str:
        return {"done": "gedaan", "now": "nu bezig", "open": "nog te starten"}[self]


@dataclass(frozen=True)
class Viewer:
    """What the signed-in user may do in the project that was fetched for them."""

    user: User
    role: Role
    may_view: bool
    may_contribute: bool
    may_enter: bool
    may_manage: bool


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> "ProjectQuerySet":
        """Return the projects in which the user has a role, whatever the role."""
        return self.filter(memberships__user=user).distinct()

    def with_municipality(self) -> "ProjectQuerySet":
        return self.select_related("municipality")


class Project(models.Model):
    """One municipality going through the Lokaal Proactief Kader."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="projects",
        verbose_name="gemeente",
    )
    title = models.CharField("titel", max_length=120)
    starting_point = models.TextField(
        "vertrekpunt",
        max_length=1000,
        blank=True,
        help_text="Waarom nu? Een verhuis, een nieuwe ploeg, een signaal: elk begin is goed.",
    )
    phase = models.CharField(
        "fase",
        max_length=20,
        choices=Phase,
        default=Phase.PREPARATION,
        help_text="Waar jullie nu vooral aan werken. Alle fasen blijven altijd open.",
    )
    started_on = models.DateField("gestart op")
    closed_on = models.DateField("afgesloten op", null=True, blank=True)
    matrix_opened_on = models.DateField(
        "scores van de leden getoond sinds", null=True, blank=True
    )

    works_offline = models.BooleanField(
        "invoeren zonder netwerk",
        default=True,
        help_text=(
            "Wie een gesprek invoert, kan verder typen als het netwerk wegvalt. Het blad "
            "blijft dan hoogstens 14 dagen op het toestel, versleuteld, tot het verstuurd "
            "is of tot wie het typte zich afmeldt. Vink dit uit als er niets op een "
            "toestel mag blijven."
        ),
    )

    objects = ProjectQuerySet.as_manager()

    # Set by projects.access for the request at hand; never stored.
    viewer: Viewer

    class Meta:
        verbose_name = "project"
        verbose_name_plural = "projecten"
        ordering = ["municipality__name", "title", "pk"]
        constraints = [
            one_of("project", "phase", Phase),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("started_on")),
                name="project_closes_after_start",
                violation_error_message="De afsluiting kan niet voor de start liggen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:dashboard", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    def phase_state(self, phase: Phase) -> PhaseState:
        """Return how a phase is marked: before, at or after the current one."""
        order = list(Phase)
        distance = order.index(phase) - order.index(Phase(self.phase))
        if distance < 0:
            return PhaseState.DONE
        return PhaseState.NOW if distance == 0 else PhaseState.OPEN


class MembershipQuerySet(models.QuerySet["Membership"]):
    def with_users(self) -> "MembershipQuerySet":
        return self.select_related("user")

    def coordinators(self) -> "MembershipQuerySet":
        """Return the coordinators who can still sign in, or will once they accept."""
        return self.filter(role=Role.COORDINATOR, user__is_active=True)

    def able_to_sign_in(self) -> "MembershipQuerySet":
        """Return who has an open account: active, and a password was chosen."""
        return self.filter(user__is_active=True).exclude(
            user__password__startswith=UNUSABLE_PASSWORD_PREFIX
        )

    def with_projects(self) -> "MembershipQuerySet":
        """Load the projects too, ordered as a list of projects reads."""
        return self.select_related("project__municipality").order_by(
            "project__municipality__name", "project__title", "pk"
        )


class Membership(models.Model):
    """An account in a project, with one role."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name="project",
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="memberships", verbose_name="wie"
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    since = models.DateField("sinds", default=timezone.localdate)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "toegang"
        verbose_name_plural = "toegangen"
        ordering = ["role", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user"],
                name="membership_once_per_project",
                violation_error_message="Deze persoon heeft al toegang.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"
