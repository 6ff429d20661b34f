"""The doelgroepenmatrix as the page shows it: letters, figures and safeguards.

Pure: target groups in, rows and sentences out, no queries. It gives advice and never
orders the groups: the steering group decides, in projects.models.TargetGroup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from kader.vocabulary import MatrixDecision
from projects.models import Criterion, Quadrant, TargetGroup
from projects.plot import PlotPoint

NEED_CRITERIA = (Criterion.N1, Criterion.N2, Criterion.N3, Criterion.N4)
CHANCE_CRITERIA = (Criterion.K1, Criterion.K2, Criterion.K3, Criterion.K4)

# From this score on N4 says that services hardly reach the group.
HARDLY_REACHED = 2
# Up to this score K2 says that taking part is too heavy for the group today.
TOO_HEAVY = 1

# Offered while typing a name; everybody may write another one.
SUGGESTED_GROUPS = (
    "Alleenstaande ouders",
    "Gezinnen met jonge kinderen en weinig inkomen",
    "Ouderen met een klein pensioen",
    "Mensen met een beperking of langdurige ziekte",
    "Langdurig werkzoekenden en mensen die hun werkloosheidsuitkering verliezen",
    "Werkende mensen met een laag inkomen",
    "Zelfstandigen en landbouwers in moeilijkheden",
    "Jongvolwassenen (18–25) die alleen wonen",
    "Jongeren die de jeugdhulp verlaten",
    "Nieuwkomers en mensen die weinig Nederlands spreken",
    "Mensen zonder wettig verblijf",
    "Dak- en thuislozen, mensen zonder vast adres",
    "Sociale huurders",
    "Huurders op de privémarkt met woonproblemen",
    "Mensen met schulden",
    "Mensen met psychische problemen of een verslaving",
    "Mantelzorgers",
    "Mensen die uit detentie of opname komen",
    "Mensen die digitaal niet mee zijn",
    "Laaggeletterde mensen",
    "Woonwagenbewoners",
    "Mensen die net gescheiden of weduwe of weduwnaar zijn",
)


@dataclass(frozen=True)
class Figure:
    """One cell of the matrix; None means that nobody gave a score yet."""

    criterion: Criterion
    score: int | None

    @property
    def meaning(self) -> str:
        """The score in words."""
        if self.score is None:
            return "nog geen score"
        return self.criterion.anchors[self.score]


@dataclass(frozen=True)
class MatrixRow:
    """A target group with the letter that stands for it in the square."""

    letter: str
    group: TargetGroup

    @property
    def decision(self) -> MatrixDecision | None:
        return MatrixDecision(self.group.decision) if self.group.decision else None

    @property
    def need_figures(self) -> tuple[Figure, ...]:
        return self._figures(NEED_CRITERIA)

    @property
    def chance_figures(self) -> tuple[Figure, ...]:
        return self._figures(CHANCE_CRITERIA)

    @property
    def advice(self) -> str:
        """What the square advises, only when all eight scores are there."""
        return self.group.quadrant.label if self.group.is_scored else ""

    @property
    def point(self) -> PlotPoint:
        return PlotPoint(
            letter=self.letter,
            name=self.group.name,
            need=self.group.need,
            chance=self.group.chance,
            decision=self.decision,
        )

    def _figures(self, criteria: Sequence[Criterion]) -> tuple[Figure, ...]:
        return tuple(
            Figure(criterion, self.group.score(criterion)) for criterion in criteria
        )


@dataclass(frozen=True)
class Safeguard:
    """One sentence that asks the steering group to look again; it blocks nothing."""

    sentence: str
    # Whether a new improvement action is a way out.
    invites_action: bool = False


@dataclass(frozen=True)
class Matrix:
    """The whole matrix."""

    rows: tuple[MatrixRow, ...]

    @property
    def points(self) -> tuple[PlotPoint, ...]:
        """The groups with all scores: a half scored group would stand too low."""
        return tuple(row.point for row in self.rows if row.group.is_scored)

    @property
    def unscored(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if not row.group.is_scored)

    @property
    def safeguards(self) -> tuple[Safeguard, ...]:
        """What deserves a second look, in the order of the method."""
        found = (
            _somebody_is_hardly_reached(self.rows),
            _somebody_can_take_part(self.rows),
            _bridges_to_build(self.rows),
        )
        return tuple(safeguard for safeguard in found if safeguard)


def build_matrix(groups: Sequence[TargetGroup]) -> Matrix:
    """Give every group its letter, in the order in which the groups were added."""
    return Matrix(
        tuple(MatrixRow(letter(index), group) for index, group in enumerate(groups))
    )


def letter(index: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    rest, place = divmod(index, len(ascii_uppercase))
    return (letter(rest - 1) if rest else "") + ascii_uppercase[place]


def _chosen(rows: Sequence[MatrixRow]) -> list[TargetGroup]:
    return [row.group for row in rows if row.decision is MatrixDecision.CHOSEN]


def _somebody_is_hardly_reached(rows: Sequence[MatrixRow]) -> Safeguard | None:
    scores = [group.n4 for group in _chosen(rows)]
    known = [score for score in scores if score is not None]
    if not known or len(known) < len(scores) or max(known) >= HARDLY_REACHED:
        return None
    return Safeguard(
        "De diensten bereiken elke gekozen groep al redelijk goed (N4). "
        "Zo hoor je niemand die de weg nog niet vond. "
        "Welke groep kan er nog bij?"
    )


def _somebody_can_take_part(rows: Sequence[MatrixRow]) -> Safeguard | None:
    scores = [group.k2 for group in _chosen(rows)]
    known = [score for score in scores if score is not None]
    if not known or len(known) < len(scores) or max(known) > TOO_HEAVY:
        return None
    return Safeguard(
        "Voor elke gekozen groep weegt meedoen nu zwaar (K2). "
        "Zorg eerst voor steun, of kies er een groep bij die het vandaag wel aankan."
    )


def _bridges_to_build(rows: Sequence[MatrixRow]) -> Safeguard | None:
    names = [
        f"{row.letter} {row.group}"
        for row in rows
        if row.group.is_scored and row.group.quadrant is Quadrant.BUILD_BRIDGE
    ]
    if not names:
        return None
    return Safeguard(
        f"Eerst een brug bouwen: {'; '.join(names)}. De nood is groot, maar samen "
        "starten lukt nog niet. Begin met een actie in outreachend handelen of "
        "informele (zorg)netwerken.",
        invites_action=True,
    )
