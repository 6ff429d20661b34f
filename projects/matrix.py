"""The doelgroepenmatrix as the page shows it: letters, figures and safeguards.

Pure: target groups and opinions in, rows and sentences out, no queries. A cell shows the
score that the group agreed, or else the median of the members, and never who gave which
score. It gives advice and never orders the groups: the steering group decides, in
projects.models.TargetGroup.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from string import ascii_uppercase
from typing import NamedTuple

from kader.svg import points
from kader.vocabulary import MatrixDecision, Werkpiste
from projects.models import Criterion, TargetGroup
from projects.plot import HALFWAY, PlotPoint

NEED_CRITERIA = (Criterion.N1, Criterion.N2, Criterion.N3, Criterion.N4)
CHANCE_CRITERIA = (Criterion.K1, Criterion.K2, Criterion.K3, Criterion.K4)

# From this score on N4 says that services hardly reach the group.
HARDLY_REACHED = 2
# Up to this score K2 says that taking part is too heavy for the group today.
TOO_HEAVY = 1
# With fewer scores in a cell the median would show what one person thinks.
FEWEST_SCORES = 3
# From this distance between the highest and the lowest score on the group talks first.
FAR_APART = 2
# More chosen groups than this get heavy, for the steering group and for the people.
MOST_CHOSEN = 3
# A sentence that names more groups is not read any more.
MOST_NAMED = 4

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


class Opinion(NamedTuple):
    """What somebody thinks of one cell, without who; the reason only when it is shared."""

    target_group_id: int
    criterion: str
    score: int
    reason: str = ""


@dataclass(frozen=True)
class Figure:
    """One cell of the matrix as everybody may see it.

    `members` and `spread` are known only when the median may be shown.
    """

    criterion: Criterion
    score: float | None
    is_agreed: bool = False
    members: int = 0
    spread: int | None = None
    reasons: tuple[str, ...] = ()
    has_too_few: bool = False

    @property
    def is_to_discuss(self) -> bool:
        """Whether the members think far apart and did not agree on a score yet."""
        return (
            not self.is_agreed and self.spread is not None and self.spread >= FAR_APART
        )

    @property
    def shown(self) -> str:
        return "–" if self.score is None else points(self.score)

    @property
    def shade(self) -> int:
        """The colour of the box: a half point takes the lighter one."""
        return int(self.score or 0)

    @property
    def meaning(self) -> str:
        """The score in words; a half point lies between two of them."""
        if self.score is None:
            return "nog te weinig scores" if self.has_too_few else "nog geen score"
        low = int(self.score)
        if self.score == low:
            return self.criterion.anchors[low]
        anchors = self.criterion.anchors
        return f"tussen ‘{anchors[low]}’ en ‘{anchors[low + 1]}’"


@dataclass(frozen=True)
class MatrixRow:
    """A target group with the letter that stands for it in the square."""

    letter: str
    group: TargetGroup
    figures: Mapping[Criterion, Figure]

    @property
    def decision(self) -> MatrixDecision | None:
        return MatrixDecision(self.group.decision) if self.group.decision else None

    @property
    def need_figures(self) -> tuple[Figure, ...]:
        return tuple(self.figures[criterion] for criterion in NEED_CRITERIA)

    @property
    def chance_figures(self) -> tuple[Figure, ...]:
        return tuple(self.figures[criterion] for criterion in CHANCE_CRITERIA)

    @property
    def need(self) -> float:
        """The sum of N1 to N4, 0 to 12; a missing score counts as nothing."""
        return _sum(self.need_figures)

    @property
    def chance(self) -> float:
        """The sum of K1 to K4, 0 to 12; a missing score counts as nothing."""
        return _sum(self.chance_figures)

    @property
    def shown_need(self) -> str:
        return points(self.need)

    @property
    def shown_chance(self) -> str:
        return points(self.chance)

    @property
    def is_scored(self) -> bool:
        """Whether all eight criteria show a score."""
        return all(figure.score is not None for figure in self.figures.values())

    @property
    def quadrant(self) -> Quadrant:
        """Where the group stands in the square."""
        if self.need > HALFWAY:
            far = self.chance > HALFWAY
            return Quadrant.START_NOW if far else Quadrant.BUILD_BRIDGE
        return Quadrant.TAKE_ALONG if self.chance > HALFWAY else Quadrant.LATER

    @property
    def advice(self) -> str:
        """What the square advises, only when all eight scores are there."""
        return self.quadrant.label if self.is_scored else ""

    @property
    def point(self) -> PlotPoint:
        return PlotPoint(
            letter=self.letter,
            name=self.group.name,
            need=self.need,
            chance=self.chance,
            decision=self.decision,
        )

    def score(self, criterion: Criterion) -> float | None:
        return self.figures[criterion].score


@dataclass(frozen=True)
class Safeguard:
    """One sentence that asks the steering group to look again; it blocks nothing."""

    sentence: str
    # Where a new improvement action is a way out.
    werkpistes: tuple[Werkpiste, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """The whole matrix."""

    rows: tuple[MatrixRow, ...]

    @property
    def points(self) -> tuple[PlotPoint, ...]:
        """The groups with all scores: a half scored group would stand too low."""
        return tuple(row.point for row in self.rows if row.is_scored)

    @property
    def unscored(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if not row.is_scored)

    @property
    def decided(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if row.decision)

    @property
    def undecided(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if not row.decision)

    @property
    def chosen(self) -> tuple[MatrixRow, ...]:
        return tuple(_chosen(self.rows))

    @property
    def to_discuss(self) -> tuple[tuple[MatrixRow, Figure], ...]:
        """The cells about which the members think far apart, in the order of the page."""
        return tuple(
            (row, figure)
            for row in self.rows
            for figure in row.figures.values()
            if figure.is_to_discuss
        )

    @property
    def has_too_few(self) -> bool:
        return any(f.has_too_few for row in self.rows for f in row.figures.values())

    @property
    def has_agreed(self) -> bool:
        return any(f.is_agreed for row in self.rows for f in row.figures.values())

    @property
    def has_medians(self) -> bool:
        return any(f.members for row in self.rows for f in row.figures.values())

    @property
    def safeguards(self) -> tuple[Safeguard, ...]:
        """What deserves a second look, in the order of the method."""
        found = (
            _somebody_is_hardly_reached(self.rows),
            _somebody_can_take_part(self.rows),
            _bridges_to_build(self.rows),
            _not_too_many(self.rows),
        )
        return tuple(safeguard for safeguard in found if safeguard)

    def row_of(self, group: TargetGroup) -> MatrixRow:
        return next(row for row in self.rows if row.group.pk == group.pk)


def build_matrix(
    groups: Sequence[TargetGroup],
    *,
    opinions: Iterable[Opinion] = (),
    is_open: bool = False,
) -> Matrix:
    """Give every group its letter and its figures, in the order of the matrix.

    As long as the round is not open the opinions are private and change nothing.
    """
    cells: dict[tuple[int, str], list[Opinion]] = defaultdict(list)
    if is_open:
        for opinion in opinions:
            cells[opinion.target_group_id, opinion.criterion].append(opinion)
    return Matrix(
        tuple(
            MatrixRow(letter(index), group, _figures(group, cells))
            for index, group in enumerate(groups)
        )
    )


def letter(index: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    rest, place = divmod(index, len(ascii_uppercase))
    return (letter(rest - 1) if rest else "") + ascii_uppercase[place]


def _figures(
    group: TargetGroup, cells: Mapping[tuple[int, str], list[Opinion]]
) -> dict[Criterion, Figure]:
    return {
        criterion: _figure(
            criterion,
            group.score(criterion),
            cells.get((group.pk, criterion.value), []),
        )
        for criterion in NEED_CRITERIA + CHANCE_CRITERIA
    }


def _figure(
    criterion: Criterion, agreed: int | None, opinions: Sequence[Opinion]
) -> Figure:
    """Return one cell: breadth (N3) follows from the ticks and is never discussed."""
    if criterion == Criterion.N3:
        return Figure(criterion, agreed)
    if len(opinions) < FEWEST_SCORES:
        return Figure(
            criterion,
            agreed,
            is_agreed=agreed is not None,
            has_too_few=agreed is None and bool(opinions),
        )
    scores = [opinion.score for opinion in opinions]
    return Figure(
        criterion,
        median(scores) if agreed is None else agreed,
        is_agreed=agreed is not None,
        members=len(scores),
        spread=max(scores) - min(scores),
        # In the order of the alphabet, so that the place says nothing about the person.
        reasons=tuple(sorted(o.reason for o in opinions if o.reason)),
    )


def _sum(figures: Iterable[Figure]) -> float:
    return sum(figure.score or 0 for figure in figures)


def _chosen(rows: Sequence[MatrixRow]) -> list[MatrixRow]:
    return [row for row in rows if row.decision is MatrixDecision.CHOSEN]


def _known_of_chosen(
    rows: Sequence[MatrixRow], criterion: Criterion
) -> list[float] | None:
    """Return the scores of the chosen groups, None when one is missing or none is chosen."""
    scores = [row.score(criterion) for row in _chosen(rows)]
    known = [score for score in scores if score is not None]
    return known if known and len(known) == len(scores) else None


def _somebody_is_hardly_reached(rows: Sequence[MatrixRow]) -> Safeguard | None:
    known = _known_of_chosen(rows, Criterion.N4)
    if known is None or max(known) >= HARDLY_REACHED:
        return None
    return Safeguard(
        "De diensten bereiken elke gekozen groep al redelijk goed (N4). "
        "Zo hoor je niemand die de weg nog niet vond. "
        "Welke groep kan er nog bij?"
    )


def _somebody_can_take_part(rows: Sequence[MatrixRow]) -> Safeguard | None:
    known = _known_of_chosen(rows, Criterion.K2)
    if known is None or max(known) > TOO_HEAVY:
        return None
    return Safeguard(
        "Voor elke gekozen groep weegt meedoen nu zwaar (K2). "
        "Zorg eerst voor steun, of kies er een groep bij die het vandaag wel aankan."
    )


def _bridges_to_build(rows: Sequence[MatrixRow]) -> Safeguard | None:
    names = [
        f"{row.letter} {row.group}"
        for row in rows
        if row.is_scored and row.quadrant is Quadrant.BUILD_BRIDGE
    ]
    if not names:
        return None
    listed = "; ".join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        listed += f" en nog {len(names) - MOST_NAMED} andere"
    return Safeguard(
        f"Eerst een brug bouwen: {listed}. De nood is groot, maar samen "
        "starten lukt nog niet. Begin met een actie in outreachend handelen of "
        "in informele (zorg)netwerken.",
        werkpistes=(Werkpiste.REACHING_OUT, Werkpiste.INFORMAL_NETWORKS),
    )


def _not_too_many(rows: Sequence[MatrixRow]) -> Safeguard | None:
    count = len(_chosen(rows))
    if count <= MOST_CHOSEN:
        return None
    return Safeguard(
        f"Jullie kozen {count} groepen. Met één tot drie groepen tegelijk is er voor elke "
        "groep genoeg tijd. Zet je er een op reserve, dan blijft ze in beeld."
    )
