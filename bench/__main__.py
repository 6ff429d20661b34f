"""Run as `python -m bench [--quick] [--json]`; `python3 run.py bench` does it for you."""

import argparse
import json
import os
import sys
from dataclasses import asdict

import django

from tests import services

MANY = 1_000_000
MANY_QUICK = 50_000
PAIRS = 101
PAIRS_QUICK = 41
SHEETS = 22


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="klein, in een minuut")
    parser.add_argument("--json", action="store_true", help="schrijf JSON")
    options = parser.parse_args()
    os.environ.update(services.prepare(os.environ))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    # Only now: models cannot be imported before Django is set up.
    from bench.report import run, write_table  # noqa: PLC0415

    lines = run(
        answers=MANY_QUICK if options.quick else MANY,
        pairs=PAIRS_QUICK if options.quick else PAIRS,
        sheets=SHEETS,
    )
    if options.json:
        json.dump([asdict(line) for line in lines], sys.stdout, indent=2)
    else:
        write_table(lines)


main()
