"""A sheet filled in elsewhere: template, file, preview, and then the sheet itself."""

import csv
import io
import random
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings as hypothesis_settings, strategies as st
from openpyxl import Workbook, load_workbook

from kader.vocabulary import (
    OPTION_LABELS,
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuoteUse,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import Conversation, RoundQuestion
from rechtencirkel.services import SheetChangedError, fill_sheet
from rechtencirkel.sheet import SheetPage
from rechtencirkel.sheet_drawing import stored_page
from rechtencirkel.sheet_file import (
    MAX_BYTES,
    MAX_CELL,
    MAX_ROWS,
    FileRefusedError,
    Grid,
    Row,
    read_file,
)
from rechtencirkel.sheet_filling import Filling, lay_over
from rechtencirkel.sheet_import import keys_of, read_grid
from rechtencirkel.sheet_template import (
    ANSWER,
    BARRIER,
    CHECKED,
    CODE,
    DOMAIN,
    FIRST_CHANGE_CODE,
    HOW,
    JOINT,
    KIND,
    LEVEL,
    QUESTION,
    QUOTE,
    TITLE,
    TYPE,
    WORKSHEET,
    Frame,
    Part,
    build_lines,
    guarded,
    header_of,
    part_of,
    write_csv,
    write_xlsx,
)
from rechtencirkel.views.sheet_files import MAX_SEALED, SECONDS_SEALED, frame_of
from tests.factories import (
    AskedQuestionFactory,
    BarrierMentionFactory,
    ConversationFactory,
    MembershipFactory,
    OpenAnswerFactory,
    QuoteFactory,
    RoundQuestionFactory,
)
from tests.helpers import filled_in, form_on, page_of

DAMAGED_BOOKS = 120
NO, MAYBE, YES, FULLY, UNKNOWN = OPTION_LABELS[Scale.AGREEMENT].values()
ONTHAAL, NAZORG = ServiceDomain.RECEPTION, ServiceDomain.AFTERCARE
QUESTIONS = (
    RoundQuestion(
        pk=1,
        code="ONT-D3",
        domain=ONTHAAL,
        scale=Scale.AGREEMENT,
        text="Kon je je verhaal doen zonder dat anderen meeluisteren?",
    ),
    RoundQuestion(
        pk=2, code="ONT-D4", domain=ONTHAAL, scale=Scale.FREQUENCY, text="Hoe vaak?"
    ),
    RoundQuestion(
        pk=3, code="ONT-D6", domain=ONTHAAL, scale="", text="Wat mag anders?"
    ),
    RoundQuestion(
        pk=4, code="ONT-P10", domain=ONTHAAL, scale=Scale.POINTS, text="Op tien?"
    ),
)
AFTER = (
    RoundQuestion(pk=5, code="NAZ-D6", domain=NAZORG, scale="", text="En daarna?"),
)
FRAME = Frame(
    bank="1.0",
    round_id=12,
    round_title="Meting van 2026",
    side=Side.TARGET_GROUP,
    people=7,
    pages=((ONTHAAL, QUESTIONS), (NAZORG, AFTER)),
)


class Paper:
    """The template as somebody fills it in, row by row."""

    def __init__(self, frame=FRAME):
        self.rows = [list(line.cells) for line in build_lines(frame)]

    def row_of(self, code, domain="", *, empty=None):
        """Return the place of the row with this code (and domain, and room)."""
        return next(
            at
            for at, row in enumerate(self.rows)
            if row[:1] == [code]
            and (not domain or row[1] == domain)
            and (empty is None or not row[empty])
        )

    def header_above(self, at):
        return next(row for row in reversed(self.rows[:at]) if row[:1] == [CODE])

    def put(self, at, label, value):
        column = self.header_above(at).index(label)
        row = self.rows[at]
        row += [""] * (column + 1 - len(row))
        row[column] = value
        return at + 1

    def answer(self, code, domain="", **values):
        """Fill in by label; return the number of the row as its maker sees it."""
        at = self.row_of(code, domain)
        for label, value in values.items():
            self.put(at, label, value)
        return at + 1

    def count(self, code, counts):
        at = self.row_of(code)
        for label, value in counts.items():
            self.put(at, label, value)
        return at + 1

    def say(self, code, text, domain=""):
        return self.put(self.row_of(code, domain), ANSWER, text)

    def quote(self, domain, text, **ticks):
        at = self.row_of("UITSPRAAK", domain, empty=2)
        self.put(at, QUOTE, text)
        for label, value in ticks.get("ticks", {}).items():
            self.put(at, label, value)
        return at + 1

    def barrier(self, domain, text, kind="", level="", non_take_up=""):
        at = self.row_of("DREMPEL", domain, empty=2)
        self.put(at, BARRIER, text)
        for label, value in ((KIND, kind), (LEVEL, level), (TYPE, non_take_up)):
            self.put(at, label, value)
        return at + 1

    def as_csv(self, delimiter=";", encoding="utf-8-sig", first=""):
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows(self.rows)
        return (first + text.getvalue()).encode(encoding)

    def as_xlsx(self):
        book = Workbook()
        sheet = book.active
        sheet.title = WORKSHEET
        for row in self.rows:
            sheet.append(row)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()

    def read(self, stored=None, first_change="", frame=FRAME):
        reading = read_grid(read_file(self.as_csv()), frame)
        return lay_over(reading, stored or {}, first_change)


def problems(paper, **options):
    return [problem.text for problem in paper.read(**options).problems]


def refused(content, frame=FRAME):
    with pytest.raises(FileRefusedError) as refusal:
        read_grid(read_file(content), frame)
    return str(refusal.value)


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return {name: box.read(name) for name in box.namelist()}


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in parts.items():
            box.writestr(name, content)
    return made.getvalue()


# --- the template -----------------------------------------------------------


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_the_template_reads_back_as_nothing_filled_in(write):
    grid = read_file(write(FRAME))
    reading = read_grid(grid, FRAME)

    assert reading.is_empty
    assert reading.problems == reading.remarks == []


def test_both_formats_hold_the_same_table():
    of_workbook, of_list = read_file(write_xlsx(FRAME)), read_file(write_csv(FRAME))

    assert of_workbook == of_list


def test_the_template_names_the_version_the_side_and_every_question():
    text = write_csv(FRAME).decode("utf-8-sig")

    for expected in (TITLE, "1.0", "Meting van 2026", "Doelgroep", "ONT-D3", "NAZ-D6"):
        assert expected in text
    assert text.startswith(f"{TITLE};1\r\n")


def test_a_workbook_has_typed_cells_lists_and_bounds():
    sheet = load_workbook(io.BytesIO(write_xlsx(FRAME)))[WORKSHEET]

    rules = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"ja,nee"' in rules
    assert any("Bekendheid" in rule for rule in rules)
    assert {r.formula2 for r in sheet.data_validations.dataValidation} >= {"7", "10"}
    assert all(len(rule) <= 255 for rule in rules)
    assert sheet["B3"].value == 12


def test_text_that_looks_like_a_formula_is_written_as_text():
    asked = RoundQuestion(
        pk=9, code="EIGEN-1", domain=ONTHAAL, scale="", text="=1+1 of niet?"
    )
    frame = replace(FRAME, pages=((ONTHAAL, (asked,)),))

    cells = list(load_workbook(io.BytesIO(write_xlsx(frame)))[WORKSHEET]["C"])
    written = next(cell for cell in cells if cell.value == asked.text)

    assert written.data_type == "s"
    assert "'=1+1 of niet?" in write_csv(frame).decode("utf-8-sig")
    for write in (write_xlsx, write_csv):
        assert read_grid(read_file(write(frame)), frame).remarks == []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", " =1", "\t=1", "＝1"])
def test_every_start_of_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


# --- what is read -----------------------------------------------------------


def filled_paper():
    paper = Paper()
    paper.count("ONT-D3", {NO: 4, MAYBE: 2, YES: 1})
    paper.count("ONT-D4", {"Nooit": 3, "Altijd": 1})
    paper.count("ONT-P10", {JOINT: 5})
    paper.say("ONT-D6", "Een apart lokaal.\nOok voor de kinderen.")
    paper.say("ONENIG", "Of de wachtzaal groot genoeg is.", ONTHAAL.label)
    paper.say(FIRST_CHANGE_CODE, "Een apart lokaal.")
    paper.quote(
        ONTHAAL.label,
        "Ik kom liever te laat dan dat ik daar in de rij moet staan.",
        ticks={
            QuoteUse.REPORT.label: "ja",
            QuoteUse.OUTSIDE.label: "nee",
            CHECKED: "x",
        },
    )
    paper.barrier(
        NAZORG.label,
        "Na de schuldbemiddeling hoort niemand nog iets.",
        BarrierKind.AVAILABILITY.label,
        BarrierLevel.EXECUTION.label,
        NonTakeUp.NOT_PROPOSED.label,
    )
    return paper


@pytest.mark.parametrize(
    "make",
    [
        Paper.as_xlsx,
        Paper.as_csv,
        lambda paper: paper.as_csv(delimiter=","),
        lambda paper: paper.as_csv(delimiter="\t", encoding="utf-16"),
        lambda paper: paper.as_csv(encoding="utf-8"),
        lambda paper: paper.as_csv(encoding="cp1252"),
        lambda paper: paper.as_csv(encoding="utf-8", first="sep=;\r\n"),
    ],
    ids=["xlsx", "csv", "comma", "utf-16", "no-bom", "cp1252", "sep"],
)
def test_a_filled_in_file_says_what_was_filled_in(make):
    filling = lay_over(read_grid(read_file(make(filled_paper())), FRAME), {}, "")

    assert filling.problems == []
    page = filling.pages[ONTHAAL]
    assert page.options == {
        (1, AnswerOption.FIRST): 4,
        (1, AnswerOption.SECOND): 2,
        (1, AnswerOption.THIRD): 1,
        (2, AnswerOption.FIRST): 3,
        (2, AnswerOption.FOURTH): 1,
    }
    assert page.joint_points == 5
    assert page.answers == {3: "Een apart lokaal.\nOok voor de kinderen."}
    assert page.disagreement == "Of de wachtzaal groot genoeg is."
    [quote] = page.quotes
    assert (quote.uses, quote.is_unrecognisable) == ((QuoteUse.REPORT,), True)
    [barrier] = filling.pages[NAZORG].barriers
    assert (barrier.kind, barrier.level, barrier.non_take_up) == (
        "availability",
        "execution",
        "not_proposed",
    )
    assert filling.first_change == "Een apart lokaal."


def test_accents_survive_every_way_of_saving():
    paper = Paper()
    paper.say("ONT-D6", "De balie: één geïnteresseerde, twee café's – “goed”")

    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        grid = read_file(paper.as_csv(encoding=encoding))
        [change] = lay_over(read_grid(grid, FRAME), {}, "").changes[0][1]
        assert change.after == "De balie: één geïnteresseerde, twee café's – “goed”"


def test_stickers_are_counted_per_number():
    paper = Paper()
    paper.count("ONT-P10", {"0": 1, "10": 2, "3": 0})

    assert paper.read().pages[ONTHAAL].sticker_points == {0: 1, 10: 2}


def test_nought_points_together_is_an_answer():
    paper = Paper()
    paper.count("ONT-P10", {JOINT: 0})

    assert paper.read().pages[ONTHAAL].joint_points == 0


def test_counted_noughts_say_nothing():
    paper = Paper()
    paper.count("ONT-D3", {NO: 0, MAYBE: 0})

    assert read_grid(read_file(paper.as_csv()), FRAME).is_empty


def test_columns_may_be_moved_and_help_may_be_removed():
    paper = Paper()
    paper.count("ONT-D3", {NO: 4, UNKNOWN: 1})
    header = paper.header_above(paper.row_of("ONT-D3"))
    row = paper.rows[paper.row_of("ONT-D3")]
    order = [0, 1, 8, 4, 5, 6, 7]
    header[:] = [header[i] for i in order]
    row[:] = [row[i] if i < len(row) else "" for i in order]

    assert paper.read().problems == []
    assert paper.read().pages[ONTHAAL].options == {
        (1, AnswerOption.FIRST): 4,
        (1, AnswerOption.UNKNOWN): 1,
    }


def test_a_workbook_with_numbers_as_whole_decimals_and_ticks_as_truth_is_read():
    paper = Paper()
    paper.count("ONT-D3", {NO: 4.0})
    paper.quote(ONTHAAL.label, "Woord voor woord.", ticks={CHECKED: True})

    filling = lay_over(read_grid(read_file(paper.as_xlsx()), FRAME), {}, "")

    assert filling.problems == []
    assert filling.pages[ONTHAAL].options == {(1, AnswerOption.FIRST): 4}
    assert filling.pages[ONTHAAL].quotes[0].is_unrecognisable


# --- every problem by its row -----------------------------------------------


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        ("ONT-D3", {NO: "8"}, f"‘{NO}’: Er waren 7 mensen. Vul hoogstens 7 in."),
        ("ONT-D3", {NO: "-1"}, f"‘{NO}’: Vul een getal in van 0 tot 7."),
        ("ONT-D3", {NO: "2,5"}, f"‘{NO}’: Vul een getal in van 0 tot 7."),
        ("ONT-D3", {NO: "vier"}, f"‘{NO}’: Vul een getal in van 0 tot 7."),
        ("ONT-D3", {NO: "1" * 300}, f"‘{NO}’: Vul een getal in van 0 tot 7."),
        ("ONT-D3", {NO: "٧"}, f"‘{NO}’: Vul een getal in van 0 tot 7."),
        ("ONT-D3", {NO: "5", YES: "4"}, "Je telde 9 antwoorden"),
        ("ONT-P10", {JOINT: "11"}, f"‘{JOINT}’: Kies een getal van 0 tot 10."),
        ("ONT-P10", {JOINT: "5", "3": "1"}, "Niet allebei."),
        ("ONT-P10", {"3": "4", "4": "4"}, "Je telde 8 stickers"),
        ("ONT-P10", {"3": "1,5"}, "‘3’: Vul een getal in van 0 tot 7."),
        ("ONT-D6", {ANSWER: "x" * 4001}, "Dit is te lang: 4001 tekens."),
        ("ONT-D6", {ANSWER: "85.07.30-033 28 belde"}, "rijksregisternummer"),
        ("ONT-D6", {ANSWER: "op BE68 5390 0754 7034"}, "rekeningnummer"),
        (FIRST_CHANGE_CODE, {ANSWER: "y" * 2001}, "Dit is te lang: 2001 tekens."),
        (FIRST_CHANGE_CODE, {ANSWER: "85.07.30-033 28"}, "rijksregisternummer"),
    ],
)
def test_a_wrong_value_is_named_with_its_row(code, values, sentence):
    paper = Paper()
    row = paper.count(code, values)

    [problem] = problems(paper)

    assert problem.startswith(f"Rij {row}, ")
    assert sentence in problem


