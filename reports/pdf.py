"""From the read model to a tagged PDF: PDF/UA-1, shipped fonts, no network.

WeasyPrint is imported when the first page is made: without the system libraries the rest
of the product must keep working.
"""

import json
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from kader.vocabulary import QuoteUse
from rechtencirkel.wheel import draw_wheel, mark
from reports.models import Report
from reports.progress import ProjectProgress, build_progress

# A host that does not exist: every address in the template is relative to it, and the
# fetcher serves it from the packaged static files only.
BASE_URL = "https://static.invalid/"
ALLOWED_SUFFIXES = (".css", ".woff2", ".svg")


class PdfLibrariesMissingError(Exception):
    """WeasyPrint cannot load Pango on this machine."""


@dataclass(frozen=True)
class MadePdf:
    """A finished file with the figures it was made from."""

    content: bytes
    page_count: int
    snapshot: dict[str, Any]


def make_progress_pdf(report: Report, on_step: Callable[[int], None]) -> MadePdf:
    """Gather, draw and lay out; tells `on_step` where it is (1 to 3)."""
    on_step(1)
    progress = build_progress(
        report.project, timezone.localdate(report.requested_at), QuoteUse.REPORT
    )
    snapshot = snapshot_of(progress)
    on_step(2)
    html = render_progress_html(report, progress)
    on_step(3)
    content, page_count = html_to_pdf(html)
    return MadePdf(content, page_count, snapshot)


def render_progress_html(report: Report, progress: ProjectProgress) -> str:
    """Return the whole document; drawings are inline and have no links."""
    title = f"Rechtencirkel van {progress.project.municipality}"
    return render_to_string(
        "reports/progress_pdf.html",
        {
            "report": report,
            "progress": progress,
            "project": progress.project,
            "mark": mark(24),
            "cover_wheel": draw_wheel(
                progress.circle.sectors(), title=title, ident="kaft"
            ),
            "wheel": draw_wheel(progress.circle.sectors(), title=title, ident="cirkel"),
        },
    )


def snapshot_of(progress: ProjectProgress) -> dict[str, Any]:
    """Return the figures of a report as plain JSON: suppressed values stay out."""
    heard = progress.heard
    data = {
        "on": progress.on,
        "heard": {
            "participants": heard.participants,
            "conversations": heard.conversations,
            "providers": heard.providers,
        },
        "circle": {
            result.domain.value: {
                side.side.value: {"median": side.median, "people": side.people}
                for side in result.sides
            }
            for result in progress.circle.domains
        },
        "planning": {
            "version": progress.planning.version,
            "agreed_on": progress.planning.agreed_on,
        }
        if progress.planning
        else None,
        "early_start": progress.early_start.reason if progress.early_start else None,
        "participation": {
            line.moment.value: line.state for line in progress.participation.lines
        },
        # Which quotes are printed: one of them may be withdrawn later (P9).
        "quotes": sorted(
            thread.lead_quote.pk for thread in progress.threads if thread.lead_quote
        ),
        "problems": [thread.problem.text for thread in progress.threads],
        "actions": {action.title: action.status for action in progress.actions},
        "answered": progress.answered,
        "told": progress.told,
        "open_feedback": len(progress.open_duties),
    }
    plain: dict[str, Any] = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return plain


def html_to_pdf(html: str) -> tuple[bytes, int]:
    """Lay out a document as PDF/UA-1; return the file and its number of pages.

    Raises PdfLibrariesMissingError. The only place that calls WeasyPrint: nothing is
    fetched but the packaged static files, whatever the document asks for.
    """
    try:
        import weasyprint
    except OSError as error:
        raise PdfLibrariesMissingError from error

    document = weasyprint.HTML(
        string=html, base_url=BASE_URL, url_fetcher=_fetcher(weasyprint)
    ).render()
    content = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return content, len(document.pages)


def finish(document: Any, pdf: Any) -> None:
    """Complete the tags: WeasyPrint leaves out the scope of header cells.

    Also marks every link as printable, which PDF/UA asks of annotations.
    """
    for item in pdf.objects:
        if not isinstance(item, dict):
            continue
        if item.get("Type") == "/StructElem" and item.get("S") == "/TH":
            row = pdf.objects[_number(item["P"])]
            group = pdf.objects[_number(row["P"])]
            scope = "/Column" if group.get("S") == "/THead" else "/Row"
            item["A"]["Scope"] = scope
        if item.get("Type") == "/Annot":
            item["F"] = 4


def static_file(url: str) -> str | None:
    """Return the path of a packaged static file behind an address, else None."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}/" != BASE_URL:
        return None
    name = unquote(parts.path).lstrip("/")
    if not name.endswith(ALLOWED_SUFFIXES) or ".." in name.split("/"):
        return None
    found = finders.find(name)
    return found if isinstance(found, str) else None


def _number(reference: str | bytes) -> int:
    return int(reference.split()[0])


def _fetcher(weasyprint: Any) -> Any:
    """Return a fetcher that knows the static files and refuses all else."""
    urls = weasyprint.urls

    class StaticFetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]  # no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = static_file(url)
            if path is None:
                message = "Not a packaged static file."
                raise urls.FatalURLFetchingError(message)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(
                url, body=Path(path).read_bytes(), headers={"Content-Type": kind}
            )

    return StaticFetcher()
