from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kader.vocabulary import (
    AnswerOption,
    CircleSize,
    QuestionLanguage,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.catalogue import read_aids, read_catalogues
from rechtencirkel.models import PublishedError, Question, QuestionSet, RoundQuestion
from rechtencirkel.services import (
    Wording,
    add_question,
    choose_questions,
    close_round,
    edit_question,
    load_question_sets,
    move_question,
    open_round,
    reset_question,
)
from tests.factories import (
    ConversationFactory,
    OpenAnswerFactory,
    OptionTallyFactory,
    PointsTallyFactory,
    ProjectFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
BEFORE_2027 = date(2026, 11, 9)
OWN_WORDS = "Wat mag anders aan de balie?"


@pytest.fixture
def measurement():
    load_question_sets()
    return open_round(project=ProjectFactory(), title="Eerste", opened_on=BEFORE_2027)


def ask(measurement, code):
    return measurement.questions.get(code=code)


def reword(question, text=OWN_WORDS, **fields):
    return edit_question(question=question, wording=Wording(text=text, **fields))


def wait_for(question, parent, *options):
    wording = Wording(
        text=question.text,
        depends_on=parent,
        depends_options=options or (AnswerOption.FIRST,),
    )
    return edit_question(question=question, wording=wording)


def languages(question):
    return {row.language: row.text for row in question.translations.all()}


def a_talk(measurement, **fields):
    usual = {"project": measurement.project, "round": measurement}
    return ConversationFactory(**usual | {"domains": list(ServiceDomain)} | fields)


# --- published is published ---------------------------------------------------


def test_a_published_question_cannot_be_changed_or_removed():
    load_question_sets()
    question = Question.objects.first()

    for attempt in (
        question.save,
        question.delete,
        Question.objects.all().delete,
        lambda: Question.objects.update(text="Anders"),
        lambda: Question.objects.bulk_update([question], ["text"]),
        lambda: question.question_set.questions.update(text="Anders"),
    ):
        with pytest.raises(PublishedError):
            attempt()


def test_a_published_version_cannot_be_changed_or_removed():
    load_question_sets()
    bank = QuestionSet.objects.first()

    for attempt in (
        bank.save,
        bank.delete,
        QuestionSet.objects.all().delete,
        lambda: QuestionSet.objects.update(title="Anders"),
    ):
        with pytest.raises(PublishedError):
            attempt()


def test_the_second_version_changes_one_question():
    first, second = read_catalogues()

    changed = [
        new.code
        for old, new in zip(first.questions, second.questions, strict=True)
        if old != new
    ]

    assert (second.version, changed) == ("2027.1", ["TGG-D4"])


# --- the aids beside the bank ---------------------------------------------------


def test_the_short_circle_has_two_questions_and_the_points_on_every_page():
    short = read_aids().short_circle

    for catalogue in read_catalogues():
        for domain in ServiceDomain:
            for side in Side:
                scales = [
                    q.scale == Scale.POINTS
                    for q in catalogue.questions
                    if (q.domain, q.side) == (domain, side) and q.code in short
                ]
                assert sorted(scales) == [False, False, True]


def test_the_short_circle_of_the_target_group_speaks_five_languages():
    aids = read_aids()

    for catalogue in read_catalogues():
        for question in catalogue.questions:
            if (
                question.side == Side.TARGET_GROUP
                and question.code in aids.short_circle
            ):
                words = aids.wordings_of(question.code, question.text)
                assert set(words) == set(QuestionLanguage), question.code
                assert all(words.values())


def test_every_wording_translates_a_published_text():
    published = {(q.code, q.text) for c in read_catalogues() for q in c.questions}

    assert set(read_aids().wordings) <= published


def test_arabic_words_are_written_in_arabic():
    for words in read_aids().wordings.values():
        letters = [c for c in words[QuestionLanguage.ARABIC] if c.isalpha()]
        assert all("\u0600" <= c <= "\u06ff" for c in letters)


# --- opening a round --------------------------------------------------------------


def test_a_round_takes_the_newest_version_published_by_then():
    load_question_sets()

    early = open_round(project=ProjectFactory(), title="A", opened_on=BEFORE_2027)
    late = open_round(project=ProjectFactory(), title="B", opened_on=date(2027, 2, 1))

    assert early.question_set.version == "1"
    assert late.question_set.version == "2027.1"
    assert ask(late, "TGG-D4").text.endswith("zonder telefoon of computer.")


def test_a_round_may_choose_its_version():
    load_question_sets()
    old = QuestionSet.objects.get(version="1")

    measurement = open_round(
        project=ProjectFactory(),
        title="A",
        opened_on=date(2027, 2, 1),
        question_set=old,
    )

    assert measurement.question_set == old


def test_a_short_circle_hides_the_rest():
    load_question_sets()

    measurement = open_round(
        project=ProjectFactory(),
        title="A",
        opened_on=BEFORE_2027,
        size=CircleSize.SHORT,
    )

    assert measurement.questions.asked().count() == 54
    assert measurement.questions.count() == 109


def test_a_second_measurement_asks_what_the_first_asked(measurement):
    reword(ask(measurement, "ONT-D6"))
    edit_question(
        question=ask(measurement, "PRE-D3"),
        wording=Wording(text=ask(measurement, "PRE-D3").text),
        is_hidden=True,
    )
    own = add_question(
        measurement=measurement,
        domain=ServiceDomain.RECEPTION,
        side=Side.TARGET_GROUP,
        scale="",
        wording=Wording(text="Waar kunnen kinderen zitten?"),
    )
    wait_for(own, ask(measurement, "ONT-D3"), AnswerOption.FIRST, AnswerOption.SECOND)
    close_round(measurement=measurement, on=TODAY())

    second = open_round(
        project=measurement.project,
        title="Tweede",
        opened_on=TODAY(),
        previous=measurement,
    )

    assert second.question_set == measurement.question_set
    assert ask(second, "ONT-D6").text == OWN_WORDS
    assert ask(second, "ONT-D6").shown_code == "ONT-D6*"
    assert ask(second, "PRE-D3").is_hidden
    copy = ask(second, own.code)
    assert copy.is_own
    assert copy.depends_on == ask(second, "ONT-D3")
    assert copy.depends_options == (AnswerOption.FIRST, AnswerOption.SECOND)


def test_a_second_measurement_on_a_newer_version_takes_the_new_words(measurement):
    close_round(measurement=measurement, on=TODAY())
    newest = QuestionSet.objects.get(version="2027.1")

    second = open_round(
        project=measurement.project,
        title="Tweede",
        opened_on=TODAY(),
        previous=measurement,
        question_set=newest,
    )

    changed = ask(second, "TGG-D4")
    assert changed.text == "Ik kan een afspraak maken zonder telefoon of computer."
    assert languages(changed)["english"].endswith("a telephone or a computer.")


def test_a_round_does_not_follow_another_project(measurement):
    with pytest.raises(ValidationError, match="ander project"):
        open_round(
            project=ProjectFactory(),
            title="A",
            opened_on=TODAY(),
            previous=measurement,
        )


# --- rewording ------------------------------------------------------------------


def test_own_words_keep_the_code_and_the_original(measurement):
    question = reword(ask(measurement, "ONT-D6"))

    assert question.shown_code == "ONT-D6*"
    assert question.published_text.startswith("Wat kan beter aan de balie")
    assert question.text == OWN_WORDS


def test_typing_the_original_back_takes_the_star_away(measurement):
    original = ask(measurement, "ONT-D6").text
    reword(ask(measurement, "ONT-D6"))

    question = reword(ask(measurement, "ONT-D6"), original)

    assert (question.shown_code, question.published_text) == ("ONT-D6", "")


def test_resetting_brings_back_the_words_and_the_languages(measurement):
    before = languages(ask(measurement, "ONT-D6"))
    question = reword(ask(measurement, "ONT-D6"))
    assert languages(question) == {}

    reset_question(question=question)

    question = ask(measurement, "ONT-D6")
    assert not question.is_reworded
    assert languages(question) == before
    assert set(before) == set(QuestionLanguage)


def test_a_translation_that_stays_behind_is_dropped_and_a_new_one_kept(measurement):
    question = ask(measurement, "ONT-D6")
    spoken = {QuestionLanguage(k): v for k, v in languages(question).items()}
    spoken[QuestionLanguage.FRENCH] = "Que peut-on changer au guichet ?"

    question = reword(question, translations=spoken)

    assert languages(question) == {"french": "Que peut-on changer au guichet ?"}


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("ONT-D6", lambda q, talk: OpenAnswerFactory(conversation=talk, question=q)),
        ("ONT-D3", lambda q, talk: OptionTallyFactory(conversation=talk, question=q)),
        (
            "ONT-DP",
            lambda q, talk: PointsTallyFactory(conversation=talk, domain=q.domain),
        ),
    ],
)
def test_a_question_with_answers_keeps_its_words(measurement, code, answer):
    question = ask(measurement, code)
    answer(question, a_talk(measurement))

    with pytest.raises(ValidationError, match="al geantwoord"):
        reword(question)

    assert ask(measurement, code).text == question.text


