"""The doelgroepenmatrix: which groups, how great the need, how great the chance.

The layout is a proposal of this product: the original matrix
could not be found.
"""

import hashlib
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import Confidence, MatrixDecision, SocialRight, SourceKind
from projects.models.project import Project
from projects.models.steering_group import Organisation, SteeringGroupMember

MAX_SCORE = 3


class Criterion(models.TextChoices):
    """The eight criteria, each scored 0 to 3; N3 follows from the ticked rights."""

    N1 = "n1", "Omvang"
    N2 = "n2", "Ernst"
    N3 = "n3", "Breedte"
    N4 = "n4", "Onbereikt"
    K1 = "k1", "Brugfiguur"
    K2 = "k2", "Draagkracht"
    K3 = "k3", "Lokale hefboom"
    K4 = "k4", "Momentum"

    @property
    def code(self) -> str:
        return self.value.upper()

    @property
    def question(self) -> str:
        return CRITERION_QUESTIONS[self]

    @property
    def anchors(self) -> tuple[str, str, str, str]:
        """What 0, 1, 2 and 3 mean."""
        return CRITERION_ANCHORS[self]


CRITERION_QUESTIONS = {
    Criterion.N1: "Omvang: hoeveel mensen in onze gemeente?",
    Criterion.N2: "Ernst: hoe zwaar wegen de gemiste rechten?",
    Criterion.N3: "Breedte: op hoeveel grondrechten?",
    Criterion.N4: "Onbereikt: hoe weinig bereiken diensten hen vandaag?",
    Criterion.K1: "Brugfiguur: is er een basiswerking of vertrouwenspersoon?",
    Criterion.K2: "Draagkracht: kan de groep nu meedoen zonder dat het te zwaar wordt?",
    Criterion.K3: "Lokale hefboom: kan ons lokaal bestuur hier zelf iets veranderen?",
    Criterion.K4: "Momentum: loopt er iets waar we op kunnen aansluiten?",
}

CRITERION_ANCHORS = {
    Criterion.N1: ("bijna niemand", "klein", "gemiddeld", "groot"),
    Criterion.N2: ("licht", "matig", "zwaar", "zeer zwaar"),
    Criterion.N3: ("geen", "1 of 2", "3 of 4", "5 of meer"),
    Criterion.N4: ("goed bereikt", "redelijk", "weinig", "bijna niet"),
    Criterion.K1: ("geen", "misschien", "ja, los contact", "ja, sterk"),
    Criterion.K2: ("nee", "moeilijk", "met steun", "ja"),
    Criterion.K3: ("nee", "weinig", "deels", "veel"),
    Criterion.K4: ("nee", "idee", "gepland", "bezig"),
}


def _score(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(MAX_SCORE)]
    )


class TargetGroupQuerySet(models.QuerySet["TargetGroup"]):
    def chosen(self) -> "TargetGroupQuerySet":
        return self.filter(decision=MatrixDecision.CHOSEN)


