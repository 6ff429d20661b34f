"""Who was heard about what, and who is still missing, against the planning (R7).

Pure: conversations in, values out. It counts people in the room, which is how far the
work is, and never what they answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kader.vocabulary import RespondentCategory, ServiceDomain, Side
from rechtencirkel.suppression import THRESHOLD

NO_GROUP = "Zonder doelgroep"
NO_SERVICE = "Zonder dienst"

PROVIDER_CATEGORIES = tuple(
    category for category in RespondentCategory if category.side == Side.PROVIDERS
)


@dataclass(frozen=True)
class Talk:
    """A conversation as the map sees it.

    `row` is the target group, or the function; `service` the kind of organisation.
    `is_few` when its number, under five, is not for this reader.
    """

    side: Side
    row: str
    service: str
    category: RespondentCategory
    domains: tuple[ServiceDomain, ...]
    people: int
    is_counted: bool
    is_few: bool = False


@dataclass(frozen=True)
class Targets:
    """The numbers of the planning."""

    participants: int
    not_reached: int
    providers: int


@dataclass(frozen=True)
class Tally:
    """People and conversations: `heard` counts already, `coming` does not yet.

    Talks whose number is not for this reader count in it from five people together on;
    otherwise `and_few` says that there are some more, without a number.
    """

    heard: int = 0
    talks: int = 0
    coming: int = 0
    coming_talks: int = 0
    and_few: bool = False
    and_few_coming: bool = False

    @property
    def figure(self) -> str:
        """The people who were heard, for a small cell: 8, <5, or 8+."""
        return _figure(self.heard, and_few=self.and_few)

    @property
    def coming_figure(self) -> str:
        """The people who are on their way, for a small cell."""
        return _figure(self.coming, and_few=self.and_few_coming)

    @property
    def number_in_words(self) -> str:
        """The people who were heard, for whoever does not see the figure."""
        return self.heard_in_words if self.and_few else str(self.heard)

    @property
    def heard_in_words(self) -> str:
        return _people(self.heard, and_few=self.and_few)

    @property
    def coming_in_words(self) -> str:
        return _people(self.coming, and_few=self.and_few_coming)

    @property
    def is_silent(self) -> bool:
        """Whether nobody was heard and nothing is on its way."""
        return not self.talks and not self.coming_talks

    @property
    def sentence(self) -> str:
        """Say it in words, for whoever does not see the map."""
        parts = []
        if self.talks:
            parts.append(f"{self.heard_in_words} in {_talks(self.talks)}")
        if self.coming_talks:
            parts.append(f"onderweg: {_talks(self.coming_talks)}")
        return ", ".join(parts) or "nog niemand"


@dataclass(frozen=True)
class Row:
    """One target group or one function, over the nine domains."""

    label: str
    cells: tuple[tuple[ServiceDomain, Tally], ...]
    total: Tally


@dataclass(frozen=True)
class SideMap:
    """One side: its rows, and all of them together."""

    side: Side
    rows: tuple[Row, ...]
    together: Row


@dataclass(frozen=True)
class Goal:
    """How many people were heard against what was planned; `target` may be unknown."""

    label: str
    side: Side
    tally: Tally
    target: int | None

    @property
    def missing(self) -> int:
        return max(0, (self.target or 0) - self.tally.heard)

    @property
    def is_reached(self) -> bool:
        return self.target is not None and not self.missing

    @property
    def meter(self) -> int:
        """What the meter shows: never beyond its end."""
        return min(self.tally.heard, self.target or 0)


@dataclass(frozen=True)
class Coverage:
    """The map of both sides, the goals and the sentences about what is missing."""

    target: SideMap
    provider: SideMap
    services: tuple[Row, ...]
    goals: tuple[Goal, ...]
    missing: tuple[str, ...]

    @property
    def sides(self) -> tuple[SideMap, SideMap]:
        return self.target, self.provider


def map_coverage(
    talks: Sequence[Talk], *, groups: Sequence[str], targets: Targets | None
) -> Coverage:
    """Return the map; `groups` are the chosen target groups, silent ones included."""
    of_target = [talk for talk in talks if talk.side == Side.TARGET_GROUP]
    of_providers = [talk for talk in talks if talk.side == Side.PROVIDERS]
    names = list(dict.fromkeys([*groups, *(talk.row for talk in of_target)]))
    heard = {talk.category for talk in of_providers}
    functions = [
        category.label
        for category in PROVIDER_CATEGORIES
        if category != RespondentCategory.MIXED_STAFF or category in heard
    ]
    target = _side_map(Side.TARGET_GROUP, names, of_target)
    provider = _side_map(Side.PROVIDERS, functions, of_providers)
    not_yet = [t for t in of_target if t.category == RespondentCategory.NOT_YET]
    goals = (
        Goal(
            "Mensen van de doelgroep",
            Side.TARGET_GROUP,
            target.together.total,
            targets.participants if targets else None,
        ),
        Goal(
            "Van hen: vond de weg nog niet",
            Side.TARGET_GROUP,
            _tally(not_yet),
            targets.not_reached if targets else None,
        ),
        Goal(
            "Hulp- en dienstverleners",
            Side.PROVIDERS,
            provider.together.total,
            targets.providers if targets else None,
        ),
    )
    return Coverage(
        target=target,
        provider=provider,
        services=_by_service(of_providers),
        goals=goals,
        missing=tuple(_missing(target, provider, goals, groups, heard)),
    )


def _side_map(side: Side, labels: Sequence[str], talks: Sequence[Talk]) -> SideMap:
    by_label: dict[str, list[Talk]] = defaultdict(list)
    for talk in talks:
        by_label[talk.row].append(talk)
    return SideMap(
        side,
        tuple(_row(label, by_label[label]) for label in labels),
        _row("Samen", talks),
    )


def _by_service(talks: Sequence[Talk]) -> tuple[Row, ...]:
    """Return a row per kind of service that answers or will, by name."""
    return tuple(
        _row(service, [talk for talk in talks if talk.service == service])
        for service in sorted({talk.service for talk in talks})
    )


def _row(label: str, talks: Iterable[Talk]) -> Row:
    listed = list(talks)
    return Row(
        label,
        tuple(
            (domain, _tally(t for t in listed if domain in t.domains))
            for domain in ServiceDomain
        ),
        _tally(listed),
    )


def _tally(talks: Iterable[Talk]) -> Tally:
    listed = list(talks)
    counted = [talk for talk in listed if talk.is_counted]
    coming = [talk for talk in listed if not talk.is_counted]
    heard, and_few = _added_up(counted)
    on_their_way, and_few_coming = _added_up(coming)
    return Tally(
        heard, len(counted), on_their_way, len(coming), and_few, and_few_coming
    )


def _added_up(talks: Sequence[Talk]) -> tuple[int, bool]:
    """Return how many people may be told, and whether there are a few more."""
    few = sum(talk.people for talk in talks if talk.is_few)
    people = sum(talk.people for talk in talks if not talk.is_few)
    if few >= THRESHOLD:
        return people + few, False
    return people, few > 0


def _figure(people: int, *, and_few: bool) -> str:
    if not and_few:
        return str(people)
    return f"{people}+" if people else f"<{THRESHOLD}"


def _missing(
    target: SideMap,
    provider: SideMap,
    goals: Sequence[Goal],
    groups: Sequence[str],
    functions: set[RespondentCategory],
) -> Iterator[str]:
    """Name what is missing, the people first, then the domains."""
    for row in target.rows:
        if row.label in groups and not row.total.talks:
            yield f"Met de groep ‘{row.label}’ is nog niet gesproken.{_coming(row.total)}"
    not_yet = goals[1]
    if not_yet.target and not not_yet.tally.talks:
        yield (
            "Wie de weg naar de dienst nog niet vond, kwam nog niet aan het woord. "
            f"Jullie planden er {not_yet.target}.{_coming(not_yet.tally)}"
        )
    yield from _missing_functions(provider, functions)
    pairs = list(zip(target.together.cells, provider.together.cells, strict=True))
    unheard = [(d, t, p) for (d, t), (_, p) in pairs if not t.talks and not p.talks]
    silent = [d for d, t, p in unheard if t.is_silent and p.is_silent]
    coming = [d for d, t, p in unheard if not (t.is_silent and p.is_silent)]
    only_target = [d for (d, t), (_, p) in pairs if t.talks and not p.talks]
    only_provider = [d for (d, t), (_, p) in pairs if p.talks and not t.talks]
    if silent:
        yield f"Over {_listed(silent)} hoorden we nog niemand."
    if coming:
        yield (
            f"Over {_listed(coming)} hoorden we nog niemand, maar er is een gesprek "
            "onderweg."
        )
    if only_target:
        yield (
            f"Over {_listed(only_target)} hoorden we alleen de doelgroep, "
            "nog geen hulp- en dienstverleners."
        )
    if only_provider:
        yield (
            f"Over {_listed(only_provider)} hoorden we alleen hulp- en dienstverleners, "
            "nog geen doelgroep."
        )


def _missing_functions(
    provider: SideMap, functions: set[RespondentCategory]
) -> Iterator[str]:
    """Name silent functions, unless people of several functions answered together."""
    if RespondentCategory.MIXED_STAFF in functions or not provider.together.total.talks:
        return
    silent = [row.label.lower() for row in provider.rows if row.total.is_silent]
    if silent:
        yield f"Van deze functies antwoordde nog niemand: {', '.join(silent)}."


def _coming(tally: Tally) -> str:
    if not tally.coming_talks:
        return ""
    if tally.coming_talks == 1:
        return " Er is wel een gesprek onderweg."
    return f" Er zijn wel {tally.coming_talks} gesprekken onderweg."


def _listed(domains: Sequence[ServiceDomain]) -> str:
    words = [domain.label for domain in domains]
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} en {words[-1]}"


def _people(number: int, *, and_few: bool = False) -> str:
    words = f"{number} {'mens' if number == 1 else 'mensen'}"
    if not and_few:
        return words
    few = f"minder dan {THRESHOLD}"
    return f"{words} en nog {few}" if number else f"{few} mensen"


def _talks(number: int) -> str:
    return f"{number} {'gesprek' if number == 1 else 'gesprekken'}"