def test_answers_of_the_other_side_do_not_lock_the_points(measurement):
    talk = a_talk(measurement, providers=True)
    PointsTallyFactory(conversation=talk, domain=ServiceDomain.RECEPTION)

    question = reword(ask(measurement, "ONT-DP"), "Hoe was het? Geef punten op 10.")

    assert question.is_reworded


def test_an_answered_question_with_own_words_is_not_reset(measurement):
    question = reword(ask(measurement, "ONT-D6"))
    OpenAnswerFactory(conversation=a_talk(measurement), question=question)

    with pytest.raises(ValidationError, match="al geantwoord"):
        reset_question(question=question)


def test_an_answered_question_may_get_a_reason_and_be_hidden(measurement):
    question = ask(measurement, "ONT-D6")
    OpenAnswerFactory(conversation=a_talk(measurement), question=question)

    question = edit_question(
        question=question,
        wording=Wording(text=question.text, reason="Daarom."),
        is_hidden=True,
    )

    assert (question.is_hidden, question.reason) == (True, "Daarom.")


def test_nothing_changes_in_a_closed_round(measurement):
    question = ask(measurement, "ONT-D6")
    close_round(measurement=measurement, on=TODAY())

    for attempt in (
        lambda: reword(question),
        lambda: reset_question(question=question),
        lambda: move_question(question=question, up=True),
        lambda: choose_questions(measurement=measurement, asked=[]),
        lambda: add_question(
            measurement=measurement,
            domain=ServiceDomain.ACCESS,
            side=Side.PROVIDERS,
            scale="",
            wording=Wording(text="Nog iets?"),
        ),
    ):
        with pytest.raises(ValidationError, match="afgesloten"):
            attempt()


