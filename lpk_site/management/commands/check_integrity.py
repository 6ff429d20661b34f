"""Looks for rows that contradict each other; ends with code 1 when it finds any."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lpk_site.integrity import CHECKS, Finding, run_checks

SHOWN_IDS = 20


class Command(BaseCommand):
    help = "Kijkt na of de gegevens met elkaar kloppen. Verandert niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = run_checks()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(f) for f in findings], indent=2))
        else:
            self._tell(findings)
        if findings:
            sys.exit(1)

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings:
            ids = ", ".join(str(pk) for pk in finding.ids[:SHOWN_IDS])
            more = len(finding.ids) - SHOWN_IDS
            rest = f" en nog {more}" if more > 0 else ""
            self.stdout.write(
                f"FOUT {finding.name}: {finding.sentence}\n     {finding.of}: {ids}{rest}"
            )
        good = len(CHECKS) - len(findings)
        self.stdout.write(f"{good} van de {len(CHECKS)} controles zijn in orde.")
