"""Measures what may not grow: reading a measurement, and handing in a sheet.

Everything happens in a scratch database that is made and thrown away here: a small one,
and the same one with many more answers of other measurements. Both are measured in turns
in one run, so that a busy machine slows both.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from itertools import islice
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from kader.vocabulary import (
    AnswerOption,
    ConversationKind,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from projects.models import Municipality, Project
from rechtencirkel.analysis import analyse_circle, total_of
from rechtencirkel.models import (
    Conversation,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Publication,
    Round,
    RoundQuestion,
)
from rechtencirkel.services import hand_in, load_question_sets, open_round

QUESTIONS_ON_A_SHEET = 45
PEOPLE = 8
SHEETS = 20
BATCH = 5000


class Command(BaseCommand):
    help = "Meet in een wegwerpdatabank wat een pagina en een blad kosten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--small", type=int, default=1_000)
        parser.add_argument("--large", type=int, default=1_000_000)
        parser.add_argument("--turns", type=int, default=21)

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Meten doe je niet in productie.")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            self._measure(options["small"], options["large"], options["turns"])
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def _measure(self, small: int, large: int, turns: int) -> None:
        load_question_sets()
        user = User.objects.create_user(email="meting@voorbeeld.be", name="Meting")
        measurement = _round("Klein", user)
        for number in range(SHEETS):
            hand_in(conversation=_sheet(measurement, user, number), on=_today())
        rows = []
        asked = len(_questions(measurement))
        for wanted in (small, large):
            _fill_up(_round(f"Andere meting {wanted}", user), user, wanted)
            answers = OptionTally.objects.count() + PointsTally.objects.count()
            rows.append(
                (
                    answers,
                    _timed(lambda: _analyse(measurement), turns),
                    _timed_hand_in(measurement, user, turns, wanted),
                )
            )
        self.stdout.write(
            f"{'antwoorden':>12} {'wat':<28} {'queries':>14} {'mediaan':>10}"
        )
        for answers, reading, handing_in in rows:
            for what, (queries, seconds) in (
                ("een meting analyseren", reading),
                (f"een blad van {asked} vragen indienen", handing_in),
            ):
                self.stdout.write(
                    f"{answers:>12} {what:<38} {queries:>4} {1000 * seconds:>8.1f} ms"
                )


def _today() -> Any:
    return timezone.localdate()


def _round(title: str, user: User) -> Round:
    number = Municipality.objects.count()
    municipality = Municipality.objects.create(
        nis_code=f"{80000 + number}", name=title, province="Antwerpen"
    )
    project = Project.objects.create(
        municipality=municipality,
        title=title,
        starting_point="Meten.",
        started_on=_today(),
    )
    return open_round(project=project, title=title, opened_on=_today())


def _questions(measurement: Round) -> list[RoundQuestion]:
    """Return 45 questions of the providers, the closed ones and the points first."""
    asked = measurement.questions.filter(side=Side.PROVIDERS)
    return sorted(asked, key=lambda q: q.is_open)[:QUESTIONS_ON_A_SHEET]


def _conversation(measurement: Round, user: User, number: int) -> Conversation:
    return Conversation(
        project=measurement.project,
        round=measurement,
        side=Side.PROVIDERS,
        kind=ConversationKind.GROUP,
        category=RespondentCategory.SOCIAL_WORK,
        title=f"Blad {number}",
        held_on=_today(),
        place="Hier",
        guide="Meting",
        people=PEOPLE,
        has_consent=True,
        domains=tuple(ServiceDomain),
        entered_by=user,
    )


def _answers(
    conversation: Conversation, questions: list[RoundQuestion]
) -> tuple[list[OptionTally], list[PointsTally]]:
    options = [
        OptionTally(
            conversation=conversation, question=question, option=option, people=people
        )
        for question in questions
        if question.is_closed
        for option, people in zip(list(AnswerOption)[:2], (3, 5), strict=True)
    ]
    points = [
        PointsTally(
            conversation=conversation, domain=domain, points=value, people=people
        )
        for domain in ServiceDomain
        for value, people in ((5, 3), (7, 5))
    ]
    return options, points


def _sheet(measurement: Round, user: User, number: int) -> Conversation:
    conversation = _conversation(measurement, user, number)
    conversation.save()
    questions = _questions(measurement)
    options, points = _answers(conversation, questions)
    OpenAnswer.objects.bulk_create(
        OpenAnswer(conversation=conversation, question=question, text="Een antwoord.")
        for question in questions
        if question.is_open
    )
    OptionTally.objects.bulk_create(options)
    PointsTally.objects.bulk_create(points)
    return conversation


def _fill_up(measurement: Round, user: User, wanted: int) -> None:
    """Add sheets of another measurement until there are about that many answers."""
    questions = _questions(measurement)
    there = OptionTally.objects.count() + PointsTally.objects.count()
    options, points = _answers(_conversation(measurement, user, 0), questions)
    each = len(options) + len(points)
    sheets = Conversation.objects.bulk_create(
        (
            _conversation(measurement, user, number)
            for number in range(max(0, wanted - there) // each)
        ),
        batch_size=BATCH,
    )
    answers = (_answers(conversation, questions) for conversation in sheets)
    while some := list(islice(answers, BATCH // each)):
        OptionTally.objects.bulk_create([o for options, _ in some for o in options])
        PointsTally.objects.bulk_create([p for _, points in some for p in points])


def _analyse(measurement: Round) -> None:
    rows = Publication.objects.filter(round=measurement).newest()
    analyse_circle(total_of(row) for row in rows)


def _timed(work: Callable[[], object], turns: int) -> tuple[int, float]:
    """Return the queries of one turn and the median time of all."""
    with CaptureQueriesContext(connection) as queries:
        work()
    times = []
    for _ in range(turns):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return len(queries), median(times)


def _timed_hand_in(
    measurement: Round, user: User, turns: int, start: int
) -> tuple[int, float]:
    turns = min(turns, SHEETS)
    sheets = iter([_sheet(measurement, user, start + n) for n in range(turns + 1)])
    outcome = _timed(lambda: hand_in(conversation=next(sheets), on=_today()), turns)
    # The next size meets a measurement as large as this one did.
    done = Conversation.objects.filter(round=measurement).order_by("-pk")[: turns + 1]
    for conversation in done:
        conversation.totals.all().delete()
        conversation.option_tallies.all().delete()
        conversation.points_tallies.all().delete()
        conversation.open_answers.all().delete()
        conversation.delete()
    return outcome
