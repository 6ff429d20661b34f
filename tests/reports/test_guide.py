"""The printed guide of a talk, as a file: what stands on it, and that it is tagged."""

import io
import logging
from datetime import date

import pikepdf
import pytest
from django.urls import reverse
from lxml import html
from pdfua import validate

from kader.vocabulary import (
    OPTION_LABELS,
    AnswerOption,
    Pictogram,
    QuestionLanguage,
    Scale,
    ServiceDomain,
)
from rechtencirkel.models import RoundQuestion
from rechtencirkel.paper import read_code
from rechtencirkel.services import choose_talk_questions
from reports.guide import build_guide, make_guide_pdf, render_guide_html
from reports.guide_marks import draw_option, draw_pictogram
from tests.factories import (
    ChecklistItemFactory,
    ConversationFactory,
    DialogueSessionFactory,
    OpenAnswerFactory,
    QuestionTranslationFactory,
    ReportFactory,
)

pytestmark = pytest.mark.django_db
OURS = {"Source-Sans-3", "Source-Serif-4"}
OWN = "Wat mag anders aan de balie?"


@pytest.fixture
def talk(project):
    return ConversationFactory(
        project=project,
        title="Ouders <b>& kinderen</b>",
        domains=[ServiceDomain.ACCESS, ServiceDomain.AFTERCARE],
        held_on=date(2026, 11, 25),
        people=7,
    )


@pytest.fixture
def made(talk):
    report = ReportFactory(project=talk.project, guide=True, conversation=talk)
    return make_guide_pdf(report, on_step=lambda step: None)


@pytest.fixture
def document(made):
    return pikepdf.open(io.BytesIO(made.content))


def printed(talk):
    """Return the document as it goes to the printer, to be asked questions."""
    return html.fromstring(render_guide_html(build_guide(talk)))


def words_of(talk):
    return " ".join(printed(talk).text_content().split())


def free_questions(talk):
    return [question for question in talk.all_questions() if not question.is_points]


# --- the file -----------------------------------------------------------------


def test_the_guide_is_tagged_dutch_and_titled(document):
    assert str(document.Root.Lang) == "nl-BE"
    assert bool(document.Root.MarkInfo.Marked)
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") == "1"
        assert "Gespreksleidraad" in metadata.get("dc:title")


def test_an_independent_checker_finds_no_fault(made, tmp_path):
    path = tmp_path / "leidraad.pdf"
    path.write_bytes(made.content)

    assert [str(finding) for finding in validate(str(path)).findings] == []


def test_every_page_is_a4_and_the_sticker_sheets_lie_on_their_side(document, talk):
    sizes = [
        tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
        for page in document.pages
    ]

    assert set(sizes) == {(210, 297), (297, 210)}
    closed = [q for q in talk.all_questions() if not q.is_open]
    assert sizes.count((297, 210)) == len(closed)


def test_a_sticker_sheet_stays_one_page_whatever_the_question_is(talk):
    RoundQuestion.objects.filter(round=talk.round).update(
        text="Kun je zonder afspraak binnen bij een dienst als dat nodig is? " * 7
    )
    closed = [q for q in talk.all_questions() if not q.is_open]
    report = ReportFactory(project=talk.project, guide=True, conversation=talk)

    made = make_guide_pdf(report, on_step=lambda step: None)

    pages = pikepdf.open(io.BytesIO(made.content)).pages
    wide = [page for page in pages if page.mediabox[2] > page.mediabox[3]]
    assert len(wide) == len(closed)


def test_only_our_fonts_are_in_the_guide(document):
    found = {
        str(font["/BaseFont"]).split("+")[-1].rstrip(",")
        for page in document.pages
        for font in page.resources.get("/Font", {}).values()
    }

    assert found
    assert all(any(name.startswith(font) for font in OURS) for name in found)


def test_every_drawing_says_what_it_is(document):
    figures = [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]

    assert figures
    assert all(str(figure.get("/Alt", "")) for figure in figures)


def test_every_header_cell_says_what_it_heads(document):
    headers = [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
    ]

    assert headers
    assert all("/Scope" in cell["/A"] for cell in headers)


def test_the_layout_has_nothing_to_complain_about(talk, caplog):
    report = ReportFactory(project=talk.project, guide=True, conversation=talk)

    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        make_guide_pdf(report, on_step=lambda step: None)

    assert caplog.records == []


def test_the_steps_are_told_in_order(talk):
    steps = []
    report = ReportFactory(project=talk.project, guide=True, conversation=talk)

    make_guide_pdf(report, on_step=steps.append)

    assert steps == [1, 2, 3]


def test_a_guide_of_the_whole_circle_costs_the_same_queries(
    talk, django_assert_num_queries
):
    talk.domains = tuple(ServiceDomain)
    talk.save()
    talk = type(talk).objects.select_related("project", "round").get(pk=talk.pk)

    with django_assert_num_queries(5):
        build_guide(talk)


# --- what stands on it ----------------------------------------------------------


def test_the_questions_stand_in_the_order_and_the_words_of_the_talk(talk):
    first, second = free_questions(talk)[:2]
    third = free_questions(talk)[2]
    choose_talk_questions(
        conversation=talk,
        question_ids=[second.pk, first.pk, third.pk],
        wordings={second.pk: OWN},
    )

    asked = [
        " ".join(heading.itertext()).split(maxsplit=1)[1]
        for heading in printed(talk).xpath("//h2[span[@class='number']]")
    ]

    assert asked == [question.text for question in talk.all_questions()]
    assert asked[:2] == [OWN, first.text]
    assert f"{second.code}*" in words_of(talk)