# --- hiding and choosing -----------------------------------------------------------


def test_a_hidden_question_stays_on_the_sheet_that_answered_it(measurement):
    question = ask(measurement, "ONT-D6")
    answered, empty = a_talk(measurement), a_talk(measurement)
    OpenAnswerFactory(conversation=answered, question=question)
    RoundQuestion.objects.filter(pk=question.pk).update(is_hidden=True)

    def is_on_sheet_of(talk):
        return question in measurement.questions.on_sheet(talk.pk, talk.side)

    assert is_on_sheet_of(answered)
    assert not is_on_sheet_of(empty)
    assert question in measurement.questions.asked_or_answered()


def test_points_are_never_hidden(measurement):
    question = ask(measurement, "ONT-DP")

    with pytest.raises(ValidationError, match="punten op 10"):
        edit_question(
            question=question, wording=Wording(text=question.text), is_hidden=True
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        measurement.questions.filter(pk=question.pk).update(is_hidden=True)


def test_choosing_nothing_leaves_the_points(measurement):
    count = choose_questions(measurement=measurement, asked=[])

    assert count == 18
    assert {q.scale for q in measurement.questions.asked()} == {Scale.POINTS}


def test_a_question_of_another_round_is_not_chosen_along(measurement):
    other = RoundFactory().questions.filter(scale="").first()

    count = choose_questions(
        measurement=measurement, asked=[other.pk, ask(measurement, "ONT-D6").pk]
    )

    assert count == 19


# --- own questions and their order ---------------------------------------------------


def test_own_codes_count_on_over_the_rounds_of_a_project(measurement):
    def add(to):
        return add_question(
            measurement=to,
            domain=ServiceDomain.ACCESS,
            side=Side.TARGET_GROUP,
            scale=Scale.AGREEMENT,
            wording=Wording(text="Ik vind de deur."),
        )

    first, second = add(measurement), add(measurement)
    close_round(measurement=measurement, on=TODAY())
    later = open_round(project=measurement.project, title="Later", opened_on=TODAY())

    assert [first.code, second.code, add(later).code] == [
        "EIGEN-1",
        "EIGEN-2",
        "EIGEN-3",
    ]


def test_an_own_question_asks_no_points(measurement):
    with pytest.raises(ValidationError, match="al een vraag met punten"):
        add_question(
            measurement=measurement,
            domain=ServiceDomain.ACCESS,
            side=Side.TARGET_GROUP,
            scale=Scale.POINTS,
            wording=Wording(text="Hoeveel punten?"),
        )


def test_a_question_moves_within_its_page(measurement):
    def codes():
        page = measurement.questions.filter(
            domain=ServiceDomain.RECEPTION, side=Side.TARGET_GROUP
        )
        return [q.code for q in page][:3]

    move_question(question=ask(measurement, "ONT-D2"), up=True)
    assert codes() == ["ONT-D2", "ONT-D1", "ONT-D3"]
    move_question(question=ask(measurement, "ONT-D2"), up=True)
    assert codes() == ["ONT-D2", "ONT-D1", "ONT-D3"]
    move_question(question=ask(measurement, "ONT-D2"), up=False)
    assert codes() == ["ONT-D1", "ONT-D2", "ONT-D3"]


# --- conditions --------------------------------------------------------------------


def test_a_question_may_wait_for_an_answer_on_its_page(measurement):
    question = wait_for(ask(measurement, "ONT-D6"), ask(measurement, "ONT-D3"))

    assert question.depends_on.code == "ONT-D3"
    assert question.wanted_answers == "‘Nee, helemaal niet’"


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("ONT-D6", "ONT-D1"),
        ("ONT-D6", "ONT-DP"),
        ("ONT-D6", "TGG-D2"),
        ("ONT-D6", "ONT-H2"),
        ("ONT-D3", "ONT-D3"),
        ("ONT-DP", "ONT-D3"),
    ],
)
def test_a_condition_needs_a_closed_question_of_the_same_page(
    measurement, code, parent
):
    with pytest.raises(ValidationError, match="voorwaarde kan niet"):
        wait_for(ask(measurement, code), ask(measurement, parent))


