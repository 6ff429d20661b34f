"""The doelgroepenmatrix: which groups, how great the need, how great the chance.

The layout is a proposal of this product: the original matrix
could not be found.
"""

from enum import StrEnum

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from kader.fields import TermSetField, one_of, subset_of
from kader.vocabulary import MatrixDecision, SocialRight
from projects.models.project import Project
from projects.models.steering_group import Organisation

MAX_SCORE = 3
HALF = 6


class Criterion(StrEnum):
    """The eight criteria, each scored 0 to 3; N3 follows from the ticked rights."""

    N1 = "n1"
    N2 = "n2"
    N3 = "n3"
    N4 = "n4"
    K1 = "k1"
    K2 = "k2"
    K3 = "k3"
    K4 = "k4"

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


class Quadrant(StrEnum):
    """What the plot advises; the steering group decides."""

    START_NOW = "start_now"
    BUILD_BRIDGE = "build_bridge"
    TAKE_ALONG = "take_along"
    LATER = "later"

    @property
    def label(self) -> str:
        return QUADRANT_LABELS[self]


QUADRANT_LABELS = {
    Quadrant.START_NOW: "Nu starten",
    Quadrant.BUILD_BRIDGE: "Eerst brug bouwen",
    Quadrant.TAKE_ALONG: "Meenemen in een andere actie",
    Quadrant.LATER: "Later",
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

    objects = TargetGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"
        ordering = ["pk"]
        constraints = [
            one_of("target_group", "decision", MatrixDecision, blank=True),
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

    @property
    def is_scored(self) -> bool:
        """Whether all eight criteria have a score."""
        return None not in [self.score(criterion) for criterion in Criterion]

    @property
    def need(self) -> int:
        """The sum of N1 to N4, 0 to 12; a missing score counts as nothing."""
        return sum(self.score(Criterion(f"n{i}")) or 0 for i in range(1, 5))

    @property
    def chance(self) -> int:
        """The sum of K1 to K4, 0 to 12; a missing score counts as nothing."""
        return sum(self.score(Criterion(f"k{i}")) or 0 for i in range(1, 5))

    @property
    def quadrant(self) -> Quadrant:
        """What the plot advises for this group."""
        if self.need > HALF:
            return Quadrant.START_NOW if self.chance > HALF else Quadrant.BUILD_BRIDGE
        return Quadrant.TAKE_ALONG if self.chance > HALF else Quadrant.LATER

    def score(self, criterion: Criterion) -> int | None:
        """Return the score of one criterion, None when nobody gave it yet."""
        value: int | None = getattr(self, criterion.value)
        return value
