"""The meetings of the steering group: agenda, who was there, what was decided."""

from datetime import date

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.formats import date_format, time_format

from kader.fields import one_of
from kader.vocabulary import AgendaKind
from projects.models.project import Project
from projects.models.steering_group import SteeringGroupMember


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def upcoming(self, on: date) -> "MeetingQuerySet":
        """Return the meetings of that day and later, the first to come first."""
        return self.filter(held_on__gte=on).order_by("held_on", "starts_at", "pk")

    def past(self, on: date) -> "MeetingQuerySet":
        """Return the meetings before that day, the last one first."""
        return self.filter(held_on__lt=on).order_by("-held_on", "-starts_at", "-pk")

    def without_decisions(self, on: date) -> "MeetingQuerySet":
        """Return the meetings that were over by that day while nothing was decided."""
        return self.past(on).filter(decisions=None)

    def on_day(self, on: date) -> "MeetingQuerySet":
        return self.filter(held_on=on)

    def with_counts(self) -> "MeetingQuerySet":
        """Count agenda and decisions: `item_count` and `decision_count`."""
        return self.annotate(
            item_count=Count("items", distinct=True),
            decision_count=Count("decisions", distinct=True),
        )

    def with_minutes(self) -> "MeetingQuerySet":
        """Load agenda, decisions and who was there. Three queries more."""
        return self.prefetch_related(
            "items",
            models.Prefetch(
                "decisions", MeetingDecision.objects.select_related("owner")
            ),
            models.Prefetch("present", SteeringGroupMember.objects.with_organisation()),
        )


class Meeting(models.Model):
    """One meeting. `revision` counts changes, so that a calendar takes the newest."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="meetings",
        verbose_name="project",
    )
    title = models.CharField("titel", max_length=120, default="Stuurgroep")
    held_on = models.DateField("dag")
    starts_at = models.TimeField("begint om", null=True, blank=True)
    ends_at = models.TimeField("eindigt om", null=True, blank=True)
    place = models.CharField("plaats", max_length=200, blank=True)
    present = models.ManyToManyField(
        SteeringGroupMember,
        blank=True,
        related_name="meetings_attended",
        verbose_name="wie was er?",
    )
    minutes = models.TextField(
        "verslag",
        max_length=10000,
        blank=True,
        help_text="Kort is goed. Schrijf geen namen van deelnemers.",
    )
    revision = models.PositiveIntegerField("hoeveel keer gewijzigd", default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "vergadering"
        verbose_name_plural = "vergaderingen"
        ordering = ["held_on", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_began",
                violation_error_message="Het einde ligt voor het begin. Kijk de uren na.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:meeting_detail", args=[self.project_id, self.pk])

    @property
    def when(self) -> str:
        """Say the day in full, with the hours that are known."""
        day = date_format(self.held_on, "l j F Y")
        if self.starts_at is None:
            return day
        start = time_format(self.starts_at, "H.i")
        if self.ends_at is None:
            return f"{day}, {start} uur"
        return f"{day}, van {start} tot {time_format(self.ends_at, 'H.i')} uur"


class MeetingItem(models.Model):
    """One point on the agenda; its kind says which part of the project it shows."""

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        related_name="items",
        verbose_name="vergadering",
    )
    position = models.PositiveSmallIntegerField("plaats")
    kind = models.CharField(
        "waarover", max_length=20, choices=AgendaKind, default=AgendaKind.OWN
    )
    title = models.CharField("punt", max_length=200)
    note = models.TextField("toelichting", max_length=1000, blank=True)

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["meeting", "position", "pk"]
        constraints = [one_of("meeting_item", "kind", AgendaKind)]

    def __str__(self) -> str:
        return self.title


class MeetingDecision(models.Model):
    """Something the steering group decided, with who does it by when."""

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        related_name="decisions",
        verbose_name="vergadering",
    )
    item = models.ForeignKey(
        MeetingItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="bij agendapunt",
    )
    text = models.TextField("wat beslisten jullie?", max_length=1000)
    owner = models.ForeignKey(
        SteeringGroupMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_decisions",
        verbose_name="wie doet het?",
    )
    due_on = models.DateField("tegen wanneer?", null=True, blank=True)

    class Meta:
        verbose_name = "beslissing"
        verbose_name_plural = "beslissingen"
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return self.text