def test_every_problem_is_named_at_once_in_the_order_of_the_rows():
    paper = Paper()
    rows = [
        paper.count("ONT-D3", {NO: "8", YES: "x"}),
        paper.count("ONT-D4", {"Nooit": "-3"}),
        paper.count("ONT-P10", {JOINT: "99"}),
        paper.quote(ONTHAAL.label, "q" * 601),
        paper.barrier(ONTHAAL.label, "Zonder soort."),
    ]

    found = paper.read().problems

    assert [problem.row for problem in found] == [
        rows[0],
        rows[0],
        rows[1],
        rows[2],
        rows[3],
        rows[4],
        rows[4],
    ]


def test_a_code_that_does_not_exist_is_named():
    paper = Paper()
    at = paper.row_of("ONT-D6")
    paper.put(at, ANSWER, "Iets.")
    paper.rows[at][0] = "ONT-D99"

    [problem] = problems(paper)

    assert problem.startswith(f"Rij {at + 1}: de code ONT-D99 hoort niet bij de vragen")


def test_an_empty_row_with_an_unknown_code_does_not_matter():
    paper = Paper()
    paper.rows[paper.row_of("ONT-D6")][0] = "ONT-D99"

    assert problems(paper) == []


def test_an_answer_without_a_code_is_named():
    paper = Paper()
    at = paper.row_of("ONT-D6")
    paper.put(at, ANSWER, "Iets.")
    paper.rows[at][0] = ""

    assert problems(paper) == [f"Rij {at + 1}: de code ontbreekt in de kolom ‘Code’."]