class TargetGroup(models.Model):
    """One row of the matrix."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="target_groups",
        verbose_name="project",
    )
    name = models.CharField(
        "doelgroep",
        max_length=120,
        help_text="Een ruime naam, zodat niemand te herkennen is.",
    )
    n1 = _score("omvang")
    n2 = _score("ernst")
    n4 = _score("onbereikt")
    k1 = _score("brugfiguur")
    k2 = _score("draagkracht")
    k3 = _score("lokale hefboom")
    k4 = _score("momentum")
    rights = TermSetField(SocialRight, verbose_name="welke grondrechten missen zij?")
    bridge = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bridged_groups",
        verbose_name="brug naar de groep",
        help_text="De organisatie die deze mensen vertrouwen.",
    )
    decision = models.CharField(
        "beslissing", max_length=20, choices=MatrixDecision, blank=True
    )
    reason = models.TextField(
        "waarom", max_length=1000, blank=True, help_text="Eén zin is genoeg."
    )
    source_kind = models.CharField(
        "waarop steunt dit?", max_length=20, choices=SourceKind, blank=True
    )
    source = models.CharField("bron", max_length=200, blank=True)
    source_year = models.PositiveSmallIntegerField(
        "van welk jaar?",
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    confidence = models.CharField(
        "hoe zeker zijn jullie?", max_length=20, choices=Confidence, blank=True
    )
    representative = models.CharField(
        "wie kan deze groep vertegenwoordigen?",
        max_length=200,
        blank=True,
        help_text="Een rol of een organisatie, geen naam.",
    )
    support = models.TextField(
        "welke steun heeft de groep nodig?",
        max_length=1000,
        blank=True,
        help_text="Bijvoorbeeld: kinderopvang, busticketten, een tolk.",
    )
    services = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="important_to_groups",
        verbose_name="welke diensten zijn voor hen het belangrijkst?",
        help_text="Eén of twee.",
    )
    planned_talks = models.PositiveSmallIntegerField(
        "hoeveel gesprekken plannen jullie?",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )

    objects = TargetGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"
        ordering = ["pk"]
        constraints = [
            one_of("target_group", "decision", MatrixDecision, blank=True),
            one_of("target_group", "source_kind", SourceKind, blank=True),
            one_of("target_group", "confidence", Confidence, blank=True),
            subset_of("target_group", "rights", SocialRight),
            models.UniqueConstraint(
                fields=["project", "name"],
                name="target_group_once_per_project",
                violation_error_message="Deze doelgroep staat al in de matrix.",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(reason=""),
                name="target_group_decision_has_reason",
                violation_error_message="Schrijf in één zin waarom jullie dit beslissen.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{column: None}) | Q(**{f"{column}__lte": MAX_SCORE}),
                    name=f"target_group_{column}_up_to_three",
                )
                for column in ("n1", "n2", "n4", "k1", "k2", "k3", "k4")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def n3(self) -> int:
        """Breadth, from the number of ticked rights: 0, 1-2, 3-4, 5 or more."""
        return min(MAX_SCORE, (len(self.rights) + 1) // 2)

    def score(self, criterion: Criterion) -> int | None:
        """Return the score that the group agreed, None when there is none; N3 follows."""
        value: int | None = getattr(self, criterion.value)
        return value


# What people score; N3 follows from the ticked rights.
SCORED_CRITERIA = tuple(c for c in Criterion if c != Criterion.N3)


class MatrixScoreQuerySet(models.QuerySet["MatrixScore"]):
    def counting(self, project: Project, on: date) -> "MatrixScoreQuerySet":
        """Return the scores that count on that day: of who sits in the group and judges."""
        return self.filter(
            target_group__project=project,
            member__in=project.steering_group.voting(on),
        )

    def of_project(self, project: Project) -> "MatrixScoreQuerySet":
        return self.filter(target_group__project=project)

    def readable_by(self, user: User) -> "MatrixScoreQuerySet":
        """Return what this account gave itself, or what was typed from paper."""
        return self.filter(Q(given_by=user) | Q(given_by=None))

    def from_screen(self) -> "MatrixScoreQuerySet":
        """Return what members gave with an account of their own."""
        return self.exclude(given_by=None)

    def count_members(self) -> int:
        """Return how many members gave a score. One query."""
        return self.order_by().values("member").distinct().count()


# The token of a cell in which nothing is stored.
NO_SCORE = "geen"


class MatrixScore(models.Model):
    """What one member thinks of one cell of the matrix, 0 to 3.

    Private to the member until the coordinator opens the round
    (Project.matrix_opened_on); then only median and spread per cell are shown. The
    reason is shown beside the cell only when the member shares it. It belongs to the
    account that gave it: whoever is given the seat later does not read it.
    """

    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.CASCADE,
        related_name="member_scores",
        verbose_name="doelgroep",
    )
    member = models.ForeignKey(
        SteeringGroupMember,
        on_delete=models.CASCADE,
        related_name="matrix_scores",
        verbose_name="lid",
    )
    criterion = models.CharField("criterium", max_length=2, choices=Criterion)
    score = models.PositiveSmallIntegerField(
        "score", validators=[MaxValueValidator(MAX_SCORE)]
    )
    reason = models.CharField("waarom", max_length=300, blank=True)
    is_shared = models.BooleanField("mijn reden mag getoond worden", default=False)
    given_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matrix_scores",
        verbose_name="gegeven door",
        help_text="Leeg als de coördinator de score van papier overnam.",
    )

    objects = MatrixScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "eigen score"
        verbose_name_plural = "eigen scores"
        ordering = ["target_group", "criterion", "member"]
        constraints = [
            models.CheckConstraint(
                condition=Q(criterion__in=[c.value for c in SCORED_CRITERIA]),
                name="matrix_score_criterion_known",
            ),
            models.CheckConstraint(
                condition=Q(score__lte=MAX_SCORE), name="matrix_score_up_to_three"
            ),
            models.UniqueConstraint(
                fields=["target_group", "member", "criterion"],
                name="matrix_score_once_per_cell",
            ),
        ]

    def __str__(self) -> str:
        # Without the score: this is what lists of related rows print.
        return f"Eigen score bij {self.criterion.upper()}"

    @property
    def token(self) -> str:
        """What a page keeps of a stored cell, to see later whether it changed."""
        return score_token(self.score, self.reason, is_shared=self.is_shared)

    @property
    def meaning(self) -> str:
        """The score in words."""
        return Criterion(self.criterion).anchors[self.score]


def score_token(score: int | None, reason: str, *, is_shared: bool) -> str:
    """Return the token that a cell with these values has."""
    if score is None:
        return NO_SCORE
    said = f"{score}|{is_shared}|{reason}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class MatrixVersion(models.Model):
    """The matrix as it stood on one day; never changed afterwards."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="matrix_versions",
        verbose_name="project",
    )
    number = models.PositiveSmallIntegerField("versie")
    made_on = models.DateField("bewaard op", default=timezone.localdate)
    made_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="matrix_versions",
        verbose_name="bewaard door",
    )
    note = models.CharField(
        "waarom nu?",
        max_length=200,
        blank=True,
        help_text="Bijvoorbeeld: na de stuurgroep van oktober.",
    )

    class Meta:
        verbose_name = "versie van de matrix"
        verbose_name_plural = "versies van de matrix"
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="matrix_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"Versie {self.number}"


