"""What a municipality may change about the questions of a round, and what never moves.

The code never changes. Words that somebody answered never change either: those answers
would mean something else. Every function here locks the question before it looks.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from kader.vocabulary import (
    AnswerOption,
    QuestionLanguage,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.catalogue import read_aids
from rechtencirkel.comparison import Asked
from rechtencirkel.models import (
    OWN_CODE_PREFIX,
    AnswerLink,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Question,
    QuestionSet,
    QuestionTranslation,
    Round,
    RoundQuestion,
)

CLOSED = "Deze meting is afgesloten. De vragen liggen vast."
ANSWERED = (
    "Op deze vraag is in deze meting al geantwoord, of ze staat achter een link. Met "
    "andere woorden zouden die antwoorden iets anders betekenen. Je kunt de vraag wel verbergen voor nieuwe "
    "gesprekken."
)
POINTS_STAY = (
    "De punten op 10 blijven altijd staan: daaruit tekenen we de rechtencirkel."
)
NO_CHAIN = (
    "Deze voorwaarde kan niet. Kies een vraag met vier antwoorden uit hetzelfde domein "
    "en van dezelfde kant, die zelf geen voorwaarde heeft."
)


@dataclass(frozen=True)
class Wording:
    """How a question is asked: the words, what goes with them, and when."""

    text: str
    reason: str = ""
    pictogram: str = ""
    translations: Mapping[QuestionLanguage, str] = field(default_factory=dict)
    depends_on: RoundQuestion | None = None
    depends_options: Collection[AnswerOption] = ()


def has_answers(question: RoundQuestion) -> bool:
    """Whether a sheet of the round, draft or not, answers it, or a link may be asking it.

    What came in by link is not looked at: that would tell that somebody answered. At
    most two queries.
    """
    links = AnswerLink.objects.filter(
        round=question.round_id, domains__contains=question.domain
    )
    if question.side == Side.PROVIDERS and links.exists():
        return True
    if question.is_points:
        return PointsTally.objects.filter(
            conversation__round=question.round_id,
            conversation__side=question.side,
            domain=question.domain,
        ).exists()
    rows = OpenAnswer if question.is_open else OptionTally
    return rows._default_manager.filter(question=question.pk).exists()


@transaction.atomic
def edit_question(
    *, question: RoundQuestion, wording: Wording, is_hidden: bool = False
) -> RoundQuestion:
    """Give a question its words, its reason, its languages and its condition.

    A translation that stays the same while the words change is dropped: it translates
    something that is no longer asked. Raises ValidationError per field.
    """
    locked = _lock(question)
    if is_hidden and locked.is_points:
        raise ValidationError({"is_hidden": POINTS_STAY})
    is_new_text = wording.text != locked.text
    if is_new_text:
        _reword(locked, wording.text)
    locked.is_hidden = is_hidden
    locked.reason = wording.reason
    locked.pictogram = wording.pictogram
    _set_condition(locked, wording)
    locked.save()
    _translate(locked, wording.translations, drop_unchanged=is_new_text)
    return locked


@transaction.atomic
def reset_question(*, question: RoundQuestion) -> RoundQuestion:
    """Give a question of the bank its published words and aids back."""
    locked = _lock(question)
    if locked.is_own:
        raise ValidationError("Dit is een eigen vraag. Ze staat niet in de vragenbank.")
    if locked.is_reworded:
        _reword(locked, locked.published_text)
    aids = read_aids()
    locked.reason = aids.reasons.get(locked.code, "")
    locked.pictogram = aids.pictograms.get(locked.code, "")
    locked.save()
    _translate(
        locked, aids.wordings_of(locked.code, _bank_text(locked)), drop_unchanged=False
    )
    return locked


@transaction.atomic
def add_question(
    *,
    measurement: Round,
    domain: ServiceDomain,
    side: Side,
    scale: str,
    wording: Wording,
) -> RoundQuestion:
    """Add a municipality's own question, with the next free own code of its project.

    A code is never used twice in a project, so it means the same in every round.
    """
    locked = Round.objects.select_for_update().get(pk=measurement.pk)
    if locked.is_closed:
        raise ValidationError(CLOSED)
    if scale == Scale.POINTS:
        raise ValidationError({"scale": "Elk domein heeft al een vraag met punten."})
    question = RoundQuestion(
        round=locked,
        code=_next_own_code(locked.project_id),
        domain=domain,
        side=side,
        scale=scale,
        text=wording.text,
        is_own=True,
        reason=wording.reason,
        pictogram=wording.pictogram,
        position=_place_before_points(locked, domain, side),
    )
    _set_condition(question, wording)
    question.save()
    _translate(question, wording.translations, drop_unchanged=False)
    return question


@transaction.atomic
def choose_questions(*, measurement: Round, asked: Collection[int]) -> int:
    """Ask these questions from now on and hide the others; return how many are asked.

    The points are always asked. Answers that are there stay.
    """
    locked = Round.objects.select_for_update().get(pk=measurement.pk)
    if locked.is_closed:
        raise ValidationError(CLOSED)
    others = locked.questions.exclude(scale=Scale.POINTS)
    others.filter(pk__in=asked).update(is_hidden=False)
    others.exclude(pk__in=asked).update(is_hidden=True)
    return locked.questions.asked().count()


@transaction.atomic
def move_question(*, question: RoundQuestion, up: bool) -> None:
    """Swap a question with the one before or after it on the same page."""
    locked = _lock(question)
    page = list(locked.round.questions.filter(domain=locked.domain, side=locked.side))
    places = sorted(row.position for row in page)
    # Rows that share a place (an older round) get places of their own first.
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    here = page.index(locked)
    there = here - 1 if up else here + 1
    if 0 <= there < len(page):
        page[here], page[there] = page[there], page[here]
        for row, place in zip(page, places, strict=True):
            row.position = place
        RoundQuestion.objects.bulk_update(page, ["position"])


def questions_of(source: QuestionSet | Round) -> list[Asked]:
    """Return a list of questions to compare. One query, two for a round.

    A round's question in the words of the bank is given with the placeholder, so that
    the name of the service makes no difference.
    """
    if isinstance(source, QuestionSet):
        return [_plain(question, question.text) for question in source.questions.all()]
    bank = dict(
        Question.objects.filter(question_set=source.question_set_id).values_list(
            "code", "text"
        )
    )
    return [
        _plain(
            question,
            question.text
            if question.is_own or question.is_reworded
            else bank.get(question.code, question.text),
            is_hidden=question.is_hidden,
        )
        for question in source.questions.all()
    ]


def _plain(
    question: Question | RoundQuestion, text: str, *, is_hidden: bool = False
) -> Asked:
    return Asked(
        code=question.code,
        domain=ServiceDomain(question.domain),
        side=Side(question.side),
        scale=question.scale,
        text=text,
        is_hidden=is_hidden,
    )


def _lock(question: RoundQuestion) -> RoundQuestion:
    """Hold the row: an answer that refers to it waits, so it cannot slip in between."""
    locked = (
        RoundQuestion.objects.select_for_update(of=("self",))
        .select_related("round")
        .get(pk=question.pk)
    )
    if locked.round.is_closed:
        raise ValidationError(CLOSED)
    return locked


def _reword(question: RoundQuestion, text: str) -> None:
    if has_answers(question):
        raise ValidationError({"text": ANSWERED})
    if not question.is_own:
        source = question.source_text
        question.published_text = "" if text == source else source
    question.text = text


def _set_condition(question: RoundQuestion, wording: Wording) -> None:
    parent = wording.depends_on
    if parent is None:
        question.depends_on = None
        question.depends_options = ()
        return
    if not wording.depends_options:
        raise ValidationError({"depends_options": "Kies minstens één antwoord."})
    if not _may_follow(question, parent):
        raise ValidationError({"depends_on": NO_CHAIN})
    question.depends_on = parent
    question.depends_options = tuple(wording.depends_options)


def _may_follow(question: RoundQuestion, parent: RoundQuestion) -> bool:
    """One level deep, on the same page, and only on an answer that can be counted."""
    parent = RoundQuestion.objects.select_for_update().get(pk=parent.pk)
    is_stored = not question._state.adding
    waits_on_it = is_stored and question.dependents.exists()
    return (
        parent.round_id == question.round_id
        and parent.pk != question.pk
        and parent.domain == question.domain
        and parent.side == question.side
        and parent.is_closed
        and parent.depends_on_id is None
        and not question.is_points
        and not waits_on_it
    )


def _translate(
    question: RoundQuestion,
    wanted: Mapping[QuestionLanguage, str],
    *,
    drop_unchanged: bool,
) -> None:
    stored = {row.language: row.text for row in question.translations.all()}
    question.translations.all().delete()
    QuestionTranslation.objects.bulk_create(
        QuestionTranslation(question=question, language=language, text=text)
        for language in QuestionLanguage
        if (text := wanted.get(language, ""))
        and not (drop_unchanged and stored.get(language) == text)
    )


def _bank_text(question: RoundQuestion) -> str:
    """Return the words of the bank itself, with the placeholder for the service."""
    texts = question.round.question_set.questions.filter(code=question.code)
    return texts.values_list("text", flat=True).first() or ""


def _next_own_code(project_id: int) -> str:
    codes = RoundQuestion.objects.filter(
        round__project=project_id, code__startswith=OWN_CODE_PREFIX
    ).values_list("code", flat=True)
    numbers = [int(code.removeprefix(OWN_CODE_PREFIX)) for code in codes]
    return f"{OWN_CODE_PREFIX}{max(numbers, default=0) + 1}"


def _place_before_points(measurement: Round, domain: ServiceDomain, side: Side) -> int:
    """Make room at the end of a page, before its points: these always come last."""
    page = measurement.questions.filter(domain=domain, side=side)
    points = page.filter(scale=Scale.POINTS).first()
    if points is None:
        last = measurement.questions.aggregate(last=Max("position"))["last"]
        return (last or 0) + 1
    measurement.questions.filter(position__gte=points.position).update(
        position=F("position") + 1
    )
    return points.position