def test_the_same_question_twice_is_named():
    paper = Paper()
    row = paper.say("ONT-D6", "Eén.")
    again = list(paper.rows[row - 1])
    again[4] = "Twee."
    paper.rows.insert(row, again)

    assert problems(paper) == [
        f"Rij {row + 1}: ONT-D6 staat ook al op rij {row}. Hou één rij over."
    ]


def test_a_question_in_the_wrong_part_is_named():
    paper = Paper()
    at = paper.row_of("ONT-D6")
    paper.put(at, ANSWER, "4")
    paper.rows[at][0] = "ONT-D3"

    assert "ONT-D3 staat in het verkeerde deel" in problems(paper)[0]


def test_a_column_nobody_knows_is_named_with_what_stands_in_it():
    paper = Paper()
    at = paper.row_of("ONT-D3")
    paper.header_above(at).append("Bedenking")
    paper.put(at, "Bedenking", "Moeilijk")

    assert "de kolom ‘Bedenking’ kennen we niet" in problems(paper)[0]
    assert "er staat iets naast de tabel: ‘Moeilijk’" in problems(paper)[1]


def test_a_column_that_is_gone_or_double_is_named():
    gone, double = Paper(), Paper()
    header = gone.header_above(gone.row_of("ONT-D3"))
    header[header.index(YES)] = ""
    double.header_above(double.row_of("ONT-D3")).append(YES)

    assert f"de kolom ‘{YES}’ ontbreekt" in problems(gone)[0]
    assert f"de kolom ‘{YES}’ staat er twee keer" in problems(double)[0]


def test_rows_under_no_header_or_a_strange_one_are_named():
    headless, strange = Paper(), Paper()
    at = headless.rows.index(headless.header_above(headless.row_of("ONT-D3")))
    del headless.rows[at]
    strange.rows[at] = [CODE, DOMAIN, "Iets", "Anders"]

    # The first header that is left begins the table.
    assert problems(headless) == []
    assert any("deze kop kennen we niet" in told for told in problems(strange))
    assert any("boven deze rij ontbreekt de kop" in told for told in problems(strange))


def test_a_quote_or_barrier_about_another_domain_is_named():
    paper = Paper()
    at = paper.quote(ONTHAAL.label, "Woord voor woord.") - 1
    paper.rows[at][1] = "Preventie"

    assert problems(paper) == [
        f"Rij {at + 1}: over het domein ‘Preventie’ gaat dit gesprek niet. "
        "Kies uit: Onthaal, Nazorg."
    ]


def test_marks_without_words_are_named():
    paper = Paper()
    quote = paper.put(paper.row_of("UITSPRAAK"), CHECKED, "ja")
    barrier = paper.put(paper.row_of("DREMPEL"), KIND, "Bekendheid")

    assert problems(paper) == [
        f"Rij {quote}: er is iets aangeduid, maar de kolom ‘Uitspraak’ is leeg.",
        f"Rij {barrier}: er is iets aangeduid, maar de kolom ‘Drempel’ is leeg.",
    ]


def test_a_mark_that_is_no_yes_or_no_is_named():
    paper = Paper()
    row = paper.quote(ONTHAAL.label, "Woord.", ticks={CHECKED: "misschien"})

    assert problems(paper) == [
        f"Rij {row}: vul bij ‘{CHECKED}’ ja of nee in, niet ‘misschien’."
    ]


def test_a_tag_that_does_not_exist_is_named_with_those_that_do():
    paper = Paper()
    row = paper.barrier(ONTHAAL.label, "Te ver.", "Afstand", "Uitvoering", "Geen idee")

    kind, kind_of_loss = problems(paper)

    assert kind.startswith(f"Rij {row}: ‘Afstand’ bij ‘{KIND}’ kennen we niet. Kies:")
    assert "Bereikbaarheid" in kind
    assert "Onwetendheid" in kind_of_loss


def test_a_barrier_without_its_tags_is_refused_as_on_the_sheet():
    paper = Paper()
    row = paper.barrier(ONTHAAL.label, "Te ver.")

    assert problems(paper) == [
        f"Rij {row}, {BARRIER}, ‘{KIND}’: Kies welke soort drempel dit is.",
        f"Rij {row}, {BARRIER}, ‘{LEVEL}’: Kies waar de drempel zit.",
    ]


