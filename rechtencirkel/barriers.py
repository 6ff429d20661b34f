"""Counts barriers by kind (the seven B's) and level: conversations, never persons.

Pure: rows in, values out. Which rows may be counted is decided before, by
BarrierMention.objects.shown: a filter only ever takes rows away from what the page
without a filter already tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kader.vocabulary import BarrierKind, BarrierLevel, Side
from rechtencirkel.models import BarrierMention

# From this share of the tags on, and not before this many mentions, it is "almost all".
# Both numbers are a proposal of this product.
ALMOST_ALL = 0.8
ENOUGH_MENTIONS = 5


@dataclass(frozen=True)
class Tally:
    """In how many conversations of each side something came up."""

    target: int = 0
    provider: int = 0

    @property
    def total(self) -> int:
        return self.target + self.provider


@dataclass(frozen=True)
class KindRow:
    """One B. A conversation that named it at two levels counts once in the total."""

    kind: BarrierKind
    cells: tuple[tuple[BarrierLevel, Tally], ...]
    total: Tally


@dataclass(frozen=True)
class BarrierTable:
    """Seven kinds by four levels, silent ones included."""

    rows: tuple[KindRow, ...]
    levels: tuple[tuple[BarrierLevel, Tally], ...]

    @property
    def most(self) -> int:
        """The longest bar: the kind that came up in most conversations."""
        return max(row.total.total for row in self.rows)

    @property
    def is_empty(self) -> bool:
        return self.most == 0


def count_barriers(mentions: Iterable[BarrierMention]) -> BarrierTable:
    """Count conversations per kind and level. Expects the conversations loaded."""
    cells: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    kinds: dict[str, set[tuple[str, int]]] = defaultdict(set)
    levels: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for mention in mentions:
        talk = (mention.conversation.side, mention.conversation_id)
        cells[mention.kind, mention.level].add(talk)
        kinds[mention.kind].add(talk)
        levels[mention.level].add(talk)
    return BarrierTable(
        rows=tuple(
            KindRow(
                kind=kind,
                cells=tuple(
                    (level, _tally(cells[kind, level])) for level in BarrierLevel
                ),
                total=_tally(kinds[kind]),
            )
            for kind in BarrierKind
        ),
        levels=tuple((level, _tally(levels[level])) for level in BarrierLevel),
    )


def blames_the_group(mentions: Sequence[BarrierMention]) -> bool:
    """Say whether almost all tags are "bekendheid" and "rechthebbende".

    Then the page asks whether the group looked at its own service too (domain
    reference §5.2). Every mention has two tags that count here.
    """
    if len(mentions) < ENOUGH_MENTIONS:
        return False
    tags = sum(m.kind == BarrierKind.AWARENESS for m in mentions)
    tags += sum(m.level == BarrierLevel.RIGHTS_HOLDER for m in mentions)
    return tags >= ALMOST_ALL * 2 * len(mentions)


def _tally(talks: set[tuple[str, int]]) -> Tally:
    sides = [side for side, _ in talks]
    return Tally(sides.count(Side.TARGET_GROUP), sides.count(Side.PROVIDERS))
