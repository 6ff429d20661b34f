"""The questions of a round: read them, choose, change, add, and compare two lists."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import (
    CircleSize,
    Comparability,
    QuestionLanguage,
    ServiceDomain,
    Side,
)
from projects import access
from projects.access import Capability
from rechtencirkel.catalogue import read_aids
from rechtencirkel.comparison import Change, compare
from rechtencirkel.converters import LANGUAGE_SLUGS, language_of
from rechtencirkel.forms import (
    CompareForm,
    QuestionChoiceForm,
    QuestionCreateForm,
    QuestionEditForm,
)
from rechtencirkel.models import (
    QuestionSet,
    QuestionTranslation,
    Round,
    RoundQuestion,
)
from rechtencirkel.services import (
    add_question,
    choose_questions,
    edit_question,
    move_question,
    questions_of,
    reset_question,
)


def speak(
    questions: Sequence[RoundQuestion], language: QuestionLanguage | None
) -> None:
    """Put the words in a language beside each question. One query, none for Dutch."""
    if language is None:
        return
    texts = dict(
        QuestionTranslation.objects.filter(
            question__in=[q.pk for q in questions], language=language
        ).values_list("question_id", "text")
    )
    for question in questions:
        question.spoken = texts.get(question.pk, "")


@require_safe
def question_list(
    request: AuthenticatedHttpRequest, project_id: int, round_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    questions = list(measurement.questions.select_related("depends_on"))
    language = language_of(request.GET.get("taal", ""))
    speak(questions, language)
    context = {
        "project": project,
        "measurement": measurement,
        "domains": _by_domain(questions),
        "language": language,
        "languages": LANGUAGE_SLUGS,
        "spoken_count": sum(bool(q.spoken) and not q.is_hidden for q in questions),
        "asked_count": sum(not q.is_hidden for q in questions),
        "reworded_count": sum(q.is_reworded for q in questions),
        "own_count": sum(q.is_own for q in questions),
        "may_prepare": project.viewer.may_manage and not measurement.is_closed,
    }
    return render(request, "rechtencirkel/question_list.html", context)


@require_http_methods(["GET", "POST"])
def question_choose(
    request: AuthenticatedHttpRequest, project_id: int, round_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    questions = list(measurement.questions.all())
    form = QuestionChoiceForm(
        request.POST if request.method == "POST" else None,
        questions=questions,
        initial={"questions": [q.pk for q in questions if not q.is_hidden]},
    )
    if form.is_valid():
        asked = _chosen(form, questions)
        try:
            count = choose_questions(measurement=measurement, asked=asked)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Nieuwe gesprekken krijgen nu {count} vragen.")
            return redirect(_list_url(measurement))
    ticked = {str(value) for value in form["questions"].value() or ()}
    context = {
        "project": project,
        "measurement": measurement,
        "form": form,
        "domains": _by_domain(questions),
        "ticked": {q.pk for q in questions if str(q.pk) in ticked},
    }
    return render(request, "rechtencirkel/question_choose.html", context)


@require_http_methods(["GET", "POST"])
def question_create(
    request: AuthenticatedHttpRequest, project_id: int, round_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    form = QuestionCreateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            question = add_question(
                measurement=measurement,
                domain=form.cleaned_data["domain"],
                side=form.cleaned_data["side"],
                scale=form.cleaned_data["scale"],
                wording=form.wording,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"De vraag is toegevoegd als {question.code}.")
            return redirect(_list_url(measurement, question))
    context = {"project": project, "measurement": measurement, "form": form}
    return render(request, "rechtencirkel/question_form.html", context)


@require_http_methods(["GET", "POST"])
def question_edit(
    request: AuthenticatedHttpRequest,
    project_id: int,
    round_id: int,
    question_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    question = get_object_or_404(measurement.questions, pk=question_id)
    form = QuestionEditForm(
        request.POST if request.method == "POST" else None, question=question
    )
    if form.is_valid():
        try:
            question = edit_question(
                question=question,
                wording=form.wording,
                is_hidden=form.cleaned_data.get("is_hidden", False),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{question.shown_code} is bewaard.")
            return redirect(_list_url(measurement, question))
    page = list(
        measurement.questions.filter(
            domain=question.domain, side=question.side
        ).values_list("pk", flat=True)
    )
    context = {
        "project": project,
        "measurement": measurement,
        "question": question,
        "form": form,
        "place": page.index(question.pk) + 1,
        "place_count": len(page),
    }
    return render(request, "rechtencirkel/question_form.html", context)


@require_http_methods(["GET", "POST"])
def question_reset(
    request: AuthenticatedHttpRequest,
    project_id: int,
    round_id: int,
    question_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    question = get_object_or_404(measurement.questions, pk=question_id)
    if request.method == "POST":
        try:
            reset_question(question=question)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"{question.code} staat weer zoals in de bank.")
        return redirect(_list_url(measurement, question))
    context = {"project": project, "measurement": measurement, "question": question}
    return render(request, "rechtencirkel/question_reset.html", context)


@require_POST
def question_move(
    request: AuthenticatedHttpRequest,
    project_id: int,
    round_id: int,
    question_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    question = get_object_or_404(measurement.questions, pk=question_id)
    try:
        move_question(question=question, up=request.POST.get("naar") == "voor")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("rechtencirkel:question_edit", project.pk, round_id, question_id)


@require_safe
def question_compare(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    banks = list(QuestionSet.objects.all())
    rounds = list(project.rounds.select_related("question_set"))
    sources = [
        *((f"meting-{row.pk}", row.title) for row in rounds),
        *((f"bank-{row.pk}", row.title) for row in banks),
    ]
    usual = _usual_pair(banks, rounds)
    form = CompareForm(request.GET or None, sources=sources, initial=usual)
    chosen = form.cleaned_data if form.is_valid() else usual
    rows = []
    if chosen:
        lists = {f"meting-{row.pk}": row for row in rounds} | {
            f"bank-{row.pk}": row for row in banks
        }
        rows = compare(
            questions_of(lists[chosen["van"]]), questions_of(lists[chosen["naar"]])
        )
    labels = dict(sources)
    context = {
        "project": project,
        "form": form,
        "before": labels.get(chosen.get("van", "")),
        "after": labels.get(chosen.get("naar", "")),
        "counts": [
            (level, sum(row.comparability == level for row in rows))
            for level in Comparability
        ],
        "changed": [row for row in rows if row.change is not Change.SAME],
    }
    return render(request, "rechtencirkel/question_compare.html", context)


def _by_domain(
    questions: Sequence[RoundQuestion],
) -> list[tuple[ServiceDomain, list[tuple[Side, list[RoundQuestion]]]]]:
    return [
        (
            domain,
            [
                (side, [q for q in questions if (q.domain, q.side) == (domain, side)])
                for side in Side
            ],
        )
        for domain in ServiceDomain
    ]


def _list_url(measurement: Round, question: RoundQuestion | None = None) -> str:
    args = [measurement.project_id, measurement.pk]
    anchor = f"#vraag-{question.pk}" if question else ""
    return reverse("rechtencirkel:question_list", args=args) + anchor


def _chosen(form: QuestionChoiceForm, questions: Sequence[RoundQuestion]) -> list[int]:
    """Return what to ask: what was ticked, or a whole or short circle and the own ones."""
    size = form.cleaned_data["circle"]
    if size == CircleSize.FULL:
        return [q.pk for q in questions]
    if size == CircleSize.SHORT:
        short = read_aids().short_circle
        return [q.pk for q in questions if q.is_own or q.code in short]
    return list(form.cleaned_data["questions"])


def _usual_pair(banks: list[QuestionSet], rounds: list[Round]) -> dict[str, str]:
    """Compare the two newest rounds, else the two newest versions of the bank."""
    if len(rounds) > 1:
        return {"van": f"meting-{rounds[1].pk}", "naar": f"meting-{rounds[0].pk}"}
    if len(banks) > 1:
        return {"van": f"bank-{banks[1].pk}", "naar": f"bank-{banks[0].pk}"}
    return {}