def test_conditions_make_no_chain(measurement):
    wait_for(ask(measurement, "ONT-D4"), ask(measurement, "ONT-D3"))

    with pytest.raises(ValidationError, match="voorwaarde kan niet"):
        wait_for(ask(measurement, "ONT-D6"), ask(measurement, "ONT-D4"))
    with pytest.raises(ValidationError, match="voorwaarde kan niet"):
        wait_for(ask(measurement, "ONT-D3"), ask(measurement, "ONT-D2"))


def test_a_condition_names_an_answer(measurement):
    question = ask(measurement, "ONT-D6")

    with pytest.raises(ValidationError, match="minstens één antwoord"):
        edit_question(
            question=question,
            wording=Wording(text=question.text, depends_on=ask(measurement, "ONT-D3")),
        )


def test_a_condition_can_be_taken_away(measurement):
    question = wait_for(ask(measurement, "ONT-D6"), ask(measurement, "ONT-D3"))

    question = edit_question(question=question, wording=Wording(text=question.text))

    assert (question.depends_on, question.depends_options) == (None, ())


def test_a_project_with_a_condition_can_still_be_removed(measurement):
    wait_for(ask(measurement, "ONT-D6"), ask(measurement, "ONT-D3"))

    measurement.project.delete()

    assert not RoundQuestion.objects.exists()
