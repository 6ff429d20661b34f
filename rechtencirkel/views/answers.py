"""The one page for people without an account: a provider answers, and is gone again.

It starts no session and keeps no address. The only cookie is the one against forged
posts; it says nothing about anybody, goes with the browser, and is removed once the
answers are in.
"""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kader.vocabulary import QuestionLanguage, Side
from rechtencirkel.catalogue import content_hash
from rechtencirkel.converters import LANGUAGE_SLUGS
from rechtencirkel.forms import AnswerSheetForm
from rechtencirkel.models import AnswerLink, QuestionTranslation, RoundQuestion
from rechtencirkel.services import OpenSheet, SheetGoneError, find_sheet, send_answers
from rechtencirkel.views.questions import speak

# More than a whole service fills in together in one meeting; a brake on programs.
MOST_SHEETS = 100
WITHIN_SECONDS = 60 * 60
BUSY = (
    "Er kwamen net heel veel antwoorden binnen. Laat deze bladzijde open en verstuur "
    "over een uur opnieuw."
)
# An answer belongs to the words that were read.
OTHER_QUESTIONS = (
    "De vragen zijn intussen veranderd. Hieronder staan de nieuwe. Kijk ze na en verstuur "
    "dan opnieuw."
)


# Providers have no account; the address itself is the key.
@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    today = timezone.localdate()
    sheet = find_sheet(token, on=today)
    if sheet is None:
        return _gone(request)
    questions = _questions(sheet)
    languages = _languages(questions)
    language = languages.get(request.GET.get("taal", ""))
    speak(questions, language)
    asked = content_hash((q.code, q.text) for q in questions)
    form = AnswerSheetForm(
        request.POST if request.method == "POST" else None,
        questions=questions,
        language=language,
    )
    status = 200
    if form.is_valid() and request.POST.get("asked", asked) != asked:
        form.add_error(None, OTHER_QUESTIONS)
        status = 409
    elif form.is_valid() and _is_flooded(sheet):
        form.add_error(None, BUSY)
        status = 429
    elif form.is_valid():
        try:
            send_answers(
                link=sheet.link,
                token_hash=sheet.token_hash,
                sent=form.sent(),
                on=today,
            )
        except SheetGoneError:
            return _gone(request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _thanks(request, sheet)
    context = {
        "form": form,
        "link": sheet.link,
        "draft": _draft_key(sheet),
        "asked": asked,
        "language": language,
        "languages": languages,
        "has_reworded": any(question.is_reworded for question in questions),
    }
    return _quiet(render(request, "rechtencirkel/answer.html", context, status=status))


def _questions(sheet: OpenSheet) -> list[RoundQuestion]:
    """Return what the measurement asks now about the domains of the link. One query."""
    asked = sheet.link.round.questions.asked().filter(
        side=Side.PROVIDERS, domain__in=sheet.link.domains
    )
    return list(asked.select_related("depends_on"))


def _languages(questions: Sequence[RoundQuestion]) -> dict[str, QuestionLanguage]:
    """Return the languages in which a question of this sheet was written. One query."""
    written = set(
        QuestionTranslation.objects.filter(question__in=[q.pk for q in questions])
        .order_by()
        .values_list("language", flat=True)
        .distinct()
    )
    return {
        slug: language
        for slug, language in LANGUAGE_SLUGS.items()
        if language in written
    }


def _thanks(request: HttpRequest, sheet: OpenSheet) -> HttpResponse:
    context = {"link": sheet.link, "draft": _draft_key(sheet)}
    response = render(request, "rechtencirkel/answer_thanks.html", context)
    # Whoever is signed in has other pages open that need it.
    if not request.user.is_authenticated:
        response.delete_cookie(
            settings.CSRF_COOKIE_NAME,
            path=settings.CSRF_COOKIE_PATH,
            samesite=settings.CSRF_COOKIE_SAMESITE,
        )
    return _quiet(response)


def _gone(request: HttpRequest) -> HttpResponse:
    """Answer the same to a secret that is unknown, used, closed or too late."""
    return _quiet(render(request, "rechtencirkel/answer_gone.html", status=410))


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the address out of search engines; no other site is told it either way."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _draft_key(sheet: OpenSheet) -> str:
    """Name the draft on the device: neither the secret nor anything it opens."""
    return f"antwoord-{sheet.token_hash[:16]}"


def _is_flooded(sheet: OpenSheet) -> bool:
    """Count one sheet more on a link for everybody; say whether that is too many.

    A code works once and needs no brake. What is counted is the link, never a visitor.
    """
    link: AnswerLink = sheet.link
    if link.is_single_use:
        return False
    key = f"answer-link-{link.pk}"
    cache.add(key, 0, WITHIN_SECONDS)
    try:
        return cache.incr(key) > MOST_SHEETS
    except ValueError:
        # It ran out between the two lines: the hour is over.
        return False
