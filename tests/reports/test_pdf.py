import io
import logging
import re
from datetime import date

import pikepdf
import pytest
from django.utils import timezone
from pdfua import validate

from kader.vocabulary import Werkpiste
from rechtencirkel.wheel import draw_wheel
from reports.pdf import (
    html_to_pdf,
    make_progress_pdf,
    render_progress_html,
    static_file,
)
from reports.progress import build_progress
from tests.factories import (
    ConversationFactory,
    ImprovementActionFactory,
    ParticipationCheckFactory,
    PhaseChangeFactory,
    PlanningFactory,
    ProblemStatementFactory,
    ReportFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
OURS = {"Source-Sans-3", "Source-Serif-4"}


@pytest.fixture
def report(project):
    measurement = RoundFactory(project=project)
    ConversationFactory(
        project=project, round=measurement, people=9, providers=True, handed_in=True
    )
    problem = ProblemStatementFactory(project=project, text="Alles met een app.")
    ImprovementActionFactory(
        project=project, title="Elke dinsdag open", problem_statement=problem
    )
    return ReportFactory(
        project=project, introduction="<b>Dit is</b> de inleiding & meer."
    )


@pytest.fixture
def document(report):
    made = make_progress_pdf(report, on_step=lambda step: None)
    return pikepdf.open(io.BytesIO(made.content))


def fonts_of(document):
    names = set()
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            names.add(str(font["/BaseFont"]).split("+")[-1].rstrip(","))
    return names


def test_the_report_is_tagged_dutch_and_titled(document, project):
    assert str(document.Root.Lang) == "nl-BE"
    assert bool(document.Root.MarkInfo.Marked)
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") == "1"
        assert project.title in metadata.get("dc:title")


def test_every_header_cell_says_what_it_heads(document):
    headers = [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
    ]

    assert headers
    assert all("/Scope" in cell["/A"] for cell in headers)


def test_only_our_fonts_are_in_the_report(document):
    found = fonts_of(document)

    assert found
    assert all(any(name.startswith(font) for font in OURS) for name in found)


def test_an_independent_checker_finds_no_fault(report, tmp_path):
    made = make_progress_pdf(report, on_step=lambda step: None)
    path = tmp_path / "rapport.pdf"
    path.write_bytes(made.content)

    findings = validate(str(path)).findings

    assert [str(finding) for finding in findings] == []


def test_the_contents_name_every_chapter(report):
    html = render_progress_html(
        report, build_progress(report.project, timezone.localdate())
    )

    targets = re.findall(r'data-target="#([^"]+)"', html)

    assert len(targets) == 7
    assert all(f'id="{target}"' in html for target in targets)


def test_an_action_names_the_other_werkpistes_it_works_along(report):
    ImprovementActionFactory(
        project=report.project,
        werkpiste=Werkpiste.BASIC_PROVISION,
        other_werkpistes=(Werkpiste.REACHING_OUT,),
    )

    html = render_progress_html(
        report, build_progress(report.project, timezone.localdate())
    )

    assert "ook outreachend handelen" in html


def words_of(report):
    html = render_progress_html(
        report, build_progress(report.project, timezone.localdate())
    )
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_analysis_that_began_early_says_why_in_every_report(report):
    assert "voor iedereen akkoord was" not in words_of(report)

    PhaseChangeFactory(project=report.project, early=True)

    assert "voor iedereen akkoord was. De reden: De groep komt maar één" in words_of(
        report
    )


@pytest.mark.parametrize(
    ("agreed_on", "sentence"),
    [
        (date(2026, 10, 26), "Ja. Planning 1 is goedgekeurd op 26 oktober 2026."),
        (None, "Nog niet elk lid vindt ze haalbaar."),
    ],
)
def test_the_report_says_whether_the_planning_was_agreed(report, agreed_on, sentence):
    PlanningFactory(project=report.project, agreed_on=agreed_on)

    assert sentence in words_of(report)


def test_the_report_says_at_which_moments_the_group_took_part(report):
    ParticipationCheckFactory(project=report.project)

    words = words_of(report)

    assert "Bij 1 van de 7 momenten deed de groep mee." in words
    assert "Voorbereiding Gedaan Twee mensen van de groep kozen mee." in words
    assert "Dialoog Nog te komen" in words


def test_words_of_people_are_escaped(report):
    html = render_progress_html(
        report, build_progress(report.project, timezone.localdate())
    )

    assert "&lt;b&gt;Dit is&lt;/b&gt; de inleiding &amp; meer." in html


def test_the_wheel_of_the_report_is_the_wheel_of_the_page(report):
    progress = build_progress(report.project, timezone.localdate())
    title = f"Rechtencirkel van {report.project.municipality}"

    html = render_progress_html(report, progress)

    assert draw_wheel(progress.circle.sectors(), title=title, ident="cirkel") in html


def test_the_steps_are_told_in_order(report):
    steps = []

    make_progress_pdf(report, on_step=steps.append)

    assert steps == [1, 2, 3]


def test_weasyprint_has_nothing_to_complain_about(report, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        make_progress_pdf(report, on_step=lambda step: None)

    assert caplog.records == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.css",
        "https://example.org/x.css",
        "https://static.invalid/../settings.css",
        "https://static.invalid/css/%2e%2e/%2e%2e/lpk_site/settings.py",
        "https://static.invalid/js/page.js",
        "https://static.invalid.example.org/css/report.css",
        "data:text/css,x",
        "ftp://static.invalid/css/report.css",
    ],
)
def test_no_address_outside_the_static_files_is_served(address):
    assert static_file(address) is None


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="" src="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<object data="file:///etc/passwd"></object>',
        "<style>@import url(http://127.0.0.1:1/x.css);</style>",
        '<p style="background:url(file:///etc/passwd)">x</p>',
    ],
)
def test_a_document_that_asks_for_more_is_not_made(markup):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        html_to_pdf(f"<html lang=nl><title>x</title><body>{markup}</body></html>")


def test_a_drawing_that_asks_for_more_gets_nothing():
    drawing = '<svg width="9" height="9"><image href="file:///etc/passwd"/></svg>'

    content, _ = html_to_pdf(f"<html lang=nl><title>x</title>{drawing}</html>")

    document = pikepdf.open(io.BytesIO(content))
    kinds = {
        (str(item.get("/Type")), str(item.get("/Subtype")))
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
    }
    assert not [kind for kind in kinds if kind[1] == "/Image"]
    assert not [kind for kind in kinds if kind[0] in ("/EmbeddedFile", "/Filespec")]