def test_more_quotes_than_fit_are_named():
    paper = Paper()
    at = paper.row_of("UITSPRAAK")
    for number in range(21):
        paper.rows.insert(at, ["", ONTHAAL.label, f"Uitspraak nummer {number}."])

    assert "meer dan 20 uitspraken" in problems(paper)[0]


def test_a_question_in_other_words_is_a_remark_and_no_problem():
    paper = Paper()
    row = paper.say("ONT-D6", "Een apart lokaal.")
    paper.rows[row - 1][2] = "Wat moet er beter?"
    reading = read_grid(read_file(paper.as_csv()), FRAME)

    assert reading.problems == []
    assert "ONT-D6 luidt nu anders: “Wat mag anders?”" in reading.remarks[0].text


def test_names_are_asked_about_and_do_not_block():
    paper = Paper()
    answer = paper.say("ONT-D6", "Ik weet nog dat Fatima zei dat het lang duurde.")
    first = paper.say(FIRST_CHANGE_CODE, "Bel mevrouw Peeters op 0470 12 34 56.")

    filling = paper.read()

    assert filling.problems == []
    assert [hint.place.row for hint in filling.hints] == [answer, first]
    assert filling.hints[0].findings[0].text == "Fatima"


# --- formulas and odd cells -------------------------------------------------


def test_a_formula_is_never_computed_and_named_by_its_cell():
    paper = Paper()
    row = paper.count("ONT-D3", {NO: "=2+2"})

    for content in (paper.as_xlsx(), paper.as_csv()):
        grid = read_file(content)
        assert [problem.row for problem in grid.problems] == [row]
        assert f"Rij {row}: in kolom E staat een formule" in grid.problems[0].text
        assert "4" not in grid.rows[row - 5].cells


def test_text_after_an_apostrophe_is_text_again():
    paper = Paper()
    paper.say("ONT-D6", guarded("- een apart lokaal"))

    assert paper.read().pages[ONTHAAL].answers == {3: "- een apart lokaal"}


def test_a_date_and_a_fault_of_the_spreadsheet_are_named():
    book = Workbook()
    sheet = book.active
    sheet.title = WORKSHEET
    paper = Paper()
    for row in paper.rows:
        sheet.append(row)
    at = paper.row_of("ONT-D3") + 1
    sheet.cell(at, 5).value = date(2026, 1, 2)
    sheet.cell(at, 6).value = "#REF!"
    sheet.cell(at, 6).data_type = "e"
    made = io.BytesIO()
    book.save(made)

    told = [problem.text for problem in read_file(made.getvalue()).problems]

    assert told[0].startswith(f"Rij {at}: in kolom E staat een datum")
    assert told[1].startswith(f"Rij {at}: in kolom F staat een foutmelding")


@pytest.mark.parametrize("text", ["om\u202egekeerd", "voor\0na"])
def test_signs_that_no_database_holds_are_named(text):
    paper = Paper()
    row = paper.say("ONT-D6", text)

    [problem] = read_file(paper.as_csv()).problems

    assert problem.row == row
    assert "een teken dat we niet kunnen bewaren" in problem.text


def test_a_cell_without_end_is_named():
    paper = Paper()
    paper.say("ONT-D6", "z" * (MAX_CELL + 1))

    [problem] = read_file(paper.as_csv()).problems

    assert "meer dan 8000 tekens" in problem.text


# --- lists of people --------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "Naam",
        "Voornaam",
        "Naam deelnemer",
        "ADRES",
        "Telefoon",
        "GSM-nummer",
        "E-mail",
        "e-mailadres",
        "Rijksregisternummer",
        "Geboortedatum",
        "Geb. (geboortedatum)",
        "INSZ",
        "Familienáám",
    ],
)
def test_a_column_about_persons_refuses_the_file(label):
    paper = Paper()
    paper.header_above(paper.row_of("ONT-D3")).append(label)

    told = refused(paper.as_csv())

    assert f"de kolom ‘{label}’ lijkt op gegevens van mensen" in told


@pytest.mark.parametrize(
    "row",
    [
        ["Naam", "Telefoon", "Opmerking"],
        ["", "", "Voornaam", "Familienaam"],
        ["Naam:", "Fatima"],
        ["UITSPRAAK", "Onthaal", "", "", "", "", "", "", "", "Telefoon"],
    ],
)
def test_a_list_of_people_below_or_beside_the_table_refuses_the_file(row):
    paper = Paper()
    paper.rows.append(row)

    assert "lijkt op gegevens van mensen" in refused(paper.as_csv())


def test_a_list_of_people_is_refused_as_such_even_when_it_is_no_template():
    told = refused(b"Naam;Gsm\r\nFatima;0470 12 34 56\r\n")

    assert "de kolom ‘Naam’ lijkt op gegevens van mensen" in told
    assert "Fatima" not in told


def test_a_word_about_persons_may_be_an_answer():
    paper = Paper()
    paper.say("ONT-D6", "Telefoon")
    paper.barrier(
        ONTHAAL.label, "Een adres hebben is nodig.", "Bekendheid", "Uitvoering"
    )

    assert problems(paper) == []


def test_none_of_our_own_columns_looks_like_persons():
    for part in Part:
        header = [*header_of(part), QUESTION, HOW]
        paper = b";".join(label.encode() for label in header)
        assert "niet ons sjabloon" in refused(paper)


# --- other files ------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"bank": "2.0"}, "van de vragenbank ‘1.0’. Dit gesprek hoort bij ‘2.0’"),
        (
            {"round_id": 13, "round_title": "Meting van 2028"},
            "van de meting ‘Meting van 2026’. Dit gesprek hoort bij ‘Meting van 2028’",
        ),
        ({"side": Side.PROVIDERS}, "van de kant ‘Doelgroep’"),
    ],
)
def test_the_template_of_another_version_is_refused_by_name(changed, told):
    answer = refused(write_xlsx(FRAME), replace(FRAME, **changed))

    assert told in answer
    assert "Download het sjabloon van dit gesprek opnieuw" in answer


def test_another_form_of_template_is_refused_by_number():
    paper = Paper()
    paper.rows[0][1] = 2

    assert "heeft vorm 2, en we lezen vorm 1" in refused(paper.as_csv())


def test_a_template_without_its_version_is_refused():
    paper = Paper()
    del paper.rows[1]

    assert "zonder vragenbank" in refused(paper.as_csv())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a;b;c\n1;2;3\n", "niet ons sjabloon"),
        (b"\0\1\2\3" * 30, "geen rekenblad"),
        (b"\xff\xfe\0", "geen rekenblad"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "wachtwoord"),
        (b"PK\x03\x04 stuk", "beschadigd"),
        (packed({"leesmij.txt": b"x"}), "geen rekenblad"),
        (packed({"content.xml": b"<x/>"}), "OpenDocument"),
        (packed({"xl/workbook.xml": b"<x", "x.xml": b"<"}), "beschadigd"),
        (b'"nooit gesloten;' + b"x" * 200_000, "beschadigd"),
        (b"x" * (MAX_BYTES + 1), "hoogstens 1 MB"),
        (b";" * 5000, "niet ons sjabloon"),
        (b"x;" * 100, "te veel"),
        (b"x\n" * (MAX_ROWS + 1), "te veel"),
    ],
)
def test_what_is_no_template_is_refused_with_advice(content, told):
    assert told in refused(content)


