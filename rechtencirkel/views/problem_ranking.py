"""Choosing together which problem comes first: own top three, then the order."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from kader.numbers import read_number, read_version
from projects import access
from projects.access import Capability
from projects.models import Project, SteeringGroupMember
from rechtencirkel import services
from rechtencirkel.forms import TopThreeForm
from rechtencirkel.models import ProblemPick, ProblemRanking, ProblemStatement


@dataclass(frozen=True)
class Voter:
    """A member of the steering group and whether they chose, never what."""

    member: SteeringGroupMember
    has_chosen: bool


@require_http_methods(["GET", "POST"])
def problem_rank(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    today = timezone.localdate()
    seat = access.seat_of(project.viewer, project, today)
    ranking = _ranking(project)
    problems = list(project.problem_statements.all())
    picks = list(ProblemPick.objects.counting(project, today).select_related("problem"))
    refusal = _why_not(project, seat, ranking, today)
    form = _form(request, problems, picks, seat)
    if seat and not refusal and form.is_valid():
        try:
            services.save_top(
                member=seat, problems=form.chosen, seen=_seen_choice(request), on=today
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Je keuze is bewaard. Je kunt ze nog veranderen.")
            return redirect("rechtencirkel:problem_rank", project.pk)
    chosen_by = {pick.member_id for pick in picks}
    context = {
        "project": project,
        "ranking": ranking,
        "form": form,
        "refusal": refusal,
        "has_chosen": seat is not None and seat.pk in chosen_by,
        "problems": problems,
        "fewest": services.FEWEST_MEMBERS,
        "may_sort": len(chosen_by) >= services.FEWEST_MEMBERS,
        "voters": [
            Voter(member, member.pk in chosen_by)
            for member in project.steering_group.voting(today).with_organisation()
        ],
    }
    return render(request, "rechtencirkel/problem_rank.html", context)


@require_http_methods(["GET", "POST"])
def problem_rank_record(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today = timezone.localdate()
    members = project.steering_group.with_organisation()
    member = get_object_or_404(members, pk=member_id)
    ranking = _ranking(project)
    problems = list(project.problem_statements.all())
    picks = list(member.problem_picks.select_related("problem"))
    refusal = (
        f"{member} heeft een account en kiest zelf."
        if member.speaks_for_self
        else _why_not(project, member, ranking, today)
    )
    form = _form(request, problems, picks, member)
    if not refusal and form.is_valid():
        try:
            services.save_top(
                member=member,
                problems=form.chosen,
                seen=_seen_choice(request),
                on=today,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"De keuze van {member} is genoteerd.")
            return redirect("rechtencirkel:problem_rank", project.pk)
    context = {
        "project": project,
        "member": member,
        "form": form,
        "refusal": refusal,
        "has_problems": bool(problems),
    }
    return render(request, "rechtencirkel/problem_rank_record.html", context)


@require_POST
def problem_rank_step(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today, seen = timezone.localdate(), _seen(request)
    step = request.POST.get("step")
    try:
        if step == "close":
            services.close_choosing(project=project, seen=seen, on=today)
            messages.success(
                request, "Het kiezen is afgesloten. Bespreek nu samen de volgorde."
            )
        elif step == "sort":
            services.sort_by_choices(project=project, seen=seen, on=today)
            messages.success(
                request, "De problemen staan in de volgorde van de keuzes."
            )
        elif step == "settle":
            services.settle_order(project=project, seen=seen, on=today)
            messages.success(request, "De volgorde ligt vast.")
        elif step == "again":
            services.choose_again(project=project, seen=seen)
            messages.success(request, "Iedereen kan weer kiezen.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("rechtencirkel:problem_rank", project.pk)


@require_POST
def problem_rank_move(
    request: AuthenticatedHttpRequest, project_id: int, problem_statement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    problem = get_object_or_404(project.problem_statements, pk=problem_statement_id)
    direction = request.POST.get("direction")
    if direction in ("earlier", "later"):
        try:
            services.move_problem(
                problem=problem, earlier=direction == "earlier", seen=_seen(request)
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
    return redirect("rechtencirkel:problem_rank", project.pk)


def _ranking(project: Project) -> ProblemRanking:
    """Return how far the project is; the first change makes the row."""
    found = ProblemRanking.objects.filter(project=project).first()
    return found or ProblemRanking(project=project)


def _form(
    request: AuthenticatedHttpRequest,
    problems: list[ProblemStatement],
    picks: list[ProblemPick],
    member: SteeringGroupMember | None,
) -> TopThreeForm:
    own = [pick for pick in picks if member is not None and pick.member_id == member.pk]
    return TopThreeForm(
        request.POST if request.method == "POST" else None,
        problems=problems,
        chosen=[pick.problem for pick in sorted(own, key=lambda pick: pick.place)],
    )


def _why_not(
    project: Project,
    seat: SteeringGroupMember | None,
    ranking: ProblemRanking,
    on: date,
) -> str:
    """Say why this person does not choose now, or nothing."""
    if ranking.is_settled:
        return "De volgorde ligt vast."
    if ranking.is_closed:
        return "Het kiezen is afgesloten. De stuurgroep bespreekt nu de volgorde."
    if seat is None:
        return (
            "Je zit niet in de stuurgroep. Alleen de leden kiezen wat het "
            "belangrijkst is."
        )
    if not project.steering_group.voting(on).filter(pk=seat.pk).exists():
        return f"{seat} kiest nu niet mee."
    return ""


def _seen(request: AuthenticatedHttpRequest) -> int:
    """Return the version that the page showed; anything else fits no version."""
    return read_version(request.POST.get("seen", ""))


def _seen_choice(request: AuthenticatedHttpRequest) -> list[int]:
    """Return the problems that the page showed as chosen; anything else fits no choice."""
    given = request.POST.get("seen", "")
    keys = [read_number(key) for key in given.split(",")] if given else []
    return [-1 if key is None else key for key in keys]
