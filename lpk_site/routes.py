"""Every route of the site beside the rule that the access table has for it.

The administration of Django has its own doors and is one line here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from lpk_site.access_table import ACCESS_TABLE, Audience, Rule
from projects.access import CAPABILITIES, Capability
from projects.models import Role

EXEMPT_NAMESPACE = "admin"


@dataclass(frozen=True)
class Route:
    """A route: `rule` is None when nobody declared it."""

    name: str
    path: str
    rule: Rule | None

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that hold what the route asks; none for a page without a project."""
        asks = self.rule.asks if self.rule else None
        return tuple(role for role in Role if asks in CAPABILITIES[role])

    @property
    def asks_label(self) -> str:
        if self.rule is None:
            return "niet aangegeven"
        return self.rule.asks.label

    @property
    def is_about_a_project(self) -> bool:
        return self.rule is not None and isinstance(self.rule.asks, Capability)


def all_routes() -> list[Route]:
    """Return the routes in the order of the URLconf, and the administration last."""
    routes = list(_walk(get_resolver().url_patterns, "/", ""))
    admin = Rule(("GET", "HEAD", "POST"), Audience.PLATFORM_ADMIN)
    return [*routes, Route(f"{EXEMPT_NAMESPACE}:*", "/beheer/…", admin)]


def undeclared() -> list[Route]:
    """Return the routes that the access table does not know."""
    return [route for route in all_routes() if route.rule is None]


def unmounted() -> list[str]:
    """Return the names in the access table that lead nowhere."""
    mounted = {route.name for route in all_routes()}
    return [name for name in ACCESS_TABLE if name not in mounted]


def _walk(
    patterns: Sequence[URLPattern | URLResolver], path: str, namespace: str
) -> Iterator[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            # A name is what the table goes by, so a route without one has no rule.
            name = (
                f"{namespace}{pattern.name}" if pattern.name else f"{here} (geen naam)"
            )
            yield Route(name, here.rstrip("$"), ACCESS_TABLE.get(name))
        elif pattern.namespace != EXEMPT_NAMESPACE:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, here, namespace + inner)