def test_a_workbook_with_macros_is_refused():
    parts = unpacked(write_xlsx(FRAME))
    renamed = parts["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"x.macroEnabled.main+xml"
    )

    assert "macro" in refused(packed(parts | {"xl/vbaProject.bin": b"x"}))
    assert "macro" in refused(packed(parts | {"[Content_Types].xml": renamed}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_that_blow_up_are_refused_before_they_are_read(encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    parts = unpacked(write_xlsx(FRAME))

    told = refused(packed(parts | {"xl/sharedStrings.xml": bomb.encode(encoding)}))

    assert "beschadigd" in told


def test_a_bomb_of_zeros_is_refused_unread():
    parts = unpacked(write_xlsx(FRAME))

    assert "te veel" in refused(packed(parts | {"xl/media/x.bin": b"\0" * 6_000_000}))
    many = {f"xl/x{number}.bin": b"" for number in range(250)}
    assert "te veel" in refused(packed(parts | many))


def test_a_workbook_that_claims_a_far_corner_is_not_walked_to_its_end():
    parts = unpacked(write_xlsx(FRAME))
    name = "xl/worksheets/sheet1.xml"
    far = parts[name].replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )

    assert "te veel" in refused(packed(parts | {name: far}))


def test_a_workbook_without_the_named_sheet_gives_its_first():
    book = load_workbook(io.BytesIO(filled_paper().as_xlsx()))
    book[WORKSHEET].title = "Blad1"
    book.create_sheet("Rekenwerk")
    made = io.BytesIO()
    book.save(made)

    assert read_grid(read_file(made.getvalue()), FRAME).first_change


@hypothesis_settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.text(max_size=300).map(lambda text: f"{TITLE};1\n{text}".encode()),
    )
)
def test_no_bytes_break_the_reader(content):
    with suppress(FileRefusedError):
        read_grid(read_file(content), FRAME)


def test_no_damage_inside_a_workbook_breaks_the_reader():
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    whole = unpacked(filled_paper().as_xlsx())
    outcomes = {"read": 0, "refused": 0}

    for _ in range(DAMAGED_BOOKS):
        parts = dict(whole)
        name = chance.choice(sorted(parts))
        text = bytearray(parts[name])
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text))
            text[start : start + chance.randint(0, 12)] = chance.choice(
                [
                    b"",
                    b"9" * 30,
                    b'"',
                    b"<",
                    b"\0",
                    b"</",
                    b'r="XFD"',
                    b'r="0"',
                    b"&#0;",
                ]
            )
        try:
            read_grid(read_file(packed(parts | {name: bytes(text)})), FRAME)
            outcomes["read"] += 1
        except FileRefusedError:
            outcomes["refused"] += 1

    assert min(outcomes.values()) > 0


@hypothesis_settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(
    cells=st.lists(
        st.tuples(
            st.integers(5, 60),
            st.integers(0, 17),
            st.one_of(
                st.sampled_from(
                    ["ja", "5", "-1", "=1", "9" * 40, CODE, DOMAIN, "ONT-D3"]
                ),
                st.text(max_size=20),
            ),
        ),
        max_size=12,
    )
)
def test_whatever_is_typed_in_a_template_ends_in_pages_or_problems(cells):
    paper = Paper()
    for at, column, value in cells:
        while len(paper.rows) <= at:
            paper.rows.append([])
        row = paper.rows[at]
        row += [""] * (column + 1 - len(row))
        row[column] = value.replace("\0", "").encode("utf-8", "ignore").decode()
    filling = Filling()
    with suppress(FileRefusedError):
        filling = paper.read()

    if not filling.problems:
        assert all(page.is_valid for page in filling.pages.values())
        assert all(sum(p.options.values()) <= 14 for p in filling.pages.values())
    assert all(problem.text for problem in filling.problems)


# --- over what stands there already -----------------------------------------


STORED = {
    "t-1-first": "2",
    "t-1-unknown": "1",
    "p": "8",
    "o-3": "Meer stoelen.",
    "quote-0-text": "Eerst dit.",
    "quote-0-dialogue": "on",
    "barrier-0-text": "Te ver.",
    "barrier-0-kind": "reachability",
    "barrier-0-level": "execution",
    "barrier-0-type": "",
    "disagreement": "Over het uur.",
}


def test_what_the_file_leaves_empty_stays():
    paper = Paper()
    paper.count("ONT-P10", {JOINT: 5})

    filling = paper.read(stored={ONTHAAL: STORED}, first_change="De deur.")

    page = filling.pages[ONTHAAL]
    assert page.options == {(1, AnswerOption.FIRST): 2, (1, AnswerOption.UNKNOWN): 1}
    assert page.answers == {3: "Meer stoelen."}
    assert (page.joint_points, page.disagreement) == (5, "Over het uur.")
    assert [quote.text for quote in page.quotes] == ["Eerst dit."]
    assert [barrier.text for barrier in page.barriers] == ["Te ver."]
    assert filling.first_change == ""
    assert filling.replaces == 1


def test_a_question_is_replaced_as_a_whole():
    paper = Paper()
    paper.count("ONT-D3", {YES: 3})
    paper.count("ONT-P10", {"4": 2})

    filling = paper.read(stored={ONTHAAL: STORED})

    assert filling.pages[ONTHAAL].options == {(1, AnswerOption.THIRD): 3}
    assert filling.pages[ONTHAAL].joint_points is None
    before = [change.before for _, listed in filling.changes for change in listed]
    assert before == ["2× Nee, helemaal niet, 1× Weet ik niet", "samen 8 op 10"]


def test_new_words_come_below_and_the_same_words_are_the_same_row():
    paper = Paper()
    paper.quote(ONTHAAL.label, "Nieuw.", ticks={CHECKED: "ja"})
    paper.quote(ONTHAAL.label, "Eerst dit.", ticks={QuoteUse.REPORT.label: "ja"})
    paper.barrier(ONTHAAL.label, "Te ver.", "Bereikbaarheid", "Uitvoering")

    filling = paper.read(stored={ONTHAAL: STORED})

    first, second = filling.pages[ONTHAAL].quotes
    assert (first.text, first.uses) == ("Eerst dit.", (QuoteUse.REPORT,))
    assert (second.text, second.is_unrecognisable) == ("Nieuw.", True)
    assert len(filling.pages[ONTHAAL].barriers) == 1
    listed = filling.changes[0][1]
    assert [(c.is_new, c.replaces, c.is_same) for c in listed] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_importing_the_same_file_again_changes_nothing():
    first = filled_paper().read()
    typed = {
        ONTHAAL: {
            "t-1-first": "4",
            "t-1-second": "2",
            "t-1-third": "1",
            "t-2-first": "3",
            "t-2-fourth": "1",
            "p": "5",
            "o-3": "Een apart lokaal.\nOok voor de kinderen.",
            "disagreement": "Of de wachtzaal groot genoeg is.",
            "quote-0-text": first.pages[ONTHAAL].quotes[0].text,
            "quote-0-report": "on",
            "quote-0-checked": "on",
        }
    }

    again = filled_paper().read(stored=typed, first_change="Een apart lokaal.")

    assert again.pages[ONTHAAL] == first.pages[ONTHAAL]
    assert again.replaces == 0


