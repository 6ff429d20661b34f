"""The organisations around the table and the people who speak for them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from kader.fields import one_of
from kader.vocabulary import (
    OcmwProfile,
    OrganisationType,
    Phase,
    Responsibility,
    Side,
    SteeringGroupRole,
)
from projects.models.project import Project


class Organisation(models.Model):
    """An organisation that plays a part in the project."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="organisations",
        verbose_name="project",
    )
    name = models.CharField("naam", max_length=120)
    type = models.CharField("soort", max_length=20, choices=OrganisationType)
    side = models.CharField(
        "kant",
        max_length=20,
        choices=Side,
        help_text="Voor wie spreekt deze organisatie: voor de mensen zelf of voor een dienst?",
    )

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name", "pk"]
        constraints = [
            one_of("organisation", "type", OrganisationType),
            one_of("organisation", "side", Side),
            models.UniqueConstraint(
                fields=["project", "name"],
                name="organisation_once_per_project",
                violation_error_message="Deze organisatie staat er al in.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


# Who listens without deciding does not judge the planning either (R6).
VOTING_ROLES = (
    SteeringGroupRole.LEAD,
    SteeringGroupRole.MEMBER,
    SteeringGroupRole.REPRESENTATIVE,
)


class SteeringGroupMemberQuerySet(models.QuerySet["SteeringGroupMember"]):
    def active(self, on: date) -> "SteeringGroupMemberQuerySet":
        """Return who sits in the group on that day."""
        return self.staying(on).filter(since__lte=on)

    def staying(self, on: date) -> "SteeringGroupMemberQuerySet":
        """Return who did not leave by that day, also who has yet to begin."""
        return self.filter(Q(until=None) | Q(until__gt=on))

    def former(self, on: date) -> "SteeringGroupMemberQuerySet":
        """Return who left by that day, the last to leave first."""
        return self.filter(until__lte=on).order_by("-until", "name", "pk")

    def voting(self, on: date) -> "SteeringGroupMemberQuerySet":
        """Return who judges the planning on that day (R6): active, and not an observer."""
        return self.active(on).filter(role__in=VOTING_ROLES)

    def of_user(self, user: User, on: date) -> "SteeringGroupMemberQuerySet":
        """Return the seats that this account holds on that day."""
        return self.active(on).filter(user=user)

    def with_organisation(self) -> "SteeringGroupMemberQuerySet":
        """Load what a list shows of a seat: its organisation, and whose account it is."""
        return self.select_related("organisation", "user")


class SteeringGroupMember(models.Model):
    """A seat in the steering group; with or without an account.

    A representative of the target group may be listed under a pseudonym (P13).
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="steering_group",
        verbose_name="project",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="members",
        verbose_name="organisatie",
    )
    name = models.CharField("naam", max_length=120)
    is_pseudonym = models.BooleanField(
        "dit is een schuilnaam",
        default=False,
        help_text="Wie uit de doelgroep komt, mag een andere naam kiezen.",
    )
    role = models.CharField(
        "rol",
        max_length=20,
        choices=SteeringGroupRole,
        default=SteeringGroupRole.MEMBER,
    )
    function = models.CharField(
        "functie", max_length=120, blank=True, help_text="Bijvoorbeeld: opbouwwerker."
    )
    ocmw_profile = models.CharField(
        "spreekt voor het OCMW vanuit",
        max_length=20,
        choices=OcmwProfile,
        blank=True,
        help_text="Alleen voor mensen van het OCMW.",
    )
    since = models.DateField("lid sinds", default=timezone.localdate)
    until = models.DateField("lid tot", null=True, blank=True)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name="account",
    )

    objects = SteeringGroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van de stuurgroep"
        verbose_name_plural = "leden van de stuurgroep"
        ordering = ["since", "pk"]
        constraints = [
            one_of("seat", "role", SteeringGroupRole),
            one_of("seat", "ocmw_profile", OcmwProfile, blank=True),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="seat_ends_after_it_began",
                violation_error_message="Het einde kan niet voor het begin liggen.",
            ),
            models.UniqueConstraint(
                fields=["project", "organisation", "name"],
                condition=Q(until=None),
                name="seat_once_at_a_time",
                violation_error_message="Deze persoon zit al in de stuurgroep.",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.name}” (schuilnaam)" if self.is_pseudonym else self.name

    @property
    def speaks_for_self(self) -> bool:
        """Whether this member can judge with an account of their own.

        An invitation that was never accepted is no account yet: until then the
        coordinator notes what the member says, so that a planning does not wait for a mail.
        """
        user = self.user
        return user is not None and user.is_active and user.has_usable_password()

    @property
    def speaks_for(self) -> str:
        """Say from which side this member speaks, as the list shows it."""
        if self.role == SteeringGroupRole.REPRESENTATIVE:
            return Side.TARGET_GROUP.label
        kind = OrganisationType(self.organisation.type)
        if kind == OrganisationType.OCMW and self.ocmw_profile:
            return f"OCMW, {OcmwProfile(self.ocmw_profile).label.lower()}"
        return "Basiswerking" if kind.is_grassroots else kind.label


class PhaseResponsibility(models.Model):
    """What a member agreed to do in one phase; no row means nothing was agreed."""

    member = models.ForeignKey(
        SteeringGroupMember,
        on_delete=models.CASCADE,
        related_name="responsibilities",
        verbose_name="lid",
    )
    phase = models.CharField("fase", max_length=20, choices=Phase)
    part = models.CharField("wat doet dit lid", max_length=20, choices=Responsibility)

    class Meta:
        verbose_name = "taak in een fase"
        verbose_name_plural = "taken per fase"
        ordering = ["member", "phase"]
        constraints = [
            one_of("responsibility", "phase", Phase),
            one_of("responsibility", "part", Responsibility),
            models.UniqueConstraint(
                fields=["member", "phase"], name="responsibility_once_per_phase"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_part_display().lower()}"
