"""Load two fictional municipalities and say who can sign in."""

import json
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from lpk_site.demo import load_demo
from lpk_site.demo.people import DEMO_DOMAIN, DEMO_PASSWORD
from projects.models import Project

DEMO_NIS_CODES = ("99999", "99998")


class Command(BaseCommand):
    help = "Laadt de demo: Heidebeke en Polderdijke, met hun accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed",
            type=int,
            default=2026,
            help="Bepaalt hoe de antwoorden gespreid zijn. Hetzelfde getal, dezelfde demo.",
        )
        parser.add_argument("--json", action="store_true", help="Schrijf JSON.")

    def handle(self, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("De demo kan niet in productie: ze opent accounts.")
        projects = self._projects()
        is_new = not projects
        if is_new:
            seed = options["seed"]
            load_demo(seed if isinstance(seed, int) else 0)
            projects = self._projects()
        accounts = [
            {
                "name": user.name,
                "role": user.note,
                "email": user.email,
                "password": DEMO_PASSWORD,
            }
            for user in User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").order_by(
                "pk"
            )
        ]
        if options["json"]:
            listed = [
                {"id": p.pk, "municipality": p.municipality.name, "title": p.title}
                for p in projects
            ]
            self.stdout.write(
                json.dumps(
                    {"accounts": accounts, "projects": listed}, ensure_ascii=False
                )
            )
            return
        self.stdout.write(
            "De demo is geladen." if is_new else "De demo was al geladen."
        )
        for account in accounts:
            self.stdout.write(
                f"{account['name']} ({account['role']}): {account['email']} / "
                f"{account['password']}"
            )

    def _projects(self) -> list[Project]:
        return list(
            Project.objects.with_municipality()
            .filter(municipality__nis_code__in=DEMO_NIS_CODES)
            .order_by("pk")
        )