def test_a_fault_that_stood_on_the_sheet_is_named_as_such():
    paper = Paper()
    paper.count("ONT-P10", {JOINT: 5})

    [problem] = problems(paper, stored={ONTHAAL: {"t-1-first": "40"}})

    assert problem.startswith("Op het blad zelf, bij Onthaal: Er waren 7 mensen")


# --- the pages --------------------------------------------------------------


@pytest.fixture
def talk(project, grassroots):
    return ConversationFactory(project=project, entered_by=grassroots, people=7)


def url(conversation, name="sheet_import", *more):
    return reverse(
        f"rechtencirkel:{name}", args=[conversation.project_id, conversation.pk, *more]
    )


def choose(client, conversation, content, name="blad.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(url(conversation), {"file": file})


def confirm(client, preview, conversation, **extra):
    posted = filled_in(form_on(preview)) | extra
    return client.post(url(conversation, "sheet_import_confirm"), posted)


def fill_downloaded_workbook(content, write):
    """Fill in a downloaded workbook as somebody would, and save it."""
    book = load_workbook(io.BytesIO(content))
    write(Downloaded(book[WORKSHEET]))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def fill_downloaded_list(content, write):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    paper = Paper.__new__(Paper)
    paper.rows = rows
    write(paper)
    return paper.as_csv()


class Downloaded(Paper):
    """The same, in the workbook that was downloaded: its own cells are written."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.rows = [
            ["" if cell.value is None else str(cell.value) for cell in row]
            for row in sheet.iter_rows()
        ]

    def put(self, at, label, value):
        column = self.header_above(at).index(label)
        self.rows[at][column] = value
        self.sheet.cell(at + 1, column + 1).value = value
        return at + 1


def asked(conversation, domain):
    return {q.scale: q for q in conversation.questions_about(domain)}


def fill_like(conversation, options):
    """Return what fills in this talk's template, as these options say."""

    def write(paper):
        for domain in conversation.domains:
            questions = asked(conversation, domain)
            paper.count(questions["agreement"].code, {NO: 4, FULLY: 3})
            paper.say(questions[""].code, f"Over {domain.label.lower()}.")
            paper.count(questions["points"].code, options)
            paper.quote(
                domain.label,
                "Niemand vertelde het ons.",
                ticks={QuoteUse.DIALOGUE.label: "ja", CHECKED: "ja"},
            )
            paper.barrier(
                domain.label, "Te ver.", "Bereikbaarheid", "Uitvoering", "Onwetendheid"
            )
            paper.say("ONENIG", "Of het helpt.", domain.label)
        paper.say(FIRST_CHANGE_CODE, "Een apart lokaal.")

    return write


def type_by_hand(client, conversation, points):
    """Type the same on the sheet, page by page, and what comes first at the end."""
    for domain in conversation.domains:
        questions = asked(conversation, domain)
        closed, spoken = questions["agreement"], questions[""]
        conversation.refresh_from_db()
        answer = client.post(
            url(conversation, "sheet_edit", domain),
            {
                "version": conversation.version,
                f"t-{closed.pk}-first": "4",
                f"t-{closed.pk}-fourth": "3",
                f"o-{spoken.pk}": f"Over {domain.label.lower()}.",
                **points,
                "quote-0-text": "Niemand vertelde het ons.",
                "quote-0-dialogue": "on",
                "quote-0-checked": "on",
                "barrier-0-text": "Te ver.",
                "barrier-0-kind": "reachability",
                "barrier-0-level": "execution",
                "barrier-0-type": "unaware",
                "disagreement": "Of het helpt.",
            },
        )
        assert answer.status_code == 302
    conversation.refresh_from_db()
    client.post(
        url(conversation, "sheet_closing"),
        {"version": conversation.version, "text": "Een apart lokaal."},
    )


def everything_on(conversation):
    conversation.refresh_from_db()
    pages = {
        domain: stored_page(conversation, domain) for domain in conversation.domains
    }
    return pages, conversation.first_change


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ending", "fill"),
    [("xlsx", fill_downloaded_workbook), ("csv", fill_downloaded_list)],
)
@pytest.mark.parametrize(
    ("options", "points"),
    [({JOINT: 5}, {"p": "5"}), ({"4": 2, "6": 5}, {"s-4": "2", "s-6": "5"})],
)
def test_a_downloaded_template_gives_the_same_sheet_as_typing(
    grassroots_client, talk, grassroots, ending, fill, options, points
):
    by_hand = ConversationFactory(
        project=talk.project, round=talk.round, entered_by=grassroots, people=7
    )
    type_by_hand(grassroots_client, by_hand, points)

    template = grassroots_client.get(url(talk, f"sheet_template_{ending}"))
    content = fill(template.content, fill_like(talk, options))
    preview = choose(grassroots_client, talk, content, f"blad.{ending}")
    assert everything_on(talk) == ({d: {} for d in talk.domains}, "")
    done = confirm(grassroots_client, preview, talk)

    assert done.status_code == 302
    assert done.url == url(talk, "sheet_review")
    assert everything_on(talk) == everything_on(by_hand)


def as_it_stands(conversation):
    """Return what fills in a template with all that stands on this sheet."""
    pages, first_change = everything_on(conversation)
    questions = frame_of(conversation).questions.values()

    def write(paper):
        for question in questions:
            keys = keys_of(question, part_of(question))
            typed = pages[question.domain]
            paper.count(
                question.code,
                {label: typed.get(key, "") for label, key in keys.items()},
            )
        for quote in conversation.quotes.all():
            labels = {use.label: "ja" for use in quote.uses}
            labels |= {CHECKED: "ja"} if quote.is_unrecognisable else {}
            paper.quote(ServiceDomain(quote.domain).label, quote.text, ticks=labels)
        for barrier in conversation.barriers.all():
            paper.barrier(
                ServiceDomain(barrier.domain).label,
                barrier.text,
                barrier.get_kind_display(),
                barrier.get_level_display(),
                barrier.get_non_take_up_display(),
            )
        for note in conversation.disagreements.all():
            paper.say("ONENIG", note.text, ServiceDomain(note.domain).label)
        paper.say(FIRST_CHANGE_CODE, first_change)

    return write


