"""Who signs in, and how an account begins: by an invitation that works once."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

DEMO_DOMAIN = "@demo.example"


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def demo_accounts(self) -> "models.QuerySet[User]":
        """Return the people of the demo, in the order in which they were made."""
        return self.filter(is_active=True, email__endswith=DEMO_DOMAIN).order_by("pk")

    def create_user(
        self, email: str, name: str, password: str | None = None, **extra: Any
    ) -> "User":
        """Make a user; without a password nobody can sign in until one is chosen."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, name: str, password: str | None = None, **extra: Any
    ) -> "User":
        return self.create_user(
            email, name, password, is_staff=True, is_superuser=True, **extra
        )


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. What they may do stands in projects.access."""

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=120)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField(
        "beheerder",
        default=False,
        help_text="Beheert accounts en instellingen, en ziet geen antwoorden.",
    )
    note = models.CharField(
        "toelichting",
        max_length=120,
        blank=True,
        help_text="Wat deze persoon doet, zoals de demo het bij de naam zet.",
    )
    joined_at = models.DateTimeField("sinds", default=timezone.now)
    wants_digest = models.BooleanField(
        "elke maandag een mail als er iets te doen is",
        default=True,
        help_text="Hoogstens één mail per week, en nooit een lege.",
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Er is al een account met dit e-mailadres.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self) -> "InvitationQuerySet":
        """Return the invitations that still open an account."""
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A link that lets one person choose a password once.

    Only the SHA-256 of the secret is stored: whoever reads the database cannot use it.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="invitations", verbose_name="voor"
    )
    token_hash = models.CharField("vingerafdruk", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="invitations_sent",
        verbose_name="uitgenodigd door",
    )
    created_at = models.DateTimeField("gemaakt op", default=timezone.now)
    expires_at = models.DateTimeField("vervalt op")
    accepted_at = models.DateTimeField("gebruikt op", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Uitnodiging voor {self.user}"


class CalendarFeed(models.Model):
    """The secret address with which somebody's own calendar follows their meetings.

    Only the SHA-256 of the secret is stored, so the address is shown once; making a new
    one, or removing this row, makes the old address worthless.
    """

    user = models.OneToOneField(
        User,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
        verbose_name="van",
    )
    token_hash = models.CharField("vingerafdruk", max_length=64, unique=True)
    created_at = models.DateTimeField("gemaakt op", default=timezone.now)

    class Meta:
        verbose_name = "agenda-adres"
        verbose_name_plural = "agenda-adressen"
        ordering = ["user__name", "pk"]

    def __str__(self) -> str:
        return f"Agenda van {self.user}"
