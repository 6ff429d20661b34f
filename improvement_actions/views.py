"""The pages of execution and anchoring: actions, what happened, who heard it."""

from collections.abc import Mapping
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from dialogue.models import Conclusion
from improvement_actions import services, story
from improvement_actions.forms import (
    ActionForm,
    AnchoringForm,
    FeedbackForm,
    FollowUpForm,
    SignalForm,
)
from improvement_actions.models import (
    Anchoring,
    Feedback,
    FeedbackDuty,
    FollowUp,
    ImprovementAction,
    Signal,
)
from kader.numbers import read_number
from kader.vocabulary import Recognition, Werkpiste
from projects import access, services as projects
from projects.access import Capability
from projects.models import Opportunity, Project, TargetGroup

Row = TypeVar("Row", bound=Model)


@require_safe
def action_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    actions = story.in_order(project.improvement_actions.with_origin())
    today = timezone.localdate()
    unused = story.unused_werkpistes(actions)
    context = {
        "project": project,
        "actions": actions,
        "unused_count": len(unused),
        "counts": story.count_by_status(actions),
        "overdue": {action.pk for action in actions if action.is_overdue(today)},
        "unused": story.enumerate_in_words([w.label.lower() for w in unused]),
    }
    return render(request, "improvement_actions/action_list.html", context)


@require_http_methods(["GET", "POST"])
def action_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    opportunity = _named(project.opportunities.all(), request.GET, "kans")
    action, groups = _proposed(project, request.GET, opportunity)
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        instance=action,
        initial={"target_groups": groups},
    )
    if form.is_valid():
        services.create_action(
            action=action,
            target_groups=form.cleaned_data["target_groups"],
            created_by=request.user,
            on=timezone.localdate(),
        )
        if opportunity is not None:
            projects.use_opportunity(opportunity=opportunity)
        messages.success(request, f"Verbeteractie ‘{action}’ staat op de lijst.")
        # R4: with every new action, ask who is missing.
        return redirect(f"{action.get_absolute_url()}?partner=vraag")
    context = {"project": project, "form": form, "action": None}
    context |= {"has_organisations": project.organisations.exists()}
    return render(request, "improvement_actions/action_form.html", context)