@pytest.mark.django_db
def test_a_talk_of_the_demo_comes_back_from_its_file_as_it_was_typed():
    call_command("load_demo", stdout=io.StringIO())
    typed = Conversation.objects.drafts().exclude(points_tallies=None).first()
    before = everything_on(typed)
    client = Client()
    client.force_login(typed.entered_by)
    write = as_it_stands(typed)
    contents = {
        ending: fill(client.get(url(typed, f"sheet_template_{ending}")).content, write)
        for ending, fill in (
            ("xlsx", fill_downloaded_workbook),
            ("csv", fill_downloaded_list),
        )
    }

    for ending, content in contents.items():
        for rows in ("option_tallies", "points_tallies", "open_answers", "quotes"):
            getattr(typed, rows).all().delete()
        typed.barriers.all().delete()
        typed.disagreements.all().delete()
        Conversation.objects.filter(pk=typed.pk).update(first_change="")
        assert everything_on(typed) != before
        preview = choose(client, typed, content, f"blad.{ending}")
        assert confirm(client, preview, typed).status_code == 302
        assert everything_on(typed) == before


@pytest.mark.django_db
def test_the_template_is_a_file_that_nobody_keeps(grassroots_client, talk):
    for ending, kind in (("xlsx", "application/vnd.openxml"), ("csv", "text/csv")):
        answer = grassroots_client.get(url(talk, f"sheet_template_{ending}"))
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "no-store"
        assert (
            answer.headers["Content-Disposition"]
            == f'attachment; filename="invulblad.{ending}"'
        )


@pytest.mark.django_db
def test_the_template_asks_what_the_talk_asks(grassroots_client, talk):
    domain = talk.domains[0]
    chosen = asked(talk, domain)[""]
    AskedQuestionFactory(conversation=talk, question=chosen, position=1)

    text = grassroots_client.get(url(talk, "sheet_template_csv")).content.decode()

    assert chosen.code in text
    assert asked(talk, talk.domains[1])["agreement"].code in text
    left_out = talk.round.questions.get(
        domain=domain, side=talk.side, scale="agreement"
    )
    assert f"{left_out.code};" not in text


