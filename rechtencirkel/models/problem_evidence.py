"""What a problem statement rests on, who recognised it, and who finds it important.

Evidence is kept as it was shown on the day it was ticked: a number that was hidden then
is not in these rows.
"""

from collections.abc import Iterable
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    Confirmation,
    NonTakeUp,
    Recognition,
    ServiceDomain,
    Side,
)
from projects.models import Project, SteeringGroupMember
from rechtencirkel.models.answers import BARRIER_MAX_LENGTH
from rechtencirkel.models.conversation import MAX_PEOPLE
from rechtencirkel.models.problems import (
    TEXT_MAX_LENGTH,
    ProblemStatement,
    same_sentence,
)
from rechtencirkel.models.questions import Round
from rechtencirkel.suppression import THRESHOLD

TOP = 3


def _shown_together(side: str) -> models.CheckConstraint:
    """Bind a median to its number of people: both shown, from five people on, or none."""
    median, people = f"{side}_median", f"{side}_people"
    return models.CheckConstraint(
        condition=Q(**{f"{median}__isnull": True, f"{people}__isnull": True})
        | Q(
            **{
                f"{median}__gte": 0,
                f"{median}__lte": 10,
                f"{people}__gte": THRESHOLD,
                # A comparison with nothing is not false, so it would pass.
                f"{median}__isnull": False,
                f"{people}__isnull": False,
            }
        ),
        name=f"problem_score_{side}_as_shown",
    )


class ProblemScore(models.Model):
    """The medians of both sides for one domain, as a page showed them on a day."""

    problem = models.ForeignKey(
        ProblemStatement,
        on_delete=models.CASCADE,
        related_name="scores",
        verbose_name="probleem",
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, verbose_name="meting")
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    target_median = models.DecimalField(
        "mediaan van de doelgroep",
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
    )
    target_people = models.PositiveIntegerField(
        "mensen van de doelgroep", null=True, blank=True
    )
    provider_median = models.DecimalField(
        "mediaan van de diensten",
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
    )
    provider_people = models.PositiveIntegerField(
        "antwoorden van diensten", null=True, blank=True
    )
    attached_on = models.DateField("toegevoegd op")

    class Meta:
        verbose_name = "cijfer achter een probleem"
        verbose_name_plural = "cijfers achter een probleem"
        ordering = ["problem", "-round", "pk"]
        constraints = [
            one_of("problem_score", "domain", ServiceDomain),
            models.UniqueConstraint(
                fields=["problem", "round", "domain"], name="problem_score_once"
            ),
            _shown_together("target"),
            _shown_together("provider"),
            models.CheckConstraint(
                condition=Q(target_median__isnull=False)
                | Q(provider_median__isnull=False),
                name="problem_score_shows_a_side",
            ),
        ]

    def __str__(self) -> str:
        return ServiceDomain(self.domain).label


