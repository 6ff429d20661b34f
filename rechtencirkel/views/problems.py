"""Problem statements: list, read, write."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from rechtencirkel.analysis import analyse_circle, total_of
from rechtencirkel.forms import ProblemStatementForm, wanted_domain
from rechtencirkel.models import ProblemStatement, Publication, Quote


@require_safe
def problem_statement_list(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    context = {
        "project": project,
        "problems": list(project.problem_statements.all()),
    }
    return render(request, "rechtencirkel/problem_statement_list.html", context)


@require_safe
def problem_statement_detail(
    request: AuthenticatedHttpRequest, project_id: int, problem_statement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    problem = get_object_or_404(project.problem_statements, pk=problem_statement_id)
    today = timezone.localdate()
    measurement = project.rounds.latest_opened()
    rows = Publication.objects.filter(round=measurement).newest()
    circle = analyse_circle(total_of(row) for row in rows)
    context = {
        "project": project,
        "problem": problem,
        "results": [circle[domain] for domain in problem.domains],
        "quotes": Quote.objects.filter(problem_statements=problem)
        .shown(today)
        .with_conversation(),
    }
    return render(request, "rechtencirkel/problem_statement_detail.html", context)


@require_http_methods(["GET", "POST"])
def problem_statement_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    domain = wanted_domain(request.GET.get("domein", ""))
    form = ProblemStatementForm(
        request.POST if request.method == "POST" else None,
        instance=ProblemStatement(
            project=project,
            stated_on=timezone.localdate(),
            rank=project.problem_statements.count() + 1,
            domains=(domain,) if domain else (),
        ),
    )
    if form.is_valid():
        problem = form.save()
        messages.success(request, "Het probleem is geformuleerd.")
        return redirect(problem)
    context = {"project": project, "form": form}
    return render(request, "rechtencirkel/problem_statement_form.html", context)


@require_http_methods(["GET", "POST"])
def problem_statement_edit(
    request: AuthenticatedHttpRequest, project_id: int, problem_statement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    problem = get_object_or_404(project.problem_statements, pk=problem_statement_id)
    form = ProblemStatementForm(
        request.POST if request.method == "POST" else None, instance=problem
    )
    if form.is_valid():
        form.save()
        messages.success(request, "Het probleem is bewaard.")
        return redirect(problem)
    context = {"project": project, "form": form}
    return render(request, "rechtencirkel/problem_statement_form.html", context)
