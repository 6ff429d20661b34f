"""One run from empty databases to a table."""

import sys
from collections.abc import Iterator

from django.test import Client

from accounts.models import User
from bench.databases import copy_of, make_small, using
from bench.goals import Line, Setting, measure
from bench.municipality import add_crowd, count_answers, new_round, new_sheet
from lpk_site.demo import load_demo
from lpk_site.demo.people import DEMO_DOMAIN
from projects.models import Project
from rechtencirkel.services import hand_in

LARGE = "lpk_bench_large"
SEED = 2026
HANDED_IN = 20
VERDICTS = {True: "gehaald", False: "NIET gehaald", None: ""}


def run(*, answers: int, pairs: int, sheets: int) -> Iterator[Line]:
    """Measure with about that many answers beside the measurement that is read."""
    small = make_small()
    load_demo(SEED)
    user = User.objects.get(email=f"els.vandamme@{DEMO_DOMAIN}")
    measurement = new_round("Een gemeente")
    for number in range(HANDED_IN):
        sheet = new_sheet(measurement, user, number)
        hand_in(conversation=sheet, on=sheet.held_on)
    drafts = [
        new_sheet(measurement, user, HANDED_IN + number).pk for number in range(sheets)
    ]
    client = Client()
    client.force_login(user)
    large = copy_of(small, LARGE)
    with using(large):
        add_crowd(user, answers)
        _say(f"{count_answers()} antwoorden in de grote databank")
    _say(f"{count_answers()} antwoorden in de kleine databank")
    yield from measure(
        Setting(
            small=small,
            large=large,
            client=client,
            project=Project.objects.filter(memberships__user=user).earliest("pk"),
            measurement=measurement,
            sheets=drafts,
            pairs=pairs,
        )
    )


def write_table(lines: Iterator[Line]) -> None:
    """Write a Markdown table, every line as soon as it is known."""
    _say("| wat | doel | nu | 95 % | tijd | |")
    _say("| --- | --- | --- | --- | --- | --- |")
    for line in lines:
        goal = "" if line.goal is None else f"≤ {line.goal:g}"
        if line.ratio is None:
            now, interval, seconds = str(line.count), "", ""
        else:
            now = f"{line.ratio.value:.2f} ×"
            interval = f"{line.ratio.low:.2f}–{line.ratio.high:.2f}"
            seconds = f"{1000 * line.ratio.seconds:.1f} ms"
        verdict = VERDICTS[line.is_reached]
        _say(f"| {line.what} | {goal} | {now} | {interval} | {seconds} | {verdict} |")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