def _kept_score(label: str) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=2, decimal_places=1, null=True, blank=True
    )


class MatrixVersionRow(models.Model):
    """One target group in a version: scores (a median may be 1,5), decision and reason."""

    version = models.ForeignKey(
        MatrixVersion,
        on_delete=models.CASCADE,
        related_name="rows",
        verbose_name="versie",
    )
    position = models.PositiveSmallIntegerField("plaats")
    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.SET_NULL,
        null=True,
        related_name="kept_rows",
        verbose_name="doelgroep",
    )
    name = models.CharField("naam", max_length=120)
    n1 = _kept_score("omvang")
    n2 = _kept_score("ernst")
    n3 = _kept_score("breedte")
    n4 = _kept_score("onbereikt")
    k1 = _kept_score("brugfiguur")
    k2 = _kept_score("draagkracht")
    k3 = _kept_score("lokale hefboom")
    k4 = _kept_score("momentum")
    decision = models.CharField(
        "beslissing", max_length=20, choices=MatrixDecision, blank=True
    )
    reason = models.TextField("waarom", max_length=1000, blank=True)

    class Meta:
        verbose_name = "rij van een versie"
        verbose_name_plural = "rijen van een versie"
        ordering = ["version", "position", "pk"]
        constraints = [
            one_of("matrix_version_row", "decision", MatrixDecision, blank=True)
        ]

    def __str__(self) -> str:
        return self.name
