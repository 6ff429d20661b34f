"""Turns stored totals into what a page may say. Pure: rows in, values out, no queries.

Both sides always side by side, never merged (R12); all nine domains always, silent ones
included. Every number passes through rechtencirkel.suppression.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kader.vocabulary import BarrierKind, BarrierLevel, ServiceDomain, Side
from rechtencirkel import suppression
from rechtencirkel.models import BarrierMention, DomainTotal
from rechtencirkel.suppression import Distribution, Hidden, Points
from rechtencirkel.wheel import NOTABLE_GAP, Sector

# At or below this both sides agree that it can be better.
LOW_SCORE = 4


@dataclass(frozen=True)
class Total:
    """One conversation's totals for one domain, as stored at hand-in."""

    side: Side
    domain: ServiceDomain
    people: int
    points: tuple[int, ...]
    options: Mapping[str, Sequence[int]] = field(default_factory=dict)
    part: Hashable = None


def total_of(row: DomainTotal, part: Hashable = None) -> Total:
    """Return the plain values of a stored row; `part` names what it is a part of."""
    return Total(
        side=Side(row.side),
        domain=ServiceDomain(row.domain),
        people=row.people,
        points=tuple(row.points),
        options=row.options,
        part=part,
    )


@dataclass(frozen=True)
class SideResult:
    """One side of one domain. `conversations` counts sheets, not people."""

    side: Side
    conversations: int
    points: Points | Hidden
    questions: Mapping[str, Distribution | Hidden]

    @property
    def is_asked(self) -> bool:
        """Whether this side talked about the domain at all."""
        return self.conversations > 0

    @property
    def median(self) -> float | None:
        """The median of the points, None when hidden."""
        return None if isinstance(self.points, Hidden) else self.points.median

    @property
    def people(self) -> int | None:
        """How many gave points, None when hidden."""
        return None if isinstance(self.points, Hidden) else self.points.people


@dataclass(frozen=True)
class DomainResult:
    """One domain with its two sides."""

    domain: ServiceDomain
    target: SideResult
    provider: SideResult

    @property
    def gap(self) -> float | None:
        """The distance between the medians; None unless both sides are shown."""
        if self.target.median is None or self.provider.median is None:
            return None
        return abs(self.provider.median - self.target.median)

    @property
    def is_big_gap(self) -> bool:
        return self.gap is not None and self.gap >= NOTABLE_GAP

    @property
    def is_shared_low(self) -> bool:
        """Whether both sides say that it can be better, without a big gap."""
        medians = (self.target.median, self.provider.median)
        return not self.is_big_gap and all(
            median is not None and median <= LOW_SCORE for median in medians
        )

    @property
    def sides(self) -> tuple[SideResult, SideResult]:
        """Both sides, the target group always first."""
        return self.target, self.provider


@dataclass(frozen=True)
class Circle:
    """The whole rechtencirkel: nine domains in framework order."""

    domains: tuple[DomainResult, ...]

    def __getitem__(self, domain: ServiceDomain) -> DomainResult:
        return self.domains[domain.number - 1]

    @property
    def gaps(self) -> tuple[DomainResult, ...]:
        """Domains with a big gap, the biggest first."""
        big = [result for result in self.domains if result.is_big_gap]
        return tuple(sorted(big, key=lambda result: -(result.gap or 0)))

    @property
    def shared_lows(self) -> tuple[DomainResult, ...]:
        """Domains where both sides agree that it can be better, the lowest first."""
        low = [result for result in self.domains if result.is_shared_low]
        return tuple(sorted(low, key=lambda result: result.target.median or 0))

    @property
    def shown(self) -> tuple[DomainResult, ...]:
        """Domains of which at least one side may be shown."""
        return tuple(
            result
            for result in self.domains
            if result.target.median is not None or result.provider.median is not None
        )

    @property
    def complete(self) -> tuple[DomainResult, ...]:
        """Domains of which both sides may be shown."""
        return tuple(result for result in self.domains if result.gap is not None)

    @property
    def hides_something(self) -> bool:
        """Whether a side spoke about a domain and may not be shown."""
        return any(
            side.is_asked and side.median is None
            for result in self.domains
            for side in result.sides
        )

    def sectors(
        self, url: Callable[[ServiceDomain], str] | None = None
    ) -> tuple[Sector, ...]:
        """Return what the wheel draws; with `url`, every sector is a link."""
        return tuple(
            Sector(
                domain=result.domain,
                target=result.target.median,
                provider=result.provider.median,
                url=url(result.domain) if url else "",
            )
            for result in self.domains
        )