def test_there_is_a_box_for_every_answer_and_a_sheet_for_stickers(talk):
    closed = [q for q in talk.all_questions() if q.is_closed]
    points = [q for q in talk.all_questions() if q.is_points]

    page = printed(talk)

    assert closed
    assert points
    tallies = page.xpath("//table[@class='tally']")
    assert [len(table.xpath(".//td")) for table in tallies] == [5] * len(closed)
    rows = page.xpath("//table[@class='tally points']")
    assert [len(table.xpath(".//td")) for table in rows] == [11] * len(points)
    sheets = page.xpath("//section[contains(@class, 'sticker-sheet')]")
    assert len(sheets) == len(closed) + len(points)


def test_a_quote_asks_for_every_use_by_itself(talk):
    asked = words_of(talk).count("Daarbuiten")

    # Two places for a quote in each domain.
    assert asked == 2 * len(talk.domains)


def test_the_code_and_the_drawing_lead_back_to_the_sheet(talk):
    guide = build_guide(talk)

    assert read_code(str(guide.code)) == guide.code
    assert guide.code.conversation_id == talk.pk
    path = reverse("rechtencirkel:paper_open", args=[talk.project_id])
    assert guide.address == f"http://testserver{path}?code={guide.code}"
    assert str(guide.code) in words_of(talk)


def test_other_questions_give_another_code(talk):
    before = build_guide(talk).code
    first = free_questions(talk)[0]

    choose_talk_questions(
        conversation=talk, question_ids=[first.pk], wordings={first.pk: OWN}
    )

    assert build_guide(talk).code.version != before.version
    assert build_guide(talk).code.conversation_id == before.conversation_id


def test_the_card_names_only_numbers_for_help_and_the_ocmw_of_the_place(talk):
    card = printed(talk).xpath("//section[@class='card']")[0]

    numbers = [cell.text for cell in card.xpath(".//th[@scope='row'][not(span)]")]
    assert numbers == ["112", "106", "1813"]
    words = " ".join(card.text_content().split())
    assert f"OCMW {talk.project.municipality}" in words
    assert "Noteer hierover niets." in words


def test_a_group_hears_that_it_may_stop_and_what_comes_after(talk):
    DialogueSessionFactory(project=talk.project, held_on=date(2027, 3, 16))

    words = words_of(talk)

    assert "Je mag altijd stoppen." in words
    assert "We schrijven geen namen op." in words
    assert "Wil je iets terugnemen dat je zei?" in words
    assert "Dat doen we op dinsdag 16 maart 2027." in words


def test_without_a_dialogue_no_day_is_promised(talk):
    assert "Dat doen we op" not in words_of(talk)


def test_providers_get_their_own_words(project):
    talk = ConversationFactory(
        project=project, providers=True, domains=[ServiceDomain.ACCESS]
    )

    words = words_of(talk)

    assert "niet over hoe jij als persoon werkt" in words
    assert "je uitkering" not in words
    assert "0 = bijna niets" in words


def test_easy_words_and_the_language_of_the_talk_stand_with_the_question(talk):
    first, second = free_questions(talk)[:2]
    for question in (first, second):
        for language, text in (
            (QuestionLanguage.EASY, "Makkelijk gezegd"),
            (QuestionLanguage.FRENCH, "En français"),
        ):
            QuestionTranslationFactory(question=question, language=language, text=text)
    talk.language = "Frans"
    choose_talk_questions(
        conversation=talk,
        question_ids=[first.pk, second.pk],
        wordings={first.pk: OWN},
    )

    words = words_of(talk)

    # What a talk asks in its own words has no easier or other wording.
    assert words.count("Of zo: Makkelijk gezegd") == 1
    assert words.count("En français") == 1


def test_a_language_that_our_fonts_cannot_write_is_not_printed(talk):
    question = free_questions(talk)[0]
    QuestionTranslationFactory(
        question=question, language=QuestionLanguage.ARABIC, text="ما الذي يمكن"
    )
    talk.language = "Arabisch"

    assert "ما" not in words_of(talk)


def test_what_is_arranged_is_ticked_and_the_rest_is_not(talk):
    ChecklistItemFactory(conversation=talk, point="coffee", text="", is_done=True)
    ChecklistItemFactory(conversation=talk, text="Stickers", is_done=False)

    lines = {
        " ".join(item.text_content().split()): bool(item.xpath(".//svg"))
        for item in printed(talk).xpath("//ul[@class='ticks two']/li")
    }

    assert lines["in ordeKoffie"] is True
    assert lines["Lokaal"] is False
    assert lines["Stickers"] is False


def test_words_of_people_are_escaped_and_answers_are_never_printed(talk):
    question = next(q for q in talk.all_questions() if q.is_open)
    OpenAnswerFactory(conversation=talk, question=question, text="Iemand huilde.")

    document = render_guide_html(build_guide(talk))

    assert "Ouders &lt;b&gt;&amp; kinderen&lt;/b&gt;" in document
    assert "Iemand huilde" not in document
    assert talk.guide not in document


def test_every_answer_has_its_own_drawing():
    for scale in (Scale.AGREEMENT, Scale.FREQUENCY):
        drawn = {draw_option(scale, option) for option in AnswerOption}

        assert len(drawn) == len(AnswerOption)
        assert all(
            OPTION_LABELS[scale][option] in draw_option(scale, option)
            for option in AnswerOption
        )


@pytest.mark.parametrize("pictogram", Pictogram)
def test_every_pictogram_can_be_drawn(pictogram):
    drawn = draw_pictogram(pictogram)

    assert f"<title>{pictogram.label}</title>" in drawn
    assert "<path" in drawn
