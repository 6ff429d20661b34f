"""Prints every page with who may open it, as text, as JSON or as docs/access.md."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lpk_site.access_table import Audience
from lpk_site.routes import Route, all_routes
from projects.access import CAPABILITIES, CAPABILITY_LABELS, Capability
from projects.models import Role


class Command(BaseCommand):
    help = "Toont elke bladzijde, hoe je ze opent en wie dat mag."

    def add_arguments(self, parser: CommandParser) -> None:
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="als JSON")
        form.add_argument("--markdown", action="store_true", help="als docs/access.md")

    def handle(self, *args: Any, **options: Any) -> None:
        routes = all_routes()
        if options["json"]:
            self.stdout.write(json.dumps([_plain(r) for r in routes], indent=2))
        elif options["markdown"]:
            self.stdout.write("\n".join(_document(routes)))
        else:
            self.stdout.write("\n".join(_text(routes)))


def _plain(route: Route) -> dict[str, object]:
    return {
        "name": route.name,
        "path": route.path,
        "methods": list(route.rule.methods) if route.rule else [],
        "asks": str(route.rule.asks) if route.rule else None,
        "roles": [role.value for role in route.roles],
    }


def _text(routes: Iterable[Route]) -> Iterator[str]:
    for route in routes:
        methods = ",".join(route.rule.methods) if route.rule else "-"
        roles = ", ".join(role.label for role in route.roles)
        who = f"{route.asks_label} ({roles})" if roles else route.asks_label
        yield f"{route.name:48} {methods:22} {route.path}\n    {who}"


def _document(routes: list[Route]) -> Iterator[str]:
    """Write the document that a municipality reads and signs."""
    yield "# Wie mag wat"
    yield ""
    yield "Deze tabel is gemaakt uit de code met `python manage.py list_routes --markdown`."
    yield "Een test vergelijkt ze met de code, een andere probeert elke regel uit."
    yield ""
    yield "## Wat een rol mag"
    yield ""
    yield from _table(
        ["Wat", *Role.labels],
        (
            [CAPABILITY_LABELS[capability], *(_mark(capability, role) for role in Role)]
            for capability in Capability
        ),
    )
    yield ""
    yield "Wie geen rol heeft in een project, krijgt te lezen dat de bladzijde niet bestaat."
    yield "Dat geldt ook voor de beheerder: die beheert accounts en ziet geen antwoorden."
    yield "Wie een rol heeft die te weinig mag, krijgt te lezen dat dit niet mag."
    yield ""
    yield "## Bladzijden van een project"
    yield ""
    yield from _table(
        ["Adres", "Hoe", *Role.labels],
        (
            [_path(r), _methods(r), *(_mark_role(r, role) for role in Role)]
            for r in routes
            if r.is_about_a_project
        ),
    )
    for audience in Audience:
        yield ""
        yield f"## Voor {audience.label}"
        yield ""
        yield from _table(
            ["Adres", "Hoe"],
            (
                [_path(r), _methods(r)]
                for r in routes
                if r.rule is not None and r.rule.asks is audience
            ),
        )


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _mark(capability: Capability, role: Role) -> str:
    return "ja" if capability in CAPABILITIES[role] else "–"


def _mark_role(route: Route, role: Role) -> str:
    return "ja" if role in route.roles else "–"


def _path(route: Route) -> str:
    """Write an address with the names of its parts, without their kinds."""
    plain = re.sub(r"<\w+:(\w+)>", r"<\1>", route.path)
    plain = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", plain)
    return f"`{plain}`"


def _methods(route: Route) -> str:
    """Say in words what the methods mean for a reader."""
    methods = route.rule.methods if route.rule else ()
    if "POST" not in methods:
        return "lezen"
    return "lezen en invullen" if "GET" in methods else "doen"
