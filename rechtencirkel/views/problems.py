"""Problem statements: list, read, write, ask both sides, remove."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import Confirmation, QuoteUse, Side
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel import evidence, services
from rechtencirkel.analysis import DomainResult
from rechtencirkel.evidence import Score, Tags
from rechtencirkel.forms import (
    ProblemStatementForm,
    ProblemValidationForm,
    wanted_domain,
)
from rechtencirkel.models import (
    ProblemRanking,
    ProblemScore,
    ProblemStatement,
    ProblemValidation,
    Quote,
    standing_answer,
)
from rechtencirkel.views.circle import wanted_round
from rechtencirkel.wording import EXAMPLES, tips

# How the form is asked to propose the tags of the ticked barriers.
TAKE_TAGS = "drempels"

NOTED = "Genoteerd. Bedankt om het te vragen."
ONLY_ASKED = (
    "Genoteerd dat jullie het vroegen. Het antwoord van minder dan 5 mensen bewaren we "
    "niet."
)


@dataclass(frozen=True)
class ProblemLine:
    """One problem on the list: how much stands behind it and what it still misses."""

    problem: ProblemStatement
    quotes: int
    scores: int
    barriers: int

    @property
    def evidence(self) -> tuple[tuple[int, str], ...]:
        """The kinds of evidence that are there, counted and in words."""
        counted = (
            (self.quotes, "uitspraak", "uitspraken"),
            (self.scores, "cijfer", "cijfers"),
            (self.barriers, "drempel", "drempels"),
        )
        return tuple((n, one if n == 1 else many) for n, one, many in counted if n)

    @property
    def misses(self) -> tuple[str, ...]:
        return evidence.what_misses(self.problem, has_evidence=bool(self.evidence))

    @property
    def confirmation(self) -> Confirmation | None:
        return _confirmation(self.problem)


@dataclass(frozen=True)
class ScoreLine:
    """A score as it was ticked, and whether the pages show something else today."""

    row: ProblemScore
    score: Score
    has_changed: bool


@dataclass(frozen=True)
class AnswerLine:
    """One answer of a side, and whether it is the one that counts."""

    row: ProblemValidation
    stands: bool


@require_safe
def problem_statement_list(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    lines = _lines(project)
    context = {
        "project": project,
        "lines": lines,
        "unnamed": _unnamed(project, lines) if project.viewer.may_contribute else (),
        "ranking": ProblemRanking.objects.filter(project=project).first(),
    }
    return render(request, "rechtencirkel/problem_statement_list.html", context)


@require_safe
def problem_statement_detail(
    request: AuthenticatedHttpRequest, project_id: int, problem_statement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    problem = get_object_or_404(
        project.problem_statements.select_related("owner"), pk=problem_statement_id
    )
    today = timezone.localdate()
    barriers = list(problem.barriers.select_related("round"))
    scores = _score_lines(list(problem.scores.select_related("round")))
    quotes = list(
        Quote.objects.filter(problem_statements=problem)
        .shown(today, QuoteUse.DIALOGUE)
        .with_conversation()
        .in_no_order()
    )
    suggested = evidence.suggest_tags(evidence.barrier_of_row(row) for row in barriers)
    validations = list(problem.validations.newest_first())
    context = {
        "project": project,
        "problem": problem,
        "confirmation": _confirmation(problem),
        "quotes": quotes,
        "withdrawn": problem.quotes.withdrawn().count(),
        "scores": scores,
        "has_changed": any(line.has_changed for line in scores),
        "barriers": barriers,
        "suggested": evidence.open_tags(problem, suggested),
        "validations": [
            (side, _answer_lines(validations, side, problem.text)) for side in Side
        ],
        "misses": evidence.what_misses(
            problem, has_evidence=bool(quotes or scores or barriers)
        ),
        "tips": tips(problem.text) if project.viewer.may_contribute else (),
    }
    return render(request, "rechtencirkel/problem_statement_detail.html", context)


@require_http_methods(["GET", "POST"])
def problem_statement_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    domain = wanted_domain(request.GET.get("domein", ""))
    problem = ProblemStatement(
        project=project,
        stated_on=timezone.localdate(),
        rank=project.problem_statements.count() + 1,
        domains=(domain,) if domain else (),
    )
    return _write(request, project, problem, "Het probleem is geformuleerd.")


@require_http_methods(["GET", "POST"])
def problem_statement_edit(
    request: AuthenticatedHttpRequest, project_id: int, problem_statement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    problem = get_object_or_404(project.problem_statements, pk=problem_statement_id)
    return _write(request, project, problem, "Het probleem is bewaard.")


@require_http_methods(["GET", "POST"])
def problem_validate(
    request: AuthenticatedHttpRequest,
    project_id: int,
    problem_statement_id: int,
    side: Side,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    problem = get_object_or_404(project.problem_statements, pk=problem_statement_id)
    form = ProblemValidationForm(
        request.POST if request.method == "POST" else None,
        instance=ProblemValidation(
            problem=problem,
            side=side,
            asked_on=timezone.localdate(),
            noted_by=request.user,
            wording=request.POST.get("wording", ""),
        ),
    )
    if form.is_valid():
        try:
            noted = services.validate_problem(validation=form.instance)
        except ValidationError as error:
            _add_errors(form, error)
            # The page shows the sentence as it reads now, and asks about that one.
            problem = get_object_or_404(
                project.problem_statements, pk=problem_statement_id
            )
        else:
            messages.success(request, ONLY_ASKED if noted.answer is None else NOTED)
            return redirect(problem)
    context = {"project": project, "problem": problem, "side": side, "form": form}
    return render(request, "rechtencirkel/problem_validate.html", context)


@require_http_methods(["GET", "POST"])
def problem_statement_delete(
    request: AuthenticatedHttpRequest, project_id: int, problem_statement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    problem = get_object_or_404(project.problem_statements, pk=problem_statement_id)
    if request.method == "POST":
        try:
            services.remove_problem(problem=problem)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(problem)
        messages.success(request, "Het probleem is verwijderd.")
        return redirect("rechtencirkel:problem_statement_list", project.pk)
    context = {"project": project, "problem": problem}
    return render(request, "rechtencirkel/problem_statement_delete.html", context)


def _write(
    request: AuthenticatedHttpRequest,
    project: Project,
    problem: ProblemStatement,
    done: str,
) -> HttpResponse:
    """Show or save the form; the button that asks for tips saves nothing."""
    answered = _who_answered(problem)
    today = timezone.localdate()
    measurement = wanted_round(request, project)
    form = ProblemStatementForm(
        request.POST if request.method == "POST" else None,
        instance=problem,
        shown=services.shown_evidence(measurement=measurement, on=today),
        suggested=_wanted_tags(request, problem),
        on=today,
    )
    wants_tips = "kijk-na" in request.POST
    if form.is_valid() and not wants_tips:
        try:
            form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, done)
            return redirect(problem)
    context = {
        "project": project,
        "problem": problem,
        "form": form,
        "measurement": measurement,
        "wants_tips": wants_tips,
        "tips": tips(str(form["text"].value() or "")) if wants_tips else (),
        "examples": EXAMPLES,
        "answered": answered,
    }
    return render(request, "rechtencirkel/problem_statement_form.html", context)


def _wanted_tags(
    request: AuthenticatedHttpRequest, problem: ProblemStatement
) -> Tags | None:
    if request.GET.get("labels") != TAKE_TAGS or problem.pk is None:
        return None
    rows = problem.barriers.all()
    suggested = evidence.suggest_tags(evidence.barrier_of_row(row) for row in rows)
    return evidence.open_tags(problem, suggested)


def _who_answered(problem: ProblemStatement) -> str:
    """Say which sides answered on the sentence as it reads now; nothing when none."""
    if problem.recognition and problem.provider_confirmation:
        return "De groep en de diensten antwoordden al"
    if problem.recognition:
        return "De groep antwoordde al"
    return "De diensten antwoordden al" if problem.provider_confirmation else ""


def _add_errors(form: ProblemValidationForm, error: ValidationError) -> None:
    """Put each sentence at its field; what belongs to no field stands above the form."""
    given: Mapping[str, Sequence[str]] = (
        error.message_dict
        if hasattr(error, "error_dict")
        else {NON_FIELD_ERRORS: error.messages}
    )
    for name, sentences in given.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _confirmation(problem: ProblemStatement) -> Confirmation | None:
    given = problem.provider_confirmation
    return Confirmation(given) if given else None


def _lines(project: Project) -> list[ProblemLine]:
    """Return the problems in their order. Two queries, whatever their number."""
    quotes = dict(
        Quote.objects.shown(timezone.localdate(), QuoteUse.DIALOGUE)
        .filter(problem_statements__project=project)
        .order_by()
        .values_list("problem_statements")
        .annotate(number=Count("pk", distinct=True))
    )
    # The type checker does not see what annotate adds.
    problems: Any = project.problem_statements.with_evidence_counts()
    return [
        ProblemLine(
            problem=problem,
            quotes=quotes.get(problem.pk, 0),
            scores=problem.score_count,
            barriers=problem.barrier_count,
        )
        for problem in problems.select_related("owner")
    ]


def _unnamed(
    project: Project, lines: Sequence[ProblemLine]
) -> tuple[DomainResult, ...]:
    """Return the gaps and shared lows that no problem is about yet. Two queries."""
    measurement = project.rounds.latest_opened()
    if measurement is None:
        return ()
    circles = services.shown_circles(rounds=[measurement.pk], on=timezone.localdate())
    circle = circles[measurement.pk]
    named = {domain for line in lines for domain in line.problem.domains}
    found = (*circle.gaps, *circle.shared_lows)
    return tuple(result for result in found if result.domain not in named)


def _answer_lines(
    newest_first: Sequence[ProblemValidation], side: Side, text: str
) -> list[AnswerLine]:
    """Mark the last answer of a side about the sentence as it reads now."""
    standing = standing_answer(newest_first, side, text)
    return [
        AnswerLine(row, row == standing) for row in newest_first if row.side == side
    ]


def _score_lines(rows: Sequence[ProblemScore]) -> list[ScoreLine]:
    now = {
        score.key: score
        for score in services.shown_scores(
            rounds=[row.round_id for row in rows], on=timezone.localdate()
        )
    }
    lines = []
    for row in rows:
        score = evidence.score_of_row(row)
        lines.append(ScoreLine(row, score, evidence.has_changed(score, now)))
    return lines