@require_safe
def action_detail(
    request: AuthenticatedHttpRequest, project_id: int, action_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    action = get_object_or_404(project.improvement_actions.with_origin(), pk=action_id)
    today = timezone.localdate()
    context = {
        "project": project,
        "action": action,
        "is_overdue": action.is_overdue(today),
        "asks_for_partner": request.GET.get("partner") == "vraag",
        "may_anchor": project.viewer.may_manage and action.can_be_anchored,
        "today": today,
        "target_groups": list(action.target_groups.all()),
        "duties": list(action.feedback_duties.open().with_names()),
        "moments": story.tell(
            follow_ups=action.follow_ups.select_related("written_by"),
            feedback=action.feedback.select_related("target_group"),
            anchorings=action.anchorings.all(),
        ),
    }
    return render(request, "improvement_actions/action_detail.html", context)


@require_http_methods(["GET", "POST"])
def action_edit(
    request: AuthenticatedHttpRequest, project_id: int, action_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    action = get_object_or_404(project.improvement_actions, pk=action_id)
    form = ActionForm(
        request.POST if request.method == "POST" else None, instance=action
    )
    if form.is_valid():
        services.update_action(
            action=action,
            target_groups=form.cleaned_data["target_groups"],
            on=timezone.localdate(),
        )
        messages.success(request, "De verbeteractie is bewaard.")
        return redirect(f"{action.get_absolute_url()}?partner=vraag")
    context = {"project": project, "form": form, "action": action}
    context |= {"has_organisations": True}
    return render(request, "improvement_actions/action_form.html", context)


@require_http_methods(["GET", "POST"])
def follow_up_create(
    request: AuthenticatedHttpRequest, project_id: int, action_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    action = get_object_or_404(project.improvement_actions, pk=action_id)
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        instance=FollowUp(
            action=action, written_by=request.user, happened_on=timezone.localdate()
        ),
    )
    if form.is_valid():
        try:
            services.follow_up(
                action=action,
                text=form.cleaned_data["text"],
                happened_on=form.cleaned_data["happened_on"],
                written_by=request.user,
                status=form.new_status,
                indicator_value=form.cleaned_data["indicator_value"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Wat er gebeurde, staat bij de actie.")
            return redirect(action)
    context = {"project": project, "form": form, "action": action}
    return render(request, "improvement_actions/follow_up_form.html", context)


@require_safe
def feedback_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    context = {
        "project": project,
        "today": timezone.localdate(),
        "duties": list(FeedbackDuty.objects.of_project(project).open().with_names()),
        "told": list(project.feedback.with_names()),
    }
    return render(request, "improvement_actions/feedback_list.html", context)


@require_safe
def feedback_warning(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    """Answer a piece of page: whether a group waits to hear of its last talk (P24).

    Here, and fetched by the page that plans a talk, because only this app knows what was
    told. Empty when there is nothing to say.
    """
    project = access.get_project(request.user, project_id, Capability.VIEW)
    # Whatever stands in the list of groups of that page, also when nothing is chosen yet.
    wanted = request.GET.get("target_group", "")
    group = None
    if (number := read_number(wanted)) is not None:
        group = project.target_groups.filter(pk=number).first()
    talk = None
    if group is not None:
        last = project.conversations.filter(target_group=group).handed_in().first()
        if last and not project.feedback.told_since(group, last.held_on).exists():
            talk = last
    context = {"project": project, "group": group, "talk": talk}
    return render(request, "improvement_actions/feedback_warning.html", context)


@require_http_methods(["GET", "POST"])
def feedback_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    action = _named(project.improvement_actions.all(), request.GET, "actie")
    group = _named(project.target_groups.all(), request.GET, "groep")
    form = FeedbackForm(
        request.POST if request.method == "POST" else None,
        instance=Feedback(project=project, given_on=timezone.localdate()),
        initial=_about(action, group),
    )
    if form.is_valid():
        feedback = services.record_feedback(
            feedback=form.instance, actions=form.cleaned_data["actions"]
        )
        messages.success(request, f"{feedback} is bewaard.")
        if feedback.recognition == Recognition.NO:
            messages.warning(
                request,
                format_html(
                    "De groep herkende zich niet in wat je vertelde. Praat er opnieuw "
                    'over: <a href="{}">zet het op de agenda van een dialoogsessie</a>.',
                    reverse("dialogue:session_list", args=[project.pk]),
                ),
            )
        return redirect(feedback)
    context = {"project": project, "form": form}
    return render(request, "improvement_actions/feedback_form.html", context)


@require_safe
def anchoring_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    context = {
        "project": project,
        "today": timezone.localdate(),
        "anchorings": list(Anchoring.objects.of_project(project)),
        "signals": list(project.policy_signals.all()),
    }
    return render(request, "improvement_actions/anchoring_list.html", context)


@require_http_methods(["GET", "POST"])
def anchoring_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    actions = project.improvement_actions.anchorable()
    form = AnchoringForm(
        request.POST if request.method == "POST" else None,
        actions=actions,
        initial={"action": _named(actions, request.GET, "actie")},
    )
    if form.is_valid():
        anchoring = form.save()
        messages.success(request, f"‘{anchoring}’ ligt nu vast.")
        return redirect("improvement_actions:anchoring_list", project.pk)
    context = {"project": project, "form": form, "actions": actions}
    return render(request, "improvement_actions/anchoring_form.html", context)


@require_http_methods(["GET", "POST"])
def signal_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    form = SignalForm(
        request.POST if request.method == "POST" else None,
        instance=Signal(project=project, noted_on=timezone.localdate()),
    )
    if form.is_valid():
        form.save()
        messages.success(request, "Het signaal is genoteerd.")
        return redirect("improvement_actions:anchoring_list", project.pk)
    context = {"project": project, "form": form}
    return render(request, "improvement_actions/signal_form.html", context)


def _proposed(
    project: Project, query: Mapping[str, str], opportunity: Opportunity | None
) -> tuple[ImprovementAction, list[TargetGroup]]:
    """Return the action that follows from the origin in the address, and its groups."""
    conclusions = Conclusion.objects.of_project(project).with_session()
    action = services.propose_action(
        project=project,
        conclusion=_named(conclusions, query, "conclusie"),
        problem=_named(project.problem_statements.all(), query, "probleem"),
        opportunity=opportunity,
    )
    werkpiste = query.get("werkpiste", "")
    if werkpiste in Werkpiste.values:
        action.werkpiste = werkpiste
    problem = action.problem_statement
    return action, list(problem.target_groups.all()) if problem else []


def _about(
    action: ImprovementAction | None, group: TargetGroup | None
) -> dict[str, object]:
    """Return how the form opens for one action: with the group that has to hear it."""
    if action is None:
        return {"target_group": group}
    if group is None:
        duty = action.feedback_duties.open().with_names().first()
        group = duty.target_group if duty else action.target_groups.first()
    return {"actions": [action], "target_group": group}


def _named(rows: QuerySet[Row], query: Mapping[str, str], name: str) -> Row | None:
    """Return the row an address names; one that is not among the rows is a 404."""
    value = query.get(name)
    if value is None:
        return None
    number = read_number(value)
    if number is None:
        raise Http404
    return get_object_or_404(rows, pk=number)
