"""The page of a phone in the room: no account, no cookie, no address kept.

There is nothing to forge either: a vote carries the name of the opening and a secret that
the phone made itself, and no browser sends those along by its own. So the page does
without Django's cookie against forged posts.
"""

import re
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kader.vocabulary import QuestionLanguage
from rechtencirkel.converters import LANGUAGE_SLUGS, language_called, language_of
from rechtencirkel.live_words import DUTCH, words_in
from rechtencirkel.models import LiveBallot, LiveSession, QuestionTranslation
from rechtencirkel.services import VoteResult, cast_vote, find_by_code, find_by_token
from rechtencirkel.sheet_drawing import build_blocks
from rechtencirkel.views.questions import speak

# Of the whole installation together: who typed a code is not looked at. With 86 million
# codes and this brake, twelve hours of guessing find one of fifty open talks once in 240.
MOST_WRONG_CODES = 100
WITHIN_SECONDS = 10 * 60
WRONG_CODES = "live-wrong-codes"
# What htmx takes as: put this on the page and stop asking.
STOP_ASKING = 286
OPENING = re.compile(r"[\w-]{22}", re.ASCII)
WAITING = "wacht"

TOLD = {
    VoteResult.FULL: (
        "Er zijn al evenveel stemmen als mensen. Steek je hand op, dan telt de begeleider "
        "je mee."
    ),
    VoteResult.NO_ANSWER: "Duw op een van de antwoorden.",
}
COUNTED = (VoteResult.COUNTED, VoteResult.CHANGED, VoteResult.SAME)


# Whoever is in the room has no account; the code on the screen is the key.
@login_not_required
@require_safe
def live_join(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("code", "")[:40]
    error, status = "", HTTPStatus.OK
    if typed.strip():
        if _is_guessing():
            error = (
                "Er werden te veel foute codes getypt. Scan de QR-code op het scherm, of "
                "steek je hand op."
            )
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif session := find_by_code(typed, at=timezone.now()):
            return _quiet(redirect("rechtencirkel:live_vote", session.token))
        else:
            _count_wrong_code()
            error = "Deze code klopt niet. Kijk nog eens op het scherm."
    elif "code" in request.GET:
        error = "Typ de code van het scherm."
    context = {"typed": typed, "error": error}
    return _quiet(
        render(request, "rechtencirkel/live_join.html", context, status=status)
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def live_vote(request: HttpRequest, token: str) -> HttpResponse:
    session = find_by_token(token, at=timezone.now())
    if session is None:
        return _gone(request)
    result, status = None, HTTPStatus.OK
    if request.method == "POST":
        try:
            result = _cast(request, token)
        except OperationalError:
            # Too many at the same moment; the phone tries again by itself.
            return _quiet(HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE))
        if result is None:
            result, status = VoteResult.NO_ANSWER, HTTPStatus.BAD_REQUEST
    ballot = session.ballots.filter(is_open=True).select_related("question").first()
    opening = ballot.key if ballot else WAITING
    if (
        _is_fragment(request)
        and result is None
        and request.GET.get("gezien") == opening
    ):
        return _quiet(HttpResponse(status=HTTPStatus.NO_CONTENT))
    context = _context(request, session, ballot, result) | {"opening": opening}
    name = "_live_vote" if _is_fragment(request) else "live_vote"
    return _quiet(render(request, f"rechtencirkel/{name}.html", context, status=status))


def _cast(request: HttpRequest, token: str) -> VoteResult | None:
    """Cast the vote of a post; None when it names no opening at all."""
    opening = request.POST.get("stemming", "")
    if not OPENING.fullmatch(opening):
        return None
    return cast_vote(
        token=token,
        key=opening,
        secret=request.POST.get("geheim", ""),
        value=request.POST.get("keuze", ""),
        at=timezone.now(),
    )


def _context(
    request: HttpRequest,
    session: LiveSession,
    ballot: LiveBallot | None,
    result: VoteResult | None,
) -> dict[str, object]:
    language, languages = _languages(request, session, ballot)
    block, choices = None, list[tuple[str, object]]()
    if ballot is not None:
        speak([ballot.question], language)
        block = build_blocks({}, {}, [ballot.question], language)[0]
        choices = list(zip(ballot.counts, block.fields, strict=True))
    return {
        "session": session,
        "question": ballot.question if ballot else None,
        "choices": choices,
        "language": language,
        "languages": languages,
        "dutch": DUTCH,
        "words": words_in(language),
        "is_counted": ballot is not None and result in COUNTED,
        "chosen": request.POST.get("keuze", "") if result in COUNTED else "",
        "is_over": result == VoteResult.OVER,
        "told": TOLD.get(result, "") if result else "",
    }


def _languages(
    request: HttpRequest, session: LiveSession, ballot: LiveBallot | None
) -> tuple[QuestionLanguage | None, dict[str, QuestionLanguage]]:
    """Return the language to read in, and those to choose from.

    The answers exist in every language, also of a question that nobody translated.
    """
    given = request.GET.get("taal")
    language = (
        language_of(given)
        if given is not None
        else language_called(session.conversation.language)
    )
    if ballot is None:
        return language, {}
    has_easy = QuestionTranslation.objects.filter(
        question=ballot.question_id, language=QuestionLanguage.EASY
    ).exists()
    return language, {
        slug: one
        for slug, one in LANGUAGE_SLUGS.items()
        if has_easy or one is not QuestionLanguage.EASY
    }


def _gone(request: HttpRequest) -> HttpResponse:
    """Answer the same to an address that is unknown, closed or too old."""
    if _is_fragment(request):
        page = render(request, "rechtencirkel/_live_gone.html", status=STOP_ASKING)
    else:
        page = render(request, "rechtencirkel/live_gone.html", status=HTTPStatus.GONE)
    return _quiet(page)


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the address out of search engines, and tell it to nobody."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _is_guessing() -> bool:
    return bool(cache.get(WRONG_CODES, 0) >= MOST_WRONG_CODES)


def _count_wrong_code() -> None:
    cache.add(WRONG_CODES, 0, WITHIN_SECONDS)
    try:
        cache.incr(WRONG_CODES)
    except ValueError:
        # It ran out between the two lines: the ten minutes are over.
        return
