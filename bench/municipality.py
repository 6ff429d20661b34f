"""The rows that are measured: a real measurement, and a crowd of others beside it."""

from datetime import date

from django.db import connection
from django.db.models import Model
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
from rechtencirkel.models import (
    Conversation,
    DomainTotal,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Round,
    RoundQuestion,
)
from rechtencirkel.services import hand_in, open_round

QUESTIONS_ON_A_SHEET = 45
PEOPLE = 8


def today() -> date:
    return timezone.localdate()


def new_round(title: str) -> Round:
    """Open a measurement in a municipality of its own."""
    number = Municipality.objects.count()
    municipality = Municipality.objects.create(
        nis_code=f"{80000 + number}", name=title, province="Antwerpen"
    )
    project = Project.objects.create(
        municipality=municipality,
        title=title,
        starting_point="Meten.",
        started_on=today(),
    )
    return open_round(project=project, title=title, opened_on=today())


def new_sheet(measurement: Round, user: User, number: int) -> Conversation:
    """Fill in 45 questions of the providers, as a draft that can be handed in."""
    sheet = Conversation.objects.create(
        project=measurement.project,
        round=measurement,
        side=Side.PROVIDERS,
        kind=ConversationKind.GROUP,
        category=RespondentCategory.SOCIAL_WORK,
        title=f"Blad {number}",
        held_on=today(),
        place="Hier",
        guide="Meting",
        people=PEOPLE,
        has_consent=True,
        domains=tuple(ServiceDomain),
        entered_by=user,
    )
    questions = _questions(measurement)
    OptionTally.objects.bulk_create(
        OptionTally(conversation=sheet, question=question, option=option, people=people)
        for question in questions
        if question.is_closed
        for option, people in zip(list(AnswerOption)[:2], (3, 5), strict=True)
    )
    PointsTally.objects.bulk_create(
        PointsTally(conversation=sheet, domain=domain, points=value, people=people)
        for domain in ServiceDomain
        for value, people in ((5, 3), (7, 5))
    )
    OpenAnswer.objects.bulk_create(
        OpenAnswer(conversation=sheet, question=question, text="Een antwoord.")
        for question in questions
        if question.is_open
    )
    return sheet


def _questions(measurement: Round) -> list[RoundQuestion]:
    """Return 45 questions of the providers, the closed ones and the points first."""
    asked = measurement.questions.filter(side=Side.PROVIDERS)
    return sorted(asked, key=lambda question: question.is_open)[:QUESTIONS_ON_A_SHEET]


def count_answers() -> int:
    return OptionTally.objects.count() + PointsTally.objects.count()


def add_crowd(user: User, wanted: int) -> None:
    """Copy one sheet of another measurement until there are that many answers.

    Inside the database, because a million rows through Python take minutes.
    """
    measurement = new_round("De andere gemeenten")
    sheet = new_sheet(measurement, user, 1)
    hand_in(conversation=sheet, on=today())
    each = sheet.option_tallies.count() + sheet.points_tallies.count()
    copies = max(0, wanted - count_answers()) // each
    _copy(Conversation, f"generate_series(1, {copies})", "old.id = %s", [sheet.pk])
    for model in (OptionTally, PointsTally, DomainTotal):
        _copy(
            model,
            f"{Conversation._meta.db_table} AS copy",
            "old.conversation_id = %s AND copy.round_id = %s AND copy.id <> %s",
            [sheet.pk, measurement.pk, sheet.pk],
            conversation_id="copy.id",
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(
    model: type[Model], times: str, where: str, values: list[int], **changed: str
) -> None:
    """Insert rows of a table again for every row of `times`, with changed columns."""
    columns = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    taken = [changed.get(column, f'old."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(taken)} "  # noqa: S608
            f"FROM {table} AS old, {times} WHERE {where}",
            values,
        )
