"""A report: the wish, the work and the file. The row is the only truth about its state."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from projects.models import Project
from rechtencirkel.models import Conversation

MAX_ATTEMPTS = 3
STEPS = (
    "Wacht op een vrije werker",
    "De gegevens verzamelen",
    "De rechtencirkel tekenen",
    "De bladzijden opmaken",
)
# As many steps, so that a guide walks the same road.
GUIDE_STEPS = (
    "Wacht op een vrije werker",
    "De vragen verzamelen",
    "De stickerbladen klaarzetten",
    "De bladzijden opmaken",
)


class ReportKind(models.TextChoices):
    """What is made: a report on a project, or the printed guide of one talk."""

    PROGRESS = "progress", "Voortgangsrapport"
    GUIDE = "guide", "Gespreksleidraad"


class ReportStatus(models.TextChoices):
    """Waiting, running, ready or failed; never anything in between."""

    WAITING = "waiting", "Wacht"
    RUNNING = "running", "Bezig"
    READY = "ready", "Klaar"
    FAILED = "failed", "Mislukt"


class ReportQuerySet(models.QuerySet["Report"]):
    def progress(self) -> "ReportQuerySet":
        """Return the reports on a project: what everybody in it may read."""
        return self.filter(kind=ReportKind.PROGRESS)

    def guides(self) -> "ReportQuerySet":
        return self.filter(kind=ReportKind.GUIDE)

    def unfinished(self) -> "ReportQuerySet":
        return self.filter(status__in=[ReportStatus.WAITING, ReportStatus.RUNNING])

    def abandoned(self, now: datetime) -> "ReportQuerySet":
        """Return what a worker took and did not bring back in time."""
        return self.filter(status=ReportStatus.RUNNING, lease_until__lt=now)

    def with_requester(self) -> "ReportQuerySet":
        return self.select_related("requested_by")


class Report(models.Model):
    """One progress report of one project, or the guide of one of its talks.

    `attempts` also fences: a worker finishes only the attempt that it began. `snapshot`
    holds the figures the file was made from, and which quotes are printed in it.
    """

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="reports",
        verbose_name="project",
    )
    requested_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name="gevraagd door",
    )
    kind = models.CharField(
        "soort", max_length=20, choices=ReportKind, default=ReportKind.PROGRESS
    )
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="guides",
        verbose_name="gesprek",
    )
    introduction = models.TextField("inleiding", max_length=3000, blank=True)
    requested_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    status = models.CharField(
        "stand", max_length=20, choices=ReportStatus, default=ReportStatus.WAITING
    )
    step = models.PositiveSmallIntegerField("stap", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    lease_until = models.DateTimeField("in handen tot", null=True)
    finished_at = models.DateTimeField("klaar op", null=True)
    failure = models.CharField("waarom mislukt", max_length=300, blank=True)
    file = models.FileField("bestand", max_length=200, blank=True)
    sha256 = models.CharField("vingerafdruk", max_length=64, blank=True)
    page_count = models.PositiveSmallIntegerField("bladzijden", null=True)
    snapshot = models.JSONField("gegevens", null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporten"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReportStatus.values), name="report_status_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReportKind.values), name="report_kind_known"
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(
                    status__in=sorted([ReportStatus.WAITING, ReportStatus.RUNNING]),
                    kind=ReportKind.PROGRESS,
                ),
                name="report_one_open_per_project",
                violation_error_message="Er wordt al een rapport gemaakt.",
            ),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(
                    status__in=sorted([ReportStatus.WAITING, ReportStatus.RUNNING]),
                    kind=ReportKind.GUIDE,
                ),
                name="report_one_open_guide_per_talk",
                violation_error_message="Er wordt al een leidraad gemaakt.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.PROGRESS, conversation=None)
                | Q(kind=ReportKind.GUIDE, conversation__isnull=False),
                name="report_guide_is_of_a_talk",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.READY) | ~Q(file=""),
                name="report_ready_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} van {self.requested_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        if self.is_guide:
            args = [self.project_id, self.conversation_id]
            return reverse("reports:guide", args=args)
        return reverse("reports:report_list", args=[self.project_id])

    @property
    def is_guide(self) -> bool:
        return self.kind == ReportKind.GUIDE

    @property
    def is_unfinished(self) -> bool:
        return self.status in (ReportStatus.WAITING, ReportStatus.RUNNING)

    @property
    def is_ready(self) -> bool:
        return self.status == ReportStatus.READY

    @property
    def is_failed(self) -> bool:
        return self.status == ReportStatus.FAILED

    @property
    def step_label(self) -> str:
        return (GUIDE_STEPS if self.is_guide else STEPS)[self.step]

    @property
    def quote_ids(self) -> frozenset[int]:
        """The quotes printed in the file; reports of before this was noted have none."""
        return frozenset((self.snapshot or {}).get("quotes", ()))