@pytest.mark.django_db
def test_every_problem_is_shown_and_nothing_can_be_confirmed(grassroots_client, talk):
    frame = frame_of(talk)
    paper = Paper(frame)
    code = asked(talk, talk.domains[0])["agreement"].code
    row = paper.count(code, {NO: 8})

    page = choose(grassroots_client, talk, paper.as_csv())

    assert f"Rij {row}, {code}, ‘{NO}’: Er waren 7 mensen." in page.content.decode()
    assert not page_of(page).xpath("//input[@name='sealed']")
    assert page_of(page).xpath("//input[@type='file']")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"x" * (MAX_BYTES + 1), "hoogstens 1 MB"),
        (b"a;b\n", "niet ons sjabloon"),
        (b"Naam;Telefoon\n", "lijkt op gegevens van mensen"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_field(
    grassroots_client, talk, content, sentence
):
    page = page_of(choose(grassroots_client, talk, content))

    [told] = page.xpath("//*[contains(@class, 'error-text')]")
    assert sentence in told.text_content()


@pytest.mark.django_db
def test_an_empty_template_says_that_it_is_empty(grassroots_client, talk):
    page = choose(grassroots_client, talk, write_xlsx(frame_of(talk)))

    assert "nog niets ingevuld" in page.content.decode()


@pytest.mark.django_db
def test_no_file_at_all_is_refused(grassroots_client, talk):
    page = grassroots_client.post(url(talk), {"file": "geen bestand"})

    assert "Kies het ingevulde sjabloon." in page.content.decode()


def spoken_paper(talk, text="Een apart lokaal."):
    paper = Paper(frame_of(talk))
    paper.say(asked(talk, talk.domains[0])[""].code, text)
    return paper


@pytest.mark.django_db
def test_what_gets_lost_is_shown_and_asked_first(grassroots_client, talk):
    question = asked(talk, talk.domains[0])[""]
    OpenAnswerFactory(conversation=talk, question=question, text="Meer stoelen.")

    preview = choose(grassroots_client, talk, spoken_paper(talk).as_csv())
    refused_once = confirm(grassroots_client, preview, talk)
    kept = talk.open_answers.get().text
    done = confirm(grassroots_client, refused_once, talk, replace="on")

    assert "Eén antwoord dat er nu staat, wordt vervangen" in preview.content.decode()
    assert "Meer stoelen." in preview.content.decode()
    assert "Vink aan dat het bestand mag vervangen" in refused_once.content.decode()
    assert kept == "Meer stoelen."
    assert done.status_code == 302
    assert talk.open_answers.get().text == "Een apart lokaal."


@pytest.mark.django_db
def test_a_sheet_that_changed_in_between_is_compared_again(grassroots_client, talk):
    question = asked(talk, talk.domains[0])[""]
    preview = choose(grassroots_client, talk, spoken_paper(talk).as_csv())
    grassroots_client.post(
        url(talk, "sheet_edit", talk.domains[0]),
        {"version": 0, f"o-{question.pk}": "Meer stoelen."},
    )

    told = confirm(grassroots_client, preview, talk)

    assert told.status_code == 409
    assert "Iemand veranderde dit blad intussen" in told.content.decode()
    assert "Meer stoelen." in told.content.decode()
    assert talk.open_answers.get().text == "Meer stoelen."
    assert confirm(grassroots_client, told, talk, replace="on").status_code == 302


@pytest.mark.django_db
def test_confirming_twice_fills_in_once(grassroots_client, talk):
    preview = choose(grassroots_client, talk, spoken_paper(talk).as_csv())

    codes = [confirm(grassroots_client, preview, talk).status_code for _ in range(2)]

    assert codes == [302, 409]
    assert talk.open_answers.count() == 1


@pytest.mark.django_db
def test_a_file_that_was_filled_in_before_has_nothing_to_confirm(
    grassroots_client, talk
):
    content = spoken_paper(talk).as_csv()
    confirm(grassroots_client, choose(grassroots_client, talk, content), talk)

    again = choose(grassroots_client, talk, content).content.decode()

    assert "Het bestand verandert niets." in again
    assert "Vul het blad in</button>" not in again


@pytest.mark.django_db
def test_a_group_that_became_smaller_in_between_is_checked_again(
    grassroots_client, talk
):
    paper = Paper(frame_of(talk))
    paper.count(asked(talk, talk.domains[0])["agreement"].code, {NO: 7})
    preview = choose(grassroots_client, talk, paper.as_csv())
    type(talk).objects.filter(pk=talk.pk).update(people=6)

    told = confirm(grassroots_client, preview, talk)

    assert "Er waren 6 mensen" in told.content.decode()
    assert not talk.option_tallies.exists()


@pytest.mark.django_db
def test_nothing_is_stored_between_preview_and_confirmation(
    grassroots_client, talk, caplog
):
    caplog.set_level("DEBUG")
    secret = "Dit zei iemand in vertrouwen."

    preview = choose(grassroots_client, talk, spoken_paper(talk, secret).as_csv())

    assert secret in preview.content.decode()
    assert preview.headers["Cache-Control"] == "no-store"
    assert not talk.open_answers.exists()
    assert secret not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", ["", "x", "a:b:c", "\ud800", "é"])
def test_a_seal_that_is_broken_leads_back_to_choosing(grassroots_client, talk, sealed):
    answer = grassroots_client.post(
        url(talk, "sheet_import_confirm"), {"sealed": sealed.encode("utf-8", "replace")}
    )

    assert (answer.status_code, answer.url) == (302, url(talk))


@pytest.mark.django_db
def test_the_seal_of_another_talk_or_person_opens_nothing(
    grassroots_client, talk, grassroots, coordinator_client
):
    other = ConversationFactory(
        project=talk.project, round=talk.round, entered_by=grassroots, people=7
    )
    preview = choose(grassroots_client, talk, spoken_paper(talk).as_csv())

    of_other_talk = confirm(grassroots_client, preview, other)
    of_other_person = confirm(coordinator_client, preview, talk)
    assert [a.url for a in (of_other_talk, of_other_person)] == [url(other), url(talk)]
    assert not other.open_answers.exists()
    assert not talk.open_answers.exists()


@pytest.mark.django_db
def test_a_seal_opens_for_one_day(grassroots_client, talk, monkeypatch):
    preview = choose(grassroots_client, talk, spoken_paper(talk).as_csv())
    monkeypatch.setattr("rechtencirkel.views.sheet_files.SECONDS_SEALED", -1)

    answer = confirm(grassroots_client, preview, talk)

    assert (answer.status_code, answer.url) == (302, url(talk))
    assert not talk.open_answers.exists()
    assert SECONDS_SEALED == 24 * 60 * 60


@pytest.mark.django_db
def test_a_full_sheet_of_all_domains_fits_in_its_seal(grassroots_client, talk):
    type(talk).objects.filter(pk=talk.pk).update(domains=tuple(ServiceDomain))
    talk.refresh_from_db()
    paper = Paper(frame_of(talk))
    for domain in talk.domains:
        paper.say(asked(talk, domain)[""].code, "Dat zeiden ze niet zo. " * 170)

    preview = choose(grassroots_client, talk, paper.as_csv())

    sealed = filled_in(form_on(preview))["sealed"][0]
    assert len(sealed) < MAX_SEALED / 10
    assert confirm(grassroots_client, preview, talk).status_code == 302


@pytest.mark.django_db
def test_too_much_to_seal_is_refused(grassroots_client, talk, monkeypatch):
    monkeypatch.setattr("rechtencirkel.views.sheet_files.MAX_SEALED", 10)

    page = choose(grassroots_client, talk, spoken_paper(talk).as_csv())

    assert "te veel tekst" in page.content.decode()


@pytest.mark.django_db
def test_an_own_question_is_asked_and_answered_by_its_code(grassroots_client, talk):
    own = RoundQuestionFactory(
        round=talk.round, own=True, domain=talk.domains[0], side=talk.side, scale=""
    )
    paper = Paper(frame_of(talk))
    paper.say(own.code, "Dat vroegen we zelf.")

    preview = choose(grassroots_client, talk, paper.as_xlsx())
    confirm(grassroots_client, preview, talk)

    assert talk.open_answers.get(question=own).text == "Dat vroegen we zelf."


@pytest.mark.django_db
def test_names_in_a_file_are_asked_about_on_the_preview(grassroots_client, talk):
    paper = spoken_paper(talk, "Ik weet nog dat Fatima zei dat het lang duurde.")

    page = choose(grassroots_client, talk, paper.as_csv())

    assert "Staat hier een naam?" in page.content.decode()
    assert confirm(grassroots_client, page, talk).status_code == 302


@pytest.mark.django_db
def test_what_stands_in_a_file_is_escaped(grassroots_client, talk):
    page = choose(
        grassroots_client,
        talk,
        spoken_paper(talk, "<script>alert('ha')</script>").as_csv(),
    )

    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


@pytest.mark.django_db
def test_a_locked_sheet_takes_no_file(grassroots_client, grassroots, project):
    locked = ConversationFactory(project=project, entered_by=grassroots, handed_in=True)

    answers = [
        grassroots_client.get(url(locked, name))
        for name in ("sheet_import", "sheet_template_xlsx", "sheet_template_csv")
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


@pytest.mark.django_db
def test_a_sheet_of_few_people_is_filled_in_by_who_entered_it_only(
    project, grassroots, coordinator_client
):
    small = ConversationFactory(project=project, entered_by=grassroots, people=4)

    codes = {
        coordinator_client.get(url(small, name)).status_code
        for name in ("sheet_import", "sheet_template_xlsx", "sheet_template_csv")
    }
    codes.add(coordinator_client.post(url(small, "sheet_import_confirm")).status_code)

    assert codes == {403}


# --- storing all of it or nothing -------------------------------------------


@pytest.mark.django_db
def test_nothing_is_stored_when_the_sheet_changed(talk):
    pages = {domain: SheetPage(disagreement="Nee.") for domain in talk.domains}

    with pytest.raises(SheetChangedError):
        fill_sheet(conversation=talk, pages=pages, first_change="x", version=4)

    assert not talk.disagreements.exists()


@pytest.mark.django_db
def test_a_locked_sheet_is_not_filled_in():
    locked = ConversationFactory(handed_in=True)

    with pytest.raises(ValidationError, match="ligt vast"):
        fill_sheet(
            conversation=locked,
            pages={locked.domains[0]: SheetPage()},
            first_change="",
            version=locked.version,
        )


@pytest.mark.django_db
def test_an_empty_first_change_leaves_what_stands_there(talk):
    type(talk).objects.filter(pk=talk.pk).update(first_change="De deur.")
    talk.refresh_from_db()

    fill_sheet(
        conversation=talk,
        pages={talk.domains[0]: SheetPage(disagreement="Nee.")},
        first_change="",
        version=0,
    )

    talk.refresh_from_db()
    assert (talk.first_change, talk.version) == ("De deur.", 1)


@pytest.mark.django_db
def test_words_that_were_withheld_stay_behind(talk):
    QuoteFactory(conversation=talk, domain=talk.domains[0], text="Blijft staan.")
    BarrierMentionFactory(conversation=talk, domain=talk.domains[0])
    MembershipFactory(project=talk.project)
    before = stored_page(talk, talk.domains[0])
    paper = spoken_paper(talk)
    reading = read_grid(read_file(paper.as_csv()), frame_of(talk))

    filling = lay_over(reading, {talk.domains[0]: before}, "")
    fill_sheet(conversation=talk, pages=filling.pages, first_change="", version=0)

    assert before.items() <= stored_page(talk, talk.domains[0]).items()


def test_a_grid_is_the_same_however_often_it_travels():
    grid = read_file(filled_paper().as_csv())

    travelled = Grid(tuple(Row(row.number, tuple(row.cells)) for row in grid.rows))

    assert read_grid(travelled, FRAME) == read_grid(grid, FRAME)
