"""What is measured, what the goal is, and how it came out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.databases import using
from bench.pairs import Ratio, compare
from kader.vocabulary import ServiceDomain
from projects.models import Project
from rechtencirkel.analysis import analyse_circle, total_of
from rechtencirkel.models import Conversation, Publication, Round
from rechtencirkel.services import hand_in

OK = 200
# Page, what the address needs more, how many times the floor, how many queries.
PAGES: tuple[tuple[str, dict[str, object], float, int], ...] = (
    ("reports:dashboard", {}, 1.5, 6),
    ("rechtencirkel:wheel", {}, 2, 8),
    ("rechtencirkel:domain_detail", {"domain": ServiceDomain.ACCESS}, 2, 8),
    ("rechtencirkel:gap_list", {}, 2, 8),
    ("rechtencirkel:barrier_list", {}, 2, 8),
    ("rechtencirkel:coverage", {}, 2, 8),
    ("rechtencirkel:conversation_list", {}, 2, 8),
    ("rechtencirkel:problem_statement_list", {}, 2, 8),
)

# What noise may add to a goal before it counts as missed.
MARGIN = 1.15


@dataclass(frozen=True)
class Line:
    """One row of the table. A goal of None is a figure to read, not to reach."""

    what: str
    goal: float | None
    ratio: Ratio | None = None
    count: int | None = None

    @property
    def is_reached(self) -> bool | None:
        if self.goal is None:
            return None
        if self.ratio is not None:
            return self.ratio.value <= self.goal * MARGIN
        return self.count is not None and self.count <= self.goal


@dataclass(frozen=True)
class Setting:
    """Both databases with what is measured in them; keys are the same in both."""

    small: BaseDatabaseWrapper
    large: BaseDatabaseWrapper
    client: Client
    project: Project
    measurement: Round
    sheets: Sequence[int]
    pairs: int


def measure(setting: Setting) -> Iterator[Line]:
    """Measure one line after the other, so that the table grows while it runs."""
    yield from _reading(setting)
    yield from _handing_in(setting)
    yield from _pages(setting)


def _reading(setting: Setting) -> Iterator[Line]:
    def analyse() -> None:
        rows = Publication.objects.filter(round=setting.measurement).newest()
        analyse_circle(total_of(row) for row in rows)

    what = "een meting analyseren: veel antwoorden tegen weinig"
    ratio = compare(
        _inside(setting.large, analyse),
        _inside(setting.small, analyse),
        pairs=4 * setting.pairs,
    )
    yield Line(what, 1.10, ratio=ratio)
    yield Line(
        "een meting analyseren: queries", 1, count=_queries(setting.large, analyse)
    )


def _handing_in(setting: Setting) -> Iterator[Line]:
    """Hand in drafts that lie ready in both databases, each of them once."""
    drafts = {
        id(database): iter(setting.sheets)
        for database in (setting.small, setting.large)
    }

    def next_draft(database: BaseDatabaseWrapper) -> Callable[[], object]:
        with using(database):
            sheet = Conversation.objects.get(pk=next(drafts[id(database)]))
        return lambda: hand_in(conversation=sheet, on=sheet.held_on)

    def hand_in_next(database: BaseDatabaseWrapper) -> Callable[[], None]:
        return lambda: _inside(database, next_draft(database))()

    counts = [
        _queries(database, next_draft(database))
        for database in (setting.small, setting.large)
    ]
    ratio = compare(
        hand_in_next(setting.large),
        hand_in_next(setting.small),
        # One was handed in to count, one more to warm up.
        pairs=len(setting.sheets) - 2,
    )
    yield Line("een blad van 45 vragen indienen: veel tegen weinig", 1.0, ratio=ratio)
    yield Line("een blad indienen: queries bij weinig", None, count=counts[0])
    yield Line("een blad indienen: queries bij veel", counts[0], count=counts[1])


def _pages(setting: Setting) -> Iterator[Line]:
    floor = _visit(setting, reverse("floor"))
    yield Line("de vloer: queries", None, count=_queries(setting.large, floor))
    for route, kwargs, slower, queries in PAGES:
        address = reverse(route, kwargs={"project_id": setting.project.pk, **kwargs})
        visit = _visit(setting, address)
        ratio = compare(
            _inside(setting.large, visit),
            _inside(setting.large, floor),
            pairs=setting.pairs,
        )
        yield Line(f"{address} tegen de vloer", slower, ratio=ratio)
        yield Line(f"{address}: queries", queries, count=_queries(setting.large, visit))
    wheel = _visit(setting, reverse("rechtencirkel:wheel", args=[setting.project.pk]))
    ratio = compare(
        _inside(setting.large, wheel),
        _inside(setting.small, wheel),
        pairs=setting.pairs,
    )
    yield Line("de rechtencirkel: veel antwoorden tegen weinig", 1.15, ratio=ratio)


def _visit(setting: Setting, address: str) -> Callable[[], None]:
    def work() -> None:
        response = setting.client.get(address)
        if response.status_code != OK:
            raise RuntimeError(f"{address} answers {response.status_code}")

    return work


def _inside(
    database: BaseDatabaseWrapper, work: Callable[[], object]
) -> Callable[[], None]:
    def inside() -> None:
        with using(database):
            work()

    return inside


def _queries(database: BaseDatabaseWrapper, work: Callable[[], object]) -> int:
    with using(database), CaptureQueriesContext(database) as queries:
        work()
    return len(queries)
