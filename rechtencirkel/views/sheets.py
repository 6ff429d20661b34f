"""Entering what a group said: a page per domain, one question at the end, a review."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.numbers import read_version
from kader.plain_forms import PRIVACY_SEEN
from kader.privacy_hint import Finding, find_clues
from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuestionLanguage,
    QuoteUse,
    RedactionState,
    ServiceDomain,
)
from projects import access
from projects.access import Capability
from rechtencirkel.catalogue import content_hash
from rechtencirkel.converters import LANGUAGE_SLUGS, language_called, language_of
from rechtencirkel.forms import FirstChangeForm
from rechtencirkel.models import Conversation, Redactor, RoundQuestion
from rechtencirkel.services import SheetChangedError, save_first_change, save_page
from rechtencirkel.sheet import (
    BARRIER_FIELDS,
    DISAGREEMENT_KEY,
    QUOTE_FIELDS,
    read_page,
)
from rechtencirkel.sheet_drawing import (
    build_blocks,
    build_rows,
    find_hints,
    stored_page,
)
from rechtencirkel.sheet_progress import steps_of
from rechtencirkel.views.conversations import get_draft, get_readable
from rechtencirkel.views.photos import shown_photos
from rechtencirkel.views.questions import speak

CHANGED = (
    "Iemand anders bewaarde dit blad intussen. Wat je typte staat hier nog. Open het blad "
    "in een nieuw venster, vergelijk, en bewaar dan opnieuw."
)
# The words may change while somebody has the page open; an answer belongs to the words.
OTHER_QUESTIONS = (
    "De vragen op deze bladzijde zijn intussen veranderd. Kijk ze na: hieronder staan de "
    "nieuwe. Bewaar dan opnieuw."
)


@require_http_methods(["GET", "POST"])
def sheet_edit(
    request: AuthenticatedHttpRequest,
    project_id: int,
    conversation_id: int,
    domain: ServiceDomain,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    questions = list(_questions(conversation, domain))
    language = _language(request, conversation)
    speak(questions, language)
    fingerprint = content_hash((q.code, q.text) for q in questions)
    errors: dict[str, str] = {}
    asks_first = False
    typed: Mapping[str, str]
    if request.method == "POST":
        typed = request.POST
        errors, asks_first = _save(request, conversation, domain, questions)
        if not errors and not asks_first:
            return redirect(_after(conversation, domain) + _kept(request))
    else:
        typed = stored_page(conversation, domain)
    hints = find_hints(typed)
    context = {
        "project": project,
        "conversation": conversation,
        "steps": steps_of(conversation),
        "domain": domain,
        "blocks": build_blocks(typed, errors, questions, language, hints),
        "fingerprint": fingerprint,
        "language": language,
        "languages": LANGUAGE_SLUGS,
        "quotes": build_rows(typed, errors, "quote", QUOTE_FIELDS, hints=hints),
        "quote_uses": list(QuoteUse),
        "barriers": build_rows(typed, errors, "barrier", BARRIER_FIELDS, hints=hints),
        "disagreement": typed.get(DISAGREEMENT_KEY, ""),
        "disagreement_hints": hints.get(DISAGREEMENT_KEY, ()),
        "question_back": conversation.events.last_question()
        if conversation.is_returned
        else None,
        "asks_first": asks_first,
        "errors": errors,
        "version": _version(request)
        if request.method == "POST"
        else conversation.version,
        "barrier_kinds": list(BarrierKind),
        "barrier_levels": list(BarrierLevel),
        "non_take_up_types": list(NonTakeUp),
        "next_label": _next_label(conversation, domain),
        "photos": shown_photos(conversation),
        "next_url": _after(conversation, domain) + _kept(request),
    }
    return render(
        request, "rechtencirkel/sheet_edit.html", context, status=_code(errors)
    )


def _save(
    request: AuthenticatedHttpRequest,
    conversation: Conversation,
    domain: ServiceDomain,
    questions: Sequence[RoundQuestion],
) -> tuple[dict[str, str], bool]:
    """Save one page if it may be; return what is wrong, and whether to ask first.

    Saving is allowed with a name in it, after that was asked once (P9).
    """
    page = read_page(request.POST, questions=questions, people=conversation.people)
    errors = page.errors
    fingerprint = content_hash((q.code, q.text) for q in questions)
    if request.POST.get("asked", fingerprint) != fingerprint:
        errors = {"version": OTHER_QUESTIONS}
    if errors:
        return errors, False
    shown = set(request.POST.getlist(PRIVACY_SEEN))
    found = (f for findings in find_hints(request.POST).values() for f in findings)
    if any(finding.key not in shown for finding in found):
        return {}, True
    try:
        save_page(
            conversation=conversation,
            domain=domain,
            page=page,
            version=_version(request),
        )
    except (SheetChangedError, ValidationError):
        return {"version": CHANGED}, False
    return {}, False


@require_http_methods(["GET", "POST"])
def sheet_closing(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    form = FirstChangeForm(
        request.POST if request.method == "POST" else None,
        initial={"text": conversation.first_change},
    )
    version = _version(request) if request.method == "POST" else conversation.version
    if form.is_valid():
        try:
            save_first_change(
                conversation=conversation,
                text=form.cleaned_data["text"],
                version=version,
            )
        except SheetChangedError:
            form.add_error(None, CHANGED)
        else:
            return redirect("rechtencirkel:sheet_review", project.pk, conversation.pk)
    context = {
        "project": project,
        "conversation": conversation,
        "steps": steps_of(conversation),
        "form": form,
        "version": version,
        "photos": shown_photos(conversation),
        "next_url": reverse(
            "rechtencirkel:sheet_review", args=[project.pk, conversation.pk]
        ),
    }
    return render(request, "rechtencirkel/sheet_closing.html", context)


@require_safe
def sheet_review(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_readable(project, conversation_id)
    quotes = list(conversation.quotes.all())
    answers = conversation.open_answers.filter(redaction=RedactionState.WITHHELD)
    context = {
        "project": project,
        "conversation": conversation,
        "has_redactor": Redactor.objects.filter(project=project).exists(),
        "steps": steps_of(conversation),
        "withheld": set(answers.values_list("question_id", flat=True)),
        "pages": [
            (
                domain,
                build_blocks(
                    typed := stored_page(conversation, domain),
                    {},
                    list(_questions(conversation, domain)),
                ),
                [quote for quote in quotes if quote.domain == domain],
                build_rows(typed, {}, "barrier", ["text"], spare=0),
                typed.get(DISAGREEMENT_KEY, ""),
                _all_findings(typed),
            )
            for domain in conversation.domains
        ],
        "question_back": conversation.events.last_question()
        if conversation.is_returned
        else None,
        "closing_findings": find_clues(conversation.first_change),
        "is_future": conversation.held_on > timezone.localdate(),
    }
    return render(request, "rechtencirkel/sheet_review.html", context)


def _all_findings(typed: Mapping[str, str]) -> list[Finding]:
    return [finding for found in find_hints(typed).values() for finding in found]


def _questions(
    conversation: Conversation, domain: ServiceDomain
) -> list[RoundQuestion]:
    """Return the questions of one page; a domain outside the talk has no page."""
    if domain not in conversation.domains:
        raise Http404("Geen bladzijde.")
    return conversation.questions_about(domain)


def _language(
    request: AuthenticatedHttpRequest, conversation: Conversation
) -> QuestionLanguage | None:
    """Return the language beside the Dutch: the one asked for, else that of the talk."""
    given = request.GET.get("taal")
    if given is None:
        return language_called(conversation.language)
    return language_of(given)


def _kept(request: AuthenticatedHttpRequest) -> str:
    """Keep the chosen language while somebody walks through the sheet."""
    given = request.GET.get("taal", "")
    known = given == "nl" or language_of(given) is not None
    return f"?taal={given}" if known else ""


def _version(request: AuthenticatedHttpRequest) -> int:
    return read_version(request.POST.get("version", ""))


def _code(errors: Mapping[str, str]) -> int:
    return 409 if "version" in errors else 200


def _after(conversation: Conversation, domain: ServiceDomain) -> str:
    """Return the next page of the sheet, in the order of the paper."""
    args = [conversation.project_id, conversation.pk]
    later = [d for d in conversation.domains if d.number > domain.number]
    if later:
        return reverse("rechtencirkel:sheet_edit", args=[*args, later[0]])
    return reverse("rechtencirkel:sheet_closing", args=args)


def _next_label(conversation: Conversation, domain: ServiceDomain) -> str:
    later = [d for d in conversation.domains if d.number > domain.number]
    return later[0].label if later else "wat eerst?"
