"""Reading over what people said, appointing who does that, and taking a quote back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import RedactionState, ServiceDomain, Side
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.converters import WordsKind
from rechtencirkel.forms import RedactionForm, RedactorForm
from rechtencirkel.models import (
    BarrierMention,
    OpenAnswer,
    Quote,
    Redactor,
    WrittenAnswer,
)
from rechtencirkel.models.conversation import OPEN_STATES
from rechtencirkel.services import (
    Words,
    appoint_redactor,
    may_withdraw,
    release,
    withdraw_quote,
    withhold,
)


@dataclass(frozen=True)
class Reading:
    """Words to read over, without a word about the conversation they come from.

    The last question of an answer sheet is about no domain.
    """

    words: Words
    domain: ServiceDomain | None
    side: Side
    question: str
    url: str

    @property
    def is_quote(self) -> bool:
        return isinstance(self.words, Quote)

    @property
    def kind(self) -> str:
        if isinstance(self.words, BarrierMention):
            return "drempel"
        return "uitspraak" if self.is_quote else "open antwoord"

    @property
    def is_shown_meanwhile(self) -> bool:
        """Whether it could be read before somebody was appointed, and still is."""
        ticked = isinstance(self.words, Quote | BarrierMention) and self.words.was_shown
        return ticked and self.state == RedactionState.WAITING

    @property
    def state(self) -> RedactionState:
        return RedactionState(self.words.redaction)


@require_safe
def redaction_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    if not Redactor.objects.is_appointed(project, request.user):
        return _refuse(request, project)
    today = timezone.localdate()
    quotes = (
        Quote.objects.filter(conversation__project=project)
        .redactable(today)
        .select_related("conversation")
    )
    answers = (
        OpenAnswer.objects.filter(conversation__project=project)
        .redactable(today)
        .select_related("conversation", "question")
    )
    barriers = (
        BarrierMention.objects.filter(conversation__project=project)
        .redactable(today)
        .select_related("conversation")
    )
    by_link = (
        WrittenAnswer.objects.filter(round__project=project)
        .redactable()
        .select_related("question")
    )
    kinds: list[Iterable[Words]] = [quotes, _each_once(barriers), answers, by_link]
    words = [one for kind in kinds for one in kind]
    context = {
        "project": project,
        "waiting": _readings(project, [one for one in words if _is_waiting(one)]),
        "read_over": _readings(project, [o for o in words if not _is_waiting(o)]),
    }
    return render(request, "rechtencirkel/redaction_list.html", context)


@require_http_methods(["GET", "POST"])
def redaction_edit(
    request: AuthenticatedHttpRequest,
    project_id: int,
    kind: WordsKind,
    words_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    if not Redactor.objects.is_appointed(project, request.user):
        return _refuse(request, project)
    today = timezone.localdate()
    words = _get_words(project, kind, words_id)
    form = RedactionForm(
        request.POST if request.method == "POST" else None,
        longest=kind._meta.get_field("text").max_length or 0,
        initial={
            "text": words.text or words.original,
            "decision": "" if _is_waiting(words) else words.redaction,
            "reason": words.withheld_because,
        },
    )
    if form.is_valid():
        decision = form.cleaned_data["decision"]
        try:
            if decision == RedactionState.RELEASED:
                release(words=words, text=form.cleaned_data["text"], on=today)
            else:
                withhold(words=words, because=form.cleaned_data["reason"], on=today)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{decision.label}. {decision.explanation}")
            return redirect("rechtencirkel:redaction_list", project.pk)
    context = {"project": project, "form": form, "reading": _reading(project, words)}
    return render(request, "rechtencirkel/redaction_edit.html", context)


@require_http_methods(["GET", "POST"])
def redactor_edit(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    redactor = _redactor_of(project)
    form = RedactorForm(
        request.POST if request.method == "POST" else None,
        project=project,
        initial={"membership": redactor.membership_id if redactor else None},
    )
    if form.is_valid():
        try:
            redactor = appoint_redactor(
                project=project, on=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("membership", error)
        else:
            messages.success(
                request,
                f"{redactor} maakt vanaf nu onherkenbaar wat mensen zeiden."
                if redactor
                else "Nu maakt niemand onherkenbaar wat mensen zeiden.",
            )
            return redirect("rechtencirkel:conversation_list", project.pk)
    context = {"project": project, "form": form, "redactor": redactor}
    return render(request, "rechtencirkel/redactor_edit.html", context)


@require_http_methods(["GET", "POST"])
def quote_withdraw(
    request: AuthenticatedHttpRequest, project_id: int, quote_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    quote: Quote = get_object_or_404(
        Quote.objects.standing()
        .with_conversation()
        .filter(conversation__project=project)
        .exclude(conversation__state__in=OPEN_STATES),
        pk=quote_id,
    )
    is_redactor = Redactor.objects.is_appointed(project, request.user)
    if not may_withdraw(project.viewer, quote.conversation, is_redactor=is_redactor):
        raise PermissionDenied
    domain_page = quote.get_absolute_url()
    if request.method == "POST":
        try:
            withdraw_quote(quote=quote, on=timezone.localdate())
        except ValidationError as error:
            messages.info(request, error.messages[0])
        else:
            messages.success(
                request, "De uitspraak is ingetrokken en de tekst is gewist."
            )
        return redirect(domain_page)
    context = {"project": project, "quote": quote, "domain_page": domain_page}
    return render(request, "rechtencirkel/quote_withdraw.html", context)


def _refuse(request: AuthenticatedHttpRequest, project: Project) -> HttpResponse:
    """Answer 403 and say who reads over, and why not everybody does."""
    context = {"project": project, "redactor": _redactor_of(project)}
    return render(request, "rechtencirkel/redaction_refused.html", context, status=403)


def _redactor_of(project: Project) -> Redactor | None:
    return (
        Redactor.objects.filter(project=project)
        .select_related("membership__user")
        .first()
    )


def _get_words(project: Project, kind: WordsKind, words_id: int) -> Words:
    """Return words of this project that may be read over; else 404."""
    today = timezone.localdate()
    if kind is Quote:
        return get_object_or_404(
            Quote.objects.filter(conversation__project=project).redactable(today),
            pk=words_id,
        )
    if kind is OpenAnswer:
        return get_object_or_404(
            OpenAnswer.objects.filter(conversation__project=project).redactable(today),
            pk=words_id,
        )
    if kind is BarrierMention:
        return get_object_or_404(
            BarrierMention.objects.filter(conversation__project=project).redactable(
                today
            ),
            pk=words_id,
        )
    return get_object_or_404(
        WrittenAnswer.objects.filter(round__project=project).redactable(), pk=words_id
    )


def _is_waiting(words: Words) -> bool:
    return words.redaction == RedactionState.WAITING


def _each_once(barriers: Iterable[BarrierMention]) -> Iterator[BarrierMention]:
    """Return what several talks named in the same words once: one decision is enough."""
    seen = set()
    for mention in barriers:
        key = (mention.conversation.round_id, mention.redaction, *mention.content)
        if key not in seen:
            seen.add(key)
            yield mention


def _readings(project: Project, words: Iterable[Words]) -> list[Reading]:
    """Put all kinds in the order of the domains, so no conversation stands together."""
    return sorted(
        (_reading(project, one) for one in words),
        key=lambda reading: (
            reading.domain.number if reading.domain else len(ServiceDomain) + 1,
            reading.side,
            reading.question,
            (reading.words.text or reading.words.original).casefold(),
        ),
    )


def _reading(project: Project, words: Words) -> Reading:
    domain: str
    if isinstance(words, Quote | BarrierMention):
        domain, side, question = words.domain, words.conversation.side, ""
    elif isinstance(words, OpenAnswer):
        domain, side = words.question.domain, words.conversation.side
        question = words.question.text
    else:
        domain = words.question.domain if words.question else ""
        side, question = Side.PROVIDERS, words.asked_text
    return Reading(
        words=words,
        domain=ServiceDomain(domain) if domain else None,
        side=Side(side),
        question=question,
        url=reverse(
            "rechtencirkel:redaction_edit", args=[project.pk, type(words), words.pk]
        ),
    )
