"""The question on the big screen: one at a time, hands counted, votes by phone taken over.

Every device that shows this page is a remote of all the others: what stands on the screen
is stored, and each page asks every two seconds whether something changed.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import (
    OPTION_LABELS,
    AnswerOption,
    QuestionLanguage,
    Scale,
    ServiceDomain,
)
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.converters import LANGUAGE_SLUGS, language_called, language_of
from rechtencirkel.models import (
    Conversation,
    LiveBallot,
    LiveSession,
    RoundQuestion,
)
from rechtencirkel.models.live import answer_values
from rechtencirkel.qr import draw_qr
from rechtencirkel.services import (
    SheetChangedError,
    close_ballot,
    counts_of,
    drop_ballot,
    keep_phones_out,
    let_phones_in,
    open_ballot,
    save_counts,
    show_question,
    take_over,
)
from rechtencirkel.services.live import TOO_FEW_VOTES
from rechtencirkel.sheet import option_key, read_page, sticker_key
from rechtencirkel.sheet_drawing import build_blocks
from rechtencirkel.suppression import THRESHOLD
from rechtencirkel.views.conversations import get_draft
from rechtencirkel.views.questions import speak

ANOTHER_QUESTION = (
    "Op het scherm staat intussen een andere vraag. Tel bij de vraag die je nu ziet."
)
COUNTED_MEANWHILE = (
    "Iemand anders veranderde deze telling intussen. Op het blad staat nu: {}. Hier staat "
    "wat jij telde. Klopt dat, bewaar dan opnieuw."
)
# One answer with its count, as a page gives it back: "first:3".
SEEN = re.compile(r"(\w{1,20}):(\d{1,4})")


@dataclass(frozen=True)
class Screen:
    """What stands on the screen of one talk."""

    conversation: Conversation
    questions: list[RoundQuestion]
    place: int
    session: LiveSession | None
    ballot: LiveBallot | None
    counts: Mapping[str, int]

    @property
    def question(self) -> RoundQuestion | None:
        return self.questions[self.place] if self.questions else None

    @property
    def seen(self) -> str:
        """What the sheet says about this question, to compare with when saving."""
        return " ".join(f"{value}:{people}" for value, people in self.counts.items())

    @property
    def stamp(self) -> str:
        """A word that changes when something changes that this screen may show."""
        question, session, ballot = self.question, self.session, self.ballot
        shown = [
            question and question.pk,
            question and question.text,
            session and session.code,
            ballot and (ballot.key, ballot.is_open, ballot.shown_votes),
            sorted(self.counts.items()),
            self.conversation.people,
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


@require_http_methods(["GET", "POST"])
def live_room(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    screen = _screen(conversation)
    typed: Mapping[str, str] = _typed(screen)
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed, errors = _save(request, screen)
        if not errors:
            screen = _screen(conversation)
        if request.htmx and errors.get("version") == ANOTHER_QUESTION:
            return HttpResponse(headers={"HX-Refresh": "true"})
        if request.htmx:
            context = {"screen": screen, "errors": errors, "now": timezone.localtime()}
            return render(request, "rechtencirkel/_live_saved.html", context)
        if not errors:
            return redirect(_room(request, project, conversation))
    context = _context(request, project, screen, typed, errors)
    code = 409 if "version" in errors else 200
    return render(request, "rechtencirkel/live_room.html", context, status=code)


@require_safe
def live_screen(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    screen = _screen(get_draft(project, conversation_id))
    if request.GET.get("stand") == screen.stamp:
        return HttpResponse(status=204)
    context = _context(request, project, screen, _typed(screen), {})
    return render(request, "rechtencirkel/_live_screen.html", context)


@require_POST
def live_show(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    question = _asked(request, conversation.all_questions())
    if question is not None:
        show_question(conversation=conversation, question=question, at=timezone.now())
    return redirect(_room(request, project, conversation))


@require_POST
def live_phones(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    try:
        if request.POST.get("doe") == "sluit":
            keep_phones_out(conversation=conversation)
        elif request.POST.get("doe") == "open":
            let_phones_in(conversation=conversation, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(_room(request, project, conversation))


@require_POST
def live_ballot(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    question = _asked(request, conversation.all_questions())
    if question is None:
        messages.info(request, ANOTHER_QUESTION)
        return redirect(_room(request, project, conversation))
    try:
        _do(request, conversation, question)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(_room(request, project, conversation))


def _do(
    request: AuthenticatedHttpRequest,
    conversation: Conversation,
    question: RoundQuestion,
) -> None:
    doing = request.POST.get("doe")
    if doing == "open":
        open_ballot(conversation=conversation, question=question, at=timezone.now())
    elif doing == "sluit":
        if not close_ballot(conversation=conversation, question=question):
            messages.info(request, TOO_FEW_VOTES)
    elif doing == "neem-over":
        take_over(conversation=conversation, question=question)
        messages.success(
            request, "De stemmen staan op het blad. Tel wie geen telefoon had erbij."
        )
    elif doing == "weg":
        drop_ballot(conversation=conversation, question=question)


def _screen(conversation: Conversation) -> Screen:
    """Look up what stands on the screen. Seven queries, however long the talk."""
    questions = conversation.all_questions()
    session = LiveSession.objects.filter(conversation=conversation).first()
    shown = session.question_id if session else None
    place = next((n for n, q in enumerate(questions) if q.pk == shown), 0)
    ballot, counts = None, dict[str, int]()
    if questions:
        counts = counts_of(conversation, questions[place])
        if session is not None:
            ballot = session.ballots.filter(question=questions[place]).first()
    if ballot is not None:
        ballot.question = questions[place]
    return Screen(conversation, questions, place, session, ballot, counts)


def _asked(
    request: AuthenticatedHttpRequest, questions: list[RoundQuestion]
) -> RoundQuestion | None:
    """Return the question that a form is about, if this talk asks it."""
    given = request.POST.get("q", "")
    return next((q for q in questions if str(q.pk) == given), None)


def _keys(question: RoundQuestion) -> dict[str, str]:
    """Return the name of the field of every answer, as on the sheet itself."""
    if question.is_closed:
        return {o.value: option_key(question, o) for o in AnswerOption}
    return {value: sticker_key(int(value)) for value in answer_values(question)}


def _typed(screen: Screen) -> dict[str, str]:
    """Return what is stored about the question as if it had just been typed."""
    if screen.question is None:
        return {}
    keys = _keys(screen.question)
    return {
        keys[value]: str(people)
        for value, people in screen.counts.items()
        if value in keys
    }


def _save(
    request: AuthenticatedHttpRequest, screen: Screen
) -> tuple[Mapping[str, str], dict[str, str]]:
    """Save the counts of the question on the screen; return what was typed, and errors."""
    question = screen.question
    if question is None or _asked(request, [question]) is None:
        return _typed(screen), {"version": ANOTHER_QUESTION}
    keys = _keys(question)
    typed = {key: request.POST.get(key, "") for key in keys.values()}
    if not request.htmx:
        # With script the page added it already, and sends what it shows.
        _step(typed, request.POST.get("stap", ""), screen.conversation.people)
    page = read_page(typed, questions=[question], people=screen.conversation.people)
    if page.errors:
        return typed, page.errors
    counts = {option.value: people for (_, option), people in page.options.items()}
    counts |= {str(points): people for points, people in page.sticker_points.items()}
    seen = {
        value: int(people)
        for value, people in SEEN.findall(request.POST.get("gezien", ""))
    }
    try:
        save_counts(
            conversation=screen.conversation,
            question=question,
            counts=counts,
            seen=seen,
        )
    except SheetChangedError:
        return typed, {"version": COUNTED_MEANWHILE.format(_told(screen))}
    except ValidationError as error:
        return typed, {"version": error.messages[0]}
    return typed, {}


def _told(screen: Screen) -> str:
    """Say in words what stands on the sheet about the question on the screen."""
    if screen.question is None or not screen.counts:
        return "nog niets"
    if "joint" in screen.counts:
        return f"samen {screen.counts['joint']} op 10"
    labels = dict.fromkeys(screen.counts, "")
    if screen.question.is_closed:
        known = OPTION_LABELS[Scale(screen.question.scale)]
        labels = {option.value: label for option, label in known.items()}
    return ", ".join(
        f"{labels[value] or value}: {people}" for value, people in screen.counts.items()
    )


def _step(typed: dict[str, str], step: str, people: int) -> None:
    """Add one to a count or take one off, for a browser without script: "s-7:1"."""
    key, _, by = step.rpartition(":")
    now = typed.get(key) or "0"
    if by not in ("1", "-1") or key not in typed or not re.fullmatch(r"\d{1,4}", now):
        return
    total = sum(int(n) for n in typed.values() if re.fullmatch(r"\d{1,4}", n))
    if by == "-1" or total < people:
        typed[key] = str(max(0, int(now) + int(by)))


def _context(
    request: AuthenticatedHttpRequest,
    project: Project,
    screen: Screen,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    conversation, question = screen.conversation, screen.question
    language = _language(request, conversation)
    block = None
    if question is not None:
        speak([question], language)
        block = build_blocks(typed, errors, [question], language)[0]
    may_use_phones = conversation.people >= THRESHOLD
    session = screen.session if may_use_phones else None
    has_phones = session is not None and session.lets_phones_in(timezone.now())
    return {
        "project": project,
        "conversation": conversation,
        "screen": screen,
        "question": question,
        "domain": ServiceDomain(question.domain) if question else None,
        "answers": block,
        "errors": errors,
        "joint": screen.counts.get("joint"),
        "language": language,
        "languages": LANGUAGE_SLUGS,
        "taal": request.GET.get("taal", ""),
        "number": screen.place + 1,
        "before": screen.questions[screen.place - 1] if screen.place else None,
        "after": next(iter(screen.questions[screen.place + 1 :]), None),
        "may_use_phones": may_use_phones,
        "way_in": _way_in(session) if has_phones and session else None,
        "results": _results(screen.ballot, block.fields) if block else (),
    }


def _results(ballot: LiveBallot | None, fields: Any) -> list[tuple[Any, int]]:
    """Return every answer with its votes, only of a closed ballot of five or more (P4)."""
    if ballot is None or ballot.is_open or ballot.shown_votes is None:
        return []
    return list(zip(fields, ballot.counts.values(), strict=True))


def _way_in(session: LiveSession) -> dict[str, Any]:
    """Return how a phone gets in: the drawing, the short address and the code."""
    address = settings.SITE_URL + reverse(
        "rechtencirkel:live_vote", args=[session.token]
    )
    short = settings.SITE_URL + reverse("rechtencirkel:live_join")
    code = session.code or ""
    return {
        "drawing": draw_qr(address, "QR-code om te stemmen"),
        "short": short.partition("://")[2].rstrip("/"),
        "code": f"{code[:3]} {code[3:]}",
    }


def _language(
    request: AuthenticatedHttpRequest, conversation: Conversation
) -> QuestionLanguage | None:
    """Return the language beside the Dutch: the one asked for, else that of the talk."""
    given = request.GET.get("taal")
    if given is None:
        return language_called(conversation.language)
    return language_of(given)


def _room(
    request: AuthenticatedHttpRequest, project: Project, conversation: Conversation
) -> str:
    """Return the address of the screen, in the language it was read in."""
    given = request.GET.get("taal", "")
    kept = f"?taal={given}" if given == "nl" or language_of(given) else ""
    return reverse("rechtencirkel:live_room", args=[project.pk, conversation.pk]) + kept