@dataclass(frozen=True)
class BarrierResult:
    """A barrier as several conversations worded it, with the sides that named it."""

    text: str
    kind: BarrierKind
    level: BarrierLevel
    conversations: Mapping[Side, int]

    @property
    def sides(self) -> tuple[Side, ...]:
        return tuple(side for side in Side if self.conversations.get(side))

    @property
    def total(self) -> int:
        """In how many conversations it came up; conversations, never people."""
        return sum(self.conversations.values())


@dataclass(frozen=True)
class PartResult:
    """One part of a side, such as a target group; hidden with its reason when needed."""

    key: Hashable
    points: Points | Hidden


def analyse_circle(totals: Iterable[Total]) -> Circle:
    """Return the nine domains from stored totals, in framework order."""
    grouped: dict[tuple[ServiceDomain, Side], list[Total]] = defaultdict(list)
    for total in totals:
        grouped[total.domain, total.side].append(total)
    return Circle(
        domains=tuple(
            DomainResult(
                domain=domain,
                target=_side(Side.TARGET_GROUP, grouped[domain, Side.TARGET_GROUP]),
                provider=_side(Side.PROVIDERS, grouped[domain, Side.PROVIDERS]),
            )
            for domain in ServiceDomain
        )
    )


def analyse_parts(totals: Iterable[Total]) -> tuple[PartResult, ...]:
    """Return the parts of one side of one domain, in the order they come.

    The total of the side is shown elsewhere on the page, so a small part also hides the
    next smallest (complementary suppression).
    """
    histograms: dict[Hashable, list[int]] = {}
    for total in totals:
        sums = histograms.setdefault(total.part, [0] * 11)
        for value, people in enumerate(total.points):
            sums[value] += people
    verdict = suppression.breakdown({key: sum(h) for key, h in histograms.items()})
    return tuple(
        PartResult(
            key=key,
            points=suppression.points(histogram)
            if (reason := verdict[key]) is None
            else Hidden(reason),
        )
        for key, histogram in histograms.items()
    )


def group_barriers(mentions: Iterable[BarrierMention]) -> tuple[BarrierResult, ...]:
    """Count the same barrier over conversations, the most named first.

    Expects the conversation of each mention loaded. The same words and tags are the same
    barrier, whatever the capitals; one conversation counts once.
    """
    first: dict[Hashable, BarrierMention] = {}
    heard: dict[Hashable, set[tuple[str, int]]] = defaultdict(set)
    for mention in mentions:
        key = (mention.text.casefold().strip(" ."), mention.kind, mention.level)
        first.setdefault(key, mention)
        heard[key].add((mention.conversation.side, mention.conversation_id))
    results = [
        BarrierResult(
            text=mention.text,
            kind=BarrierKind(mention.kind),
            level=BarrierLevel(mention.level),
            conversations={
                side: sum(named_by == side for named_by, _ in heard[key])
                for side in Side
            },
        )
        for key, mention in first.items()
    ]
    return tuple(sorted(results, key=lambda result: (-result.total, result.text)))


def _side(side: Side, totals: Sequence[Total]) -> SideResult:
    histogram = [
        sum(values) for values in zip(*(t.points for t in totals), strict=True)
    ]
    questions: dict[str, list[int]] = {}
    for total in totals:
        for code, counts in total.options.items():
            sums = questions.setdefault(code, [0] * len(counts))
            for place, people in enumerate(counts):
                sums[place] += people
    return SideResult(
        side=side,
        conversations=len(totals),
        points=suppression.points(histogram or [0] * 11),
        questions={
            code: suppression.distribution(counts)
            for code, counts in sorted(questions.items())
        },
    )
