"""A sheet filled in elsewhere: the template, the preview, and only then the sheet.

Between preview and confirmation nothing lies on the server. The rows travel with the page
of whoever chose the file, sealed for that person, that talk and a day, and are read and
checked again when they come back.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import Side
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.forms import SheetFileForm
from rechtencirkel.models import Conversation
from rechtencirkel.services import SheetChangedError, fill_sheet
from rechtencirkel.sheet_drawing import stored_page
from rechtencirkel.sheet_file import FileRefusedError, Grid, Row
from rechtencirkel.sheet_filling import Filling, lay_over
from rechtencirkel.sheet_import import Reading, read_grid
from rechtencirkel.sheet_template import Frame, write_csv, write_xlsx
from rechtencirkel.views.conversations import get_draft

SEAL = "rechtencirkel.sheet_import"
SECONDS_SEALED = 24 * 60 * 60
# Stays below what a form may post; a full sheet of nine domains takes a tenth of it.
MAX_SEALED = 1_000_000
TOO_MUCH = "Er staat te veel tekst in dit bestand. Vul het blad in delen in."
NOTHING_FILLED_IN = "In dit sjabloon is nog niets ingevuld. Vul het in, bewaar het, en kies het opnieuw."
GONE = "De controle van het bestand is verlopen. Kies het bestand opnieuw."
CHANGED = (
    "Iemand veranderde dit blad intussen. Er is nog niets uit het bestand bewaard. Kijk "
    "hieronder opnieuw na wat er verandert."
)
NOT_AGREED = (
    "Vink aan dat het bestand mag vervangen wat er nu staat. Er is nog niets bewaard."
)


@require_safe
def sheet_template_xlsx(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _template(project, conversation_id, write_xlsx, kind, "xlsx")


@require_safe
def sheet_template_csv(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    kind = "text/csv; charset=utf-8"
    return _template(project, conversation_id, write_csv, kind, "csv")


@require_http_methods(["GET", "POST"])
def sheet_import(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    is_post = request.method == "POST"
    form = SheetFileForm(
        request.POST if is_post else None, request.FILES if is_post else None
    )
    if form.is_valid():
        grid = form.cleaned_data["file"]
        try:
            reading = read_grid(grid, frame_of(conversation))
        except FileRefusedError as error:
            form.add_error("file", str(error))
        else:
            if not reading.is_empty or reading.problems:
                return _preview(request, conversation, grid, reading)
            form.add_error("file", NOTHING_FILLED_IN)
    return _chooser(request, conversation, form)


@require_POST
def sheet_import_confirm(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    version, grid = _unsealed(request, conversation)
    if grid is None:
        messages.error(request, GONE)
        return redirect("rechtencirkel:sheet_import", project.pk, conversation.pk)
    try:
        reading = read_grid(grid, frame_of(conversation))
    except FileRefusedError as error:
        # The questions or the measurement changed since.
        messages.error(request, str(error))
        return redirect("rechtencirkel:sheet_import", project.pk, conversation.pk)
    filling = _lay_over(conversation, reading)
    refusal = _why_not_yet(request, filling)
    if version != conversation.version:
        refusal = CHANGED
    if not refusal:
        try:
            fill_sheet(
                conversation=conversation,
                pages=filling.pages,
                first_change=filling.first_change,
                version=version,
            )
        except (SheetChangedError, ValidationError):
            conversation.refresh_from_db()
            refusal = CHANGED
    if refusal:
        return _preview(request, conversation, grid, reading, refusal)
    messages.success(request, "Het blad is ingevuld. Lees het na voor je indient.")
    return redirect("rechtencirkel:sheet_review", project.pk, conversation.pk)


def frame_of(conversation: Conversation) -> Frame:
    """Return what a talk's sheet asks. Three queries per domain, and one."""
    return Frame(
        bank=conversation.round.question_set.version,
        round_id=conversation.round_id,
        round_title=conversation.round.title,
        side=Side(conversation.side),
        people=conversation.people,
        pages=tuple(
            (domain, tuple(conversation.questions_about(domain)))
            for domain in conversation.domains
        ),
    )


def _template(
    project: Project,
    conversation_id: int,
    write: Callable[[Frame], bytes],
    content_type: str,
    ending: str,
) -> HttpResponse:
    conversation = get_draft(project, conversation_id)
    return HttpResponse(
        write(frame_of(conversation)),
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="invulblad.{ending}"',
            "Cache-Control": "no-store",
        },
    )


def _lay_over(conversation: Conversation, reading: Reading) -> Filling:
    """Compare with the sheet as it stands. Six queries per domain in the file."""
    stored = {domain: stored_page(conversation, domain) for domain in reading.typed}
    return lay_over(reading, stored, conversation.first_change)


def _why_not_yet(request: AuthenticatedHttpRequest, filling: Filling) -> str:
    if filling.problems:
        return "Er is intussen iets mis met deze rijen. Er is nog niets bewaard."
    if filling.replaces and not request.POST.get("replace"):
        return NOT_AGREED
    return ""


def _chooser(
    request: AuthenticatedHttpRequest, conversation: Conversation, form: SheetFileForm
) -> HttpResponse:
    context = {
        "project": conversation.project,
        "conversation": conversation,
        "form": form,
    }
    return render(request, "rechtencirkel/sheet_import.html", context)


def _preview(
    request: AuthenticatedHttpRequest,
    conversation: Conversation,
    grid: Grid,
    reading: Reading,
    refusal: str = "",
) -> HttpResponse:
    """Show what is wrong, or what will change; nothing is stored by looking."""
    filling = _lay_over(conversation, reading)
    sealed = "" if filling.problems else _sealed(request, conversation, grid)
    form = SheetFileForm()
    if len(sealed) > MAX_SEALED:
        form = SheetFileForm({})
        form.add_error("file", TOO_MUCH)
        return _chooser(request, conversation, form)
    context = {
        "project": conversation.project,
        "conversation": conversation,
        "form": form,
        "filling": filling,
        "remarks": reading.remarks,
        "sealed": sealed,
        "refusal": refusal,
    }
    code = 409 if refusal == CHANGED else 200
    return render(
        request, "rechtencirkel/sheet_import_preview.html", context, status=code
    )


def _sealed(
    request: AuthenticatedHttpRequest, conversation: Conversation, grid: Grid
) -> str:
    content = {
        "user": request.user.pk,
        "talk": conversation.pk,
        "version": conversation.version,
        "rows": [[row.number, *row.cells] for row in grid.rows],
    }
    return signing.dumps(content, salt=SEAL, compress=True)


def _unsealed(
    request: AuthenticatedHttpRequest, conversation: Conversation
) -> tuple[int, Grid | None]:
    """Open what the page brought back: only of this person, this talk and this day."""
    try:
        content = signing.loads(
            request.POST.get("sealed", ""), salt=SEAL, max_age=SECONDS_SEALED
        )
    except (signing.BadSignature, UnicodeError):
        return 0, None
    if content["user"] != request.user.pk or content["talk"] != conversation.pk:
        return 0, None
    rows = tuple(Row(number, tuple(cells)) for number, *cells in content["rows"])
    return content["version"], Grid(rows)
