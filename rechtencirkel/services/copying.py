"""Copying the questions of the bank into a round, as a previous round asked them."""

from collections.abc import Mapping

from kader.vocabulary import AnswerOption, CircleSize, QuestionLanguage
from rechtencirkel.catalogue import QuestionAids, read_aids
from rechtencirkel.comparison import SERVICE_PLACEHOLDER, same_words
from rechtencirkel.models import (
    Question,
    QuestionTranslation,
    Round,
    RoundQuestion,
)


def copy_questions(
    *,
    measurement: Round,
    service: str,
    size: CircleSize,
    previous: Round | None,
) -> None:
    """Copy the bank into a new round. A fixed number of queries, however many questions.

    A question of `previous` lends its choices to the same code on the same scale; own
    questions come along whole. What lies outside the circle of `size` is hidden, and so
    is what `previous` hid: what it asked and this one asks can be compared.
    """
    aids = read_aids()
    bank = list(measurement.question_set.questions.all())
    example = _example_of(previous)
    rows: list[RoundQuestion] = []
    spoken: list[Mapping[QuestionLanguage, str]] = []
    for question in bank:
        row = _fresh(question, measurement, service, aids, size)
        old = example.get(question.code)
        languages = aids.wordings_of(question.code, question.text)
        if old is not None and _is_same_question(row, old):
            languages = _follow(row, old, languages)
        rows.append(row)
        spoken.append(languages)
    published = {question.code for question in bank}
    for old in example.values():
        if old.is_own and old.code not in published:
            rows.append(_own(old, measurement))
            spoken.append(_languages_of(old))
    RoundQuestion.objects.bulk_create(rows)
    QuestionTranslation.objects.bulk_create(
        QuestionTranslation(question=row, language=language, text=text)
        for row, languages in zip(rows, spoken, strict=True)
        for language, text in languages.items()
    )
    _copy_conditions(rows, example)


def _example_of(previous: Round | None) -> dict[str, RoundQuestion]:
    if previous is None:
        return {}
    return {row.code: row for row in previous.questions.with_aids()}


def _fresh(
    question: Question,
    measurement: Round,
    service: str,
    aids: QuestionAids,
    size: CircleSize,
) -> RoundQuestion:
    is_outside = size == CircleSize.SHORT and question.code not in aids.short_circle
    return RoundQuestion(
        round=measurement,
        code=question.code,
        domain=question.domain,
        side=question.side,
        scale=question.scale,
        text=question.text.replace(SERVICE_PLACEHOLDER, service),
        barrier=question.barrier,
        position=question.position,
        is_hidden=is_outside and not question.is_points,
        reason=aids.reasons.get(question.code, ""),
        pictogram=aids.pictograms.get(question.code, ""),
    )


def _is_same_question(one: RoundQuestion, other: RoundQuestion) -> bool:
    return (one.domain, one.side, one.scale) == (other.domain, other.side, other.scale)


def _follow(
    row: RoundQuestion,
    old: RoundQuestion,
    languages: Mapping[QuestionLanguage, str],
) -> Mapping[QuestionLanguage, str]:
    """Take over what the municipality chose; return the languages that still fit."""
    # Outside the short circle it was hidden already.
    row.is_hidden = row.is_hidden or old.is_hidden
    row.position = old.position
    row.reason = old.reason
    row.pictogram = old.pictogram
    if old.is_reworded and old.text != row.text:
        row.published_text = row.text
        row.text = old.text
        return _languages_of(old)
    # Other words in a newer version: what was translated then no longer fits.
    return _languages_of(old) if same_words(row.text, old.text) else languages


def _own(old: RoundQuestion, measurement: Round) -> RoundQuestion:
    return RoundQuestion(
        round=measurement,
        code=old.code,
        domain=old.domain,
        side=old.side,
        scale=old.scale,
        text=old.text,
        barrier=old.barrier,
        position=old.position,
        is_own=True,
        is_hidden=old.is_hidden,
        reason=old.reason,
        pictogram=old.pictogram,
    )


def _languages_of(row: RoundQuestion) -> dict[QuestionLanguage, str]:
    return {QuestionLanguage(t.language): t.text for t in row.translations.all()}


def _copy_conditions(
    rows: list[RoundQuestion], example: Mapping[str, RoundQuestion]
) -> None:
    by_code = {row.code: row for row in rows}
    changed = []
    for row in rows:
        old = example.get(row.code)
        if old is None or old.depends_on is None or not _is_same_question(row, old):
            continue
        parent = by_code.get(old.depends_on.code)
        if parent is not None and _is_same_question(parent, old.depends_on):
            row.depends_on = parent
            row.depends_options = tuple(AnswerOption(o) for o in old.depends_options)
            changed.append(row)
    RoundQuestion.objects.bulk_update(changed, ["depends_on", "depends_options"])
