"""Turns publications into what a page may say. Pure: rows in, values out, no queries.

Both sides always side by side, never merged (R12); all nine domains always, silent ones
included. Every number passes through rechtencirkel.suppression.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kader.vocabulary import BarrierKind, BarrierLevel, ServiceDomain, Side
from rechtencirkel import suppression
from rechtencirkel.batches import NO_MEDIANS, PartRow
from rechtencirkel.models import BarrierMention, Publication
from rechtencirkel.suppression import (
    Distribution,
    Hidden,
    PerConversation,
    Points,
    Reason,
)
from rechtencirkel.wheel import NOTABLE_GAP, Sector

# At or below this both sides agree that it can be better.
LOW_SCORE = 4


@dataclass(frozen=True)
class Total:
    """What is added up of one side of one domain: one conversation, or a publication."""

    side: Side
    domain: ServiceDomain
    people: int
    points: tuple[int, ...]
    options: Mapping[str, Sequence[int]] = field(default_factory=dict)
    conversations: int = 1
    conversation_medians: tuple[int, ...] = NO_MEDIANS
    published_on: date | None = None


def total_of(row: Publication) -> Total:
    """Return the plain values of a publication."""
    return Total(
        side=Side(row.side),
        domain=ServiceDomain(row.domain),
        people=row.people,
        points=tuple(row.points),
        options=row.options,
        conversations=row.conversations,
        conversation_medians=tuple(row.conversation_medians),
        published_on=row.published_on,
    )


@dataclass(frozen=True)
class SideResult:
    """One side of one domain. `conversations` counts sheets, not people.

    `points` weighs every person the same, `per_conversation` every conversation; a page
    always says which of the two it shows. `published_on` is the day of the newest
    publication, None when nothing was published yet.
    """

    side: Side
    is_asked: bool
    conversations: int
    points: Points | Hidden
    per_conversation: PerConversation | Hidden
    questions: Mapping[str, Distribution | Hidden]
    published_on: date | None = None

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
    def published_on(self) -> date | None:
        """The day of the newest publication of any domain that shows something."""
        days = [
            side.published_on
            for result in self.domains
            for side in result.sides
            if side.median is not None and side.published_on is not None
        ]
        return max(days, default=None)

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
    """One line of the table of parts; hidden with its reason when needed.

    `keys` is one part, such as a target group, or the small ones taken together.
    """

    keys: tuple[str, ...]
    points: Points | Hidden
    is_together: bool = False


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


def analyse_parts(rows: Sequence[PartRow], side: Side) -> tuple[PartResult, ...]:
    """Return what the table of parts of one side shows; nothing for a side of one part.

    Small parts of the providers are shown together, as one line with their median (P6),
    followed by the functions in it, each hidden. Small target groups are only hidden:
    taken together they are no group that anybody would recognise. Which parts are small
    is told only when that tells nothing about how many they are.
    """
    results: list[PartResult] = []
    hidden: list[PartResult] = []
    for row in rows:
        if not row.is_together:
            results.append(PartResult(row.parts, suppression.points(row.points)))
            continue
        if side == Side.PROVIDERS:
            points = suppression.points(row.points)
            results.append(PartResult(row.parts, points, is_together=True))
        if suppression.protects_itself(len(row.parts), sum(row.points)):
            hidden += [
                PartResult((part,), Hidden(Reason.TOGETHER))
                for part in row.parts
                if (part,) not in {result.keys for result in results}
            ]
    found = (*results, *hidden)
    return found if len(found) > 1 else ()


def folded(text: str) -> str:
    """Return what two ways of typing one barrier have in common."""
    return text.casefold().strip(" .")


def group_barriers(mentions: Iterable[BarrierMention]) -> tuple[BarrierResult, ...]:
    """Count the same barrier over conversations, the most named first.

    Expects the conversation of each mention loaded. The same words and tags are the same
    barrier, whatever the capitals; one conversation counts once.
    """
    first: dict[Hashable, BarrierMention] = {}
    heard: dict[Hashable, set[tuple[str, int]]] = defaultdict(set)
    for mention in mentions:
        key = (folded(mention.text), mention.kind, mention.level)
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
    medians = [
        sum(values)
        for values in zip(*(t.conversation_medians for t in totals), strict=True)
    ]
    days = [total.published_on for total in totals if total.published_on]
    return SideResult(
        side=side,
        is_asked=bool(totals),
        conversations=sum(total.conversations for total in totals),
        points=suppression.points(histogram or [0] * 11),
        per_conversation=suppression.per_conversation(
            medians or NO_MEDIANS, histogram or [0] * 11
        ),
        published_on=max(days, default=None),
        questions={
            code: suppression.distribution(counts)
            for code, counts in sorted(questions.items())
        },
    )