class ProblemBarrier(models.Model):
    """A barrier with its tags and in how many conversations it came up, as shown.

    The words follow when they are reworded; when they are withheld, only the tags stay.
    """

    problem = models.ForeignKey(
        ProblemStatement,
        on_delete=models.CASCADE,
        related_name="barriers",
        verbose_name="probleem",
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, verbose_name="meting")
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    text = models.CharField("drempel", max_length=BARRIER_MAX_LENGTH, blank=True)
    kind = models.CharField("soort drempel", max_length=20, choices=BarrierKind)
    level = models.CharField("niveau", max_length=20, choices=BarrierLevel)
    non_take_up = models.CharField(
        "wat loopt mis?", max_length=20, choices=NonTakeUp, blank=True
    )
    sides = TermSetField(Side, verbose_name="genoemd door", blank=False)
    conversations = models.PositiveIntegerField("in hoeveel gesprekken")
    attached_on = models.DateField("toegevoegd op")

    class Meta:
        verbose_name = "drempel achter een probleem"
        verbose_name_plural = "drempels achter een probleem"
        ordering = ["problem", "-round", "pk"]
        constraints = [
            one_of("evidence_barrier", "domain", ServiceDomain),
            one_of("evidence_barrier", "kind", BarrierKind),
            one_of("evidence_barrier", "level", BarrierLevel),
            one_of("evidence_barrier", "non_take_up", NonTakeUp, blank=True),
            subset_of("evidence_barrier", "sides", Side),
            models.UniqueConstraint(
                fields=["problem", "round", "domain", "text", "kind", "level"],
                condition=~Q(text=""),
                name="problem_barrier_once",
            ),
            models.CheckConstraint(
                condition=Q(conversations__gte=1),
                name="problem_barrier_came_up",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ProblemValidationQuerySet(models.QuerySet["ProblemValidation"]):
    def newest_first(self) -> "ProblemValidationQuerySet":
        return self.order_by("-asked_on", "-pk")


class ProblemValidation(models.Model):
    """One time that a side was asked whether a problem statement is right.

    The target group recognises it or not, the services agree or not. The answer holds
    for the words that were asked, so those are kept with it. Of fewer than five people
    only that they were asked is kept.
    """

    problem = models.ForeignKey(
        ProblemStatement,
        on_delete=models.CASCADE,
        related_name="validations",
        verbose_name="probleem",
    )
    side = models.CharField("kant", max_length=20, choices=Side)
    wording = models.CharField("de zin die jullie vroegen", max_length=TEXT_MAX_LENGTH)
    recognition = models.CharField(
        "herkent de groep dit?", max_length=20, choices=Recognition, blank=True
    )
    confirmation = models.CharField(
        "gaan de diensten akkoord?", max_length=20, choices=Confirmation, blank=True
    )
    asked_on = models.DateField("wanneer vroegen jullie het?")
    people = models.PositiveSmallIntegerField(
        "aan hoeveel mensen?",
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PEOPLE)],
        help_text="Bij minder dan 5 mensen bewaren we alleen dat jullie het vroegen, "
        "niet wat ze antwoordden. Anders is te raden wie dat zei.",
    )
    remark = models.TextField(
        "wat zeiden ze erbij?",
        max_length=600,
        blank=True,
        help_text="Zonder namen, en zo dat niemand zichzelf of een ander herkent.",
    )
    noted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="noted_validations",
        verbose_name="genoteerd door",
    )

    objects = ProblemValidationQuerySet.as_manager()

    class Meta:
        verbose_name = "reactie op een probleem"
        verbose_name_plural = "reacties op een probleem"
        ordering = ["problem", "asked_on", "pk"]
        constraints = [
            one_of("problem_validation", "side", Side),
            one_of("problem_validation", "recognition", Recognition, blank=True),
            one_of("problem_validation", "confirmation", Confirmation, blank=True),
            models.CheckConstraint(
                condition=Q(people__lt=THRESHOLD, recognition="", confirmation="")
                | (
                    Q(
                        side=Side.TARGET_GROUP,
                        confirmation="",
                        people__gte=THRESHOLD,
                    )
                    & ~Q(recognition="")
                )
                | (
                    Q(side=Side.PROVIDERS, recognition="", people__gte=THRESHOLD)
                    & ~Q(confirmation="")
                ),
                name="problem_validation_answers_for_its_side",
                violation_error_message="Kies wat deze kant antwoordde.",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1) & Q(people__lte=MAX_PEOPLE),
                name="problem_validation_people_in_range",
                violation_error_message="Vul in aan hoeveel mensen je het vroeg.",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=THRESHOLD) | Q(remark=""),
                name="problem_validation_remark_of_a_group",
                violation_error_message="Bij minder dan 5 mensen bewaren we niet wat ze "
                "erbij zeiden: dan is te raden wie dat zei.",
            ),
        ]

    def __str__(self) -> str:
        if self.answer is None:
            return f"voorgelegd aan minder dan {THRESHOLD} mensen"
        return str(self.answer.label)

    @property
    def answer(self) -> Recognition | Confirmation | None:
        """What this side answered, whichever list it comes from; None below five."""
        if self.people < THRESHOLD:
            return None
        if self.side == Side.TARGET_GROUP:
            return Recognition(self.recognition)
        return Confirmation(self.confirmation)

    @property
    def is_about_older_words(self) -> bool:
        """Whether the sentence says something else since. Expects the problem loaded."""
        return not same_sentence(self.wording, self.problem.text)


def standing_answer(
    newest_first: Iterable[ProblemValidation], side: Side, text: str
) -> ProblemValidation | None:
    """Return what a side said last about a sentence; of one day, what was noted last.

    What fewer than five people answered is not kept, so it never stands.
    """
    about_it = (
        row
        for row in newest_first
        if row.side == side and row.answer and same_sentence(row.wording, text)
    )
    return next(about_it, None)


class ProblemRanking(models.Model):
    """How far a project is with choosing what comes first.

    Everybody chooses apart, then the coordinator ends the choosing, and the steering
    group settles the order. `version` grows with every change of the order or the step:
    a change against an old number is refused.
    """

    project = models.OneToOneField(
        Project,
        on_delete=models.CASCADE,
        related_name="problem_ranking",
        verbose_name="project",
    )
    closed_on = models.DateField("kiezen afgesloten op", null=True, blank=True)
    settled_on = models.DateField("volgorde vastgelegd op", null=True, blank=True)
    version = models.PositiveIntegerField("versie", default=0)

    class Meta:
        verbose_name = "volgorde van de problemen"
        verbose_name_plural = "volgordes van de problemen"
        ordering = ["project"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None)
                | Q(closed_on__isnull=False, settled_on__gte=F("closed_on")),
                name="problem_ranking_closed_before_settled",
            )
        ]

    def __str__(self) -> str:
        return f"Volgorde van {self.project}"

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_settled(self) -> bool:
        return self.settled_on is not None


class ProblemPickQuerySet(models.QuerySet["ProblemPick"]):
    def counting(self, project: Project, on: date) -> "ProblemPickQuerySet":
        """Return the choices of who sits in the steering group on that day and judges."""
        return self.filter(
            member__in=project.steering_group.voting(on), problem__project=project
        )


class ProblemPick(models.Model):
    """One place in the top three of one member of the steering group."""

    problem = models.ForeignKey(
        ProblemStatement,
        on_delete=models.CASCADE,
        related_name="picks",
        verbose_name="probleem",
    )
    member = models.ForeignKey(
        SteeringGroupMember,
        on_delete=models.CASCADE,
        related_name="problem_picks",
        verbose_name="lid",
    )
    place = models.PositiveSmallIntegerField("plaats")

    objects = ProblemPickQuerySet.as_manager()

    class Meta:
        verbose_name = "keuze van een lid"
        verbose_name_plural = "keuzes van de leden"
        ordering = ["member", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "place"], name="problem_pick_place_once"
            ),
            models.UniqueConstraint(
                fields=["member", "problem"], name="problem_pick_problem_once"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1) & Q(place__lte=TOP),
                name="problem_pick_in_the_top",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}"
