"""One talk with a group, or the answers of a service: the unit of everything (R11)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    ConversationKind,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from projects.models import Organisation, Project, TargetGroup
from rechtencirkel.models.questions import Round, RoundQuestion
from rechtencirkel.suppression import GROUP_THRESHOLD, counts_in_figures

MAX_PEOPLE = 500
FIRST_CHANGE_MAX_LENGTH = 2000
# A report nobody read back counts after this long (domain reference §10.1, a proposal).
DAYS_UNTIL_COUNTED = 14
# After every question that has a place of its own in a talk.
NO_PLACE = 10_000


class ConversationState(models.TextChoices):
    """Draft until handed in; then locked, unless it comes back with a question."""

    DRAFT = "draft", "Ontwerp"
    RETURNED = "returned", "Teruggestuurd"
    HANDED_IN = "handed_in", "Ingediend"
    READ_BACK = "read_back", "Nagelezen door de groep"


# In these states the sheet can still change, and nothing of it counts.
OPEN_STATES = (ConversationState.DRAFT, ConversationState.RETURNED)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def counted(self, on: date) -> "ConversationQuerySet":
        """Return the conversations whose answers count in the analysis on that day.

        A group's report counts once the group has read it back, or two weeks after it
        was handed in; the answers of providers count when handed in. When a measurement
        closes, all that was handed in by then counts.
        """
        handed_in = ~Q(state__in=OPEN_STATES)
        long_enough = Q(handed_in_on__lte=on - timedelta(days=DAYS_UNTIL_COUNTED))
        return self.filter(
            handed_in
            & (
                Q(side=Side.PROVIDERS)
                | Q(state=ConversationState.READ_BACK)
                | Q(round__closed_on__isnull=False)
                | long_enough
            )
        )

    def people_not_published(self) -> int:
        """Count the people who wait to be shown: handed in, and nothing told of them.

        Nobody waits any more in a measurement that closed, and a group too small to
        count in figures does not wait for them.
        """
        total: int | None = (
            self.handed_in()
            .in_figures()
            .filter(round__closed_on=None)
            .exclude(totals__published_on__isnull=False)
            .aggregate(people=models.Sum("people"))["people"]
        )
        return total or 0

    def in_figures(self) -> "ConversationQuerySet":
        """Leave out the groups that are too small to count in any number (P8)."""
        return self.exclude(
            side=Side.TARGET_GROUP,
            kind=ConversationKind.GROUP,
            people__lt=GROUP_THRESHOLD,
        )

    def drafts(self) -> "ConversationQuerySet":
        """Return what can still change: never handed in, or come back with a question."""
        return self.filter(state__in=OPEN_STATES)

    def handed_in(self) -> "ConversationQuerySet":
        """Return what was handed in, whether it counts yet or not."""
        return self.exclude(state__in=OPEN_STATES)

    def with_sheet(self) -> "ConversationQuerySet":
        """Return what somebody typed: answers by link have no sheet to open."""
        return self.exclude(kind=ConversationKind.BY_LINK)

    def with_names(self) -> "ConversationQuerySet":
        return self.select_related(
            "target_group", "organisation", "round", "entered_by"
        )


class Conversation(models.Model):
    """A sheet: who spoke (never by name), where, when, about which domains."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="conversations",
        verbose_name="project",
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="conversations",
        verbose_name="meting",
    )
    side = models.CharField("kant", max_length=20, choices=Side)
    kind = models.CharField(
        "soort gesprek",
        max_length=20,
        choices=ConversationKind,
        default=ConversationKind.GROUP,
    )
    title = models.CharField(
        "naam van de groep",
        max_length=120,
        help_text="Een naam die de groep zelf gebruikt, zonder namen van mensen.",
    )
    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name="doelgroep",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name="organisatie",
        help_text="De basiswerking of de dienst waar dit gebeurt.",
    )
    category = models.CharField(
        "wie zijn dit?", max_length=20, choices=RespondentCategory
    )
    held_on = models.DateField("wanneer?")
    place = models.CharField("waar?", max_length=120)
    guide = models.CharField(
        "wie begeleidt?",
        max_length=120,
        help_text="Iemand die de groep kent en vertrouwt.",
    )
    people = models.PositiveSmallIntegerField(
        "hoeveel mensen doen mee?",
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PEOPLE)],
        help_text="5 tot 8 mensen praat het makkelijkst. Weet je het nog niet, schat dan.",
    )
    helps_participants = models.BooleanField(
        "de begeleider is ook de hulpverlener van deelnemers",
        default=False,
        help_text="Wie van je hulp afhangt, zegt niet graag wat er misloopt.",
    )
    language = models.CharField("taal", max_length=40, default="Nederlands")
    has_interpreter = models.BooleanField("er was een tolk bij", default=False)
    has_consent = models.BooleanField(
        "we vroegen toestemming, en iedereen ging akkoord",
        default=False,
        help_text="Gesproken, in gewone taal. Noteer geen namen of handtekeningen.",
    )
    domains = TermSetField(
        ServiceDomain, verbose_name="over welke domeinen praten jullie?", blank=False
    )
    first_change = models.TextField(
        "wat moet er als eerste veranderen?",
        max_length=FIRST_CHANGE_MAX_LENGTH,
        blank=True,
    )
    state = models.CharField(
        "stand",
        max_length=20,
        choices=ConversationState,
        default=ConversationState.DRAFT,
    )
    entered_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="sheets",
        verbose_name="ingevoerd door",
    )
    handed_in_on = models.DateField("ingediend op", null=True, blank=True)
    accepted_on = models.DateField("aanvaard op", null=True, blank=True)
    read_back_on = models.DateField("nagelezen op", null=True, blank=True)
    # Grows with every save of the sheet: a save against an old number is refused.
    version = models.PositiveIntegerField("versie", default=0)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ["-held_on", "-pk"]
        constraints = [
            one_of("conversation", "side", Side),
            one_of("conversation", "kind", ConversationKind),
            one_of("conversation", "category", RespondentCategory),
            subset_of("conversation", "domains", ServiceDomain),
            models.CheckConstraint(
                condition=Q(state__in=ConversationState.values),
                name="conversation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1) & Q(people__lte=MAX_PEOPLE),
                name="conversation_people_in_range",
                violation_error_message="Vul in hoeveel mensen er meededen.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConversationKind.INDIVIDUAL) | Q(people=1),
                name="conversation_individual_is_one",
                violation_error_message="Een individueel gesprek is met één persoon.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES) | Q(handed_in_on__isnull=False),
                name="conversation_handed_in_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN_STATES) | Q(accepted_on__isnull=True),
                name="conversation_accepted_is_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "rechtencirkel:conversation_detail", args=[self.project_id, self.pk]
        )

    @property
    def receipt(self) -> str:
        """What fits on the paper: this sheet, and how it stood at its last save."""
        return f"{self.pk}-{self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether the sheet can still change: a returned one can too."""
        return self.state in OPEN_STATES

    @property
    def is_returned(self) -> bool:
        """Whether it came back with a question that still waits for an answer."""
        return self.state == ConversationState.RETURNED

    @property
    def is_accepted(self) -> bool:
        return self.accepted_on is not None

    @property
    def is_by_link(self) -> bool:
        """Whether the product gathered it from answers by link."""
        return self.kind == ConversationKind.BY_LINK

    @property
    def counts_in_figures(self) -> bool:
        """Whether it may count in a number: a focus group of four or more, P8."""
        is_group = (
            self.side == Side.TARGET_GROUP and self.kind == ConversationKind.GROUP
        )
        return counts_in_figures(self.people, is_group=is_group)

    @property
    def awaits_reading_back(self) -> bool:
        """Whether the group still has to hear its own report."""
        return (
            self.state == ConversationState.HANDED_IN and self.side == Side.TARGET_GROUP
        )

    @property
    def counts_from(self) -> date | None:
        """The day on which an unread report counts by itself; None for a draft."""
        if self.handed_in_on is None:
            return None
        return self.handed_in_on + timedelta(days=DAYS_UNTIL_COUNTED)

    def question_count(self) -> int:
        """Return how many questions this talk asks besides the points. Two queries."""
        asked = Counter(
            self.chosen_questions()
            .values_list("question__domain", flat=True)
            .order_by()
        )
        everything = self.round.questions.to_choose_from(self.side, self.domains)
        # A domain without a choice asks all its questions.
        rest = everything.exclude(domain__in=asked).count()
        return rest + sum(n for domain, n in asked.items() if domain in self.domains)

    def questions_about(self, domain: ServiceDomain) -> list[RoundQuestion]:
        """Return what this talk asks about a domain, in its order and words. Three queries.

        Without a choice everything is asked. The points always are, and so is what has
        an answer already: a choice made later loses nothing that was said.
        """
        return self._asked_about([domain])[domain]

    def all_questions(self) -> list[RoundQuestion]:
        """Return everything this talk asks, domain after domain. Three queries."""
        asked = self._asked_about(self.domains)
        return [question for domain in self.domains for question in asked[domain]]

    def _asked_about(
        self, domains: Sequence[ServiceDomain]
    ) -> dict[ServiceDomain, list[RoundQuestion]]:
        questions = (
            self.round.questions.on_sheet(self.pk, self.side)
            .filter(domain__in=domains)
            .select_related("depends_on")
        )
        rows = self.chosen_questions().filter(question__domain__in=domains)
        chosen = {row.question_id: row for row in rows.select_related("question")}
        limited = {ServiceDomain(row.question.domain) for row in chosen.values()}
        kept = chosen.keys() | self._answered_about(limited)
        asked: dict[ServiceDomain, list[RoundQuestion]] = {d: [] for d in domains}
        for question in questions:
            domain = ServiceDomain(question.domain)
            if question.pk in chosen and chosen[question.pk].text:
                question.ask_as(chosen[question.pk].text)
            if domain not in limited or question.is_points or question.pk in kept:
                asked[domain].append(question)
        for domain in limited:
            asked[domain].sort(
                key=lambda q: (
                    q.is_points,
                    chosen[q.pk].position if q.pk in chosen else NO_PLACE,
                )
            )
        return asked

    def _answered_about(self, domains: Collection[ServiceDomain]) -> set[int]:
        if not domains:
            return set()
        tallies = self.option_tallies.filter(question__domain__in=domains).order_by()
        words = self.open_answers.filter(question__domain__in=domains).order_by()
        return set(
            tallies.values_list("question_id", flat=True).union(
                words.values_list("question_id", flat=True)
            )
        )

    def chosen_questions(self) -> models.QuerySet[Any]:
        """Return the choices that the round still asks: a hidden one chooses nothing."""
        chosen: models.QuerySet[Any] = self.asked_questions.all()
        return chosen.filter(question__is_hidden=False)
