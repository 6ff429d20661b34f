"""What a rule is and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from kader.vocabulary import Severity
from projects.access import Capability
from reports.situation import Situation


@dataclass(frozen=True)
class Finding:
    """One thing that asks for attention: what, why, and where to go.

    `asks` is the capability of whoever can settle it, and `member_id` the seat when only
    that member can. `is_task` says whether it is work for somebody today; a finding
    without severity is personal and stays out of the project-wide check. `mail` says the
    same without a word that somebody typed: only that may leave in a mail. `minutes` is
    a rough idea of how long it takes.
    """

    rule: str
    title: str
    reason: str
    url: str
    verb: str
    asks: Capability
    mail: str
    severity: Severity | None = None
    is_task: bool = True
    member_id: int | None = None
    minutes: int = 5


@dataclass(frozen=True)
class Rule:
    """A rule of the method with its number and the function that checks it."""

    number: str
    name: str
    check: Callable[[Situation], Iterator[Finding]]


def url_in(situation: Situation, route: str, *args: object, query: str = "") -> str:
    """Return the address of a page of this project."""
    return reverse(route, args=[situation.project.pk, *args]) + query
