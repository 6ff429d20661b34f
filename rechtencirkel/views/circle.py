"""What both sides said: the wheel, and one page per domain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.numbers import read_number
from kader.palette import ANSWER_COLOURS
from kader.vocabulary import (
    OPTION_LABELS,
    AnswerOption,
    QuoteUse,
    RespondentCategory,
    Scale,
    ServiceDomain,
    Side,
)
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.analysis import (
    DomainResult,
    PartResult,
    SideResult,
    analyse_circle,
    analyse_parts,
    group_barriers,
    total_of,
)
from rechtencirkel.charts import distribution_bar, points_strip
from rechtencirkel.gaps import compare
from rechtencirkel.models import (
    BarrierMention,
    Conversation,
    DomainTotal,
    OpenAnswer,
    Publication,
    Quote,
    Redactor,
    Round,
    RoundQuestion,
    WrittenAnswer,
)
from rechtencirkel.publishing import (
    TARGET_GROUP_PREFIX,
    part_rows_of,
    people_waiting,
)
from rechtencirkel.services import may_withdraw
from rechtencirkel.suppression import (
    Distribution,
    Hidden,
    Points,
    headcount,
    percentage,
    show_words,
    waiting,
)
from rechtencirkel.wheel import draw_wheel


@require_safe
def wheel(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    measurement = wanted_round(request, project)
    rows = Publication.objects.filter(round=measurement).newest()
    circle = analyse_circle(total_of(row) for row in rows)

    chosen = chosen_round(request, measurement)

    def address(domain: ServiceDomain) -> str:
        page = reverse("rechtencirkel:domain_detail", args=[project.pk, domain])
        return page + chosen

    title = f"Rechtencirkel van {project.municipality}"
    context = {
        "project": project,
        "measurement": measurement,
        "rounds": list(project.rounds.all()),
        "chosen": chosen,
        "circle": circle,
        "waiting": waiting(
            Conversation.objects.filter(round=measurement).people_not_published()
        ),
        "wheel": draw_wheel(circle.sectors(address), title=title, ident="cirkel"),
        "compact": draw_wheel(
            circle.sectors(address), title=title, form="compact", ident="cirkel-klein"
        ),
    }
    return render(request, "rechtencirkel/wheel.html", context)


@require_safe
def domain_detail(
    request: AuthenticatedHttpRequest, project_id: int, domain: ServiceDomain
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    measurement = wanted_round(request, project)
    today = timezone.localdate()
    rows = list(Publication.objects.filter(round=measurement, domain=domain).newest())
    result = analyse_circle(total_of(row) for row in rows)[domain]
    questions = list(
        RoundQuestion.objects.filter(
            round=measurement, domain=domain
        ).asked_or_answered()
    )
    words = _open_questions(project, measurement, questions)
    mentions = BarrierMention.objects.filter(
        conversation__round=measurement, domain=domain
    )
    context = {
        "project": project,
        "measurement": measurement,
        "domain": domain,
        "result": result,
        "comparison": compare(result),
        "previous": _neighbour(domain, -1),
        "following": _neighbour(domain, 1),
        "chosen": chosen_round(request, measurement),
        "columns": _columns(
            result,
            questions,
            words,
            parts=_part_views(rows, _part_names(project)),
            waiting_people=people_waiting(
                DomainTotal.objects.filter(round=measurement, domain=domain)
                .waiting()
                .select_related("conversation")
                if measurement and not measurement.is_closed
                else ()
            ),
        ),
        "quotes": _quotes(project, measurement, domain),
        "has_words": bool(words),
        "barriers": group_barriers(mentions.shown(today).select_related("conversation"))
        if project.viewer.may_view
        else (),
        "has_barriers_without_words": project.viewer.may_view
        and mentions.told(today)
        .exclude(pk__in=mentions.shown(today).values("pk"))
        .exists(),
    }
    return render(request, "rechtencirkel/domain_detail.html", context)


@dataclass(frozen=True)
class QuestionView:
    """One closed question with its bar; the bar is empty when counts stay hidden.

    The legend holds label, people and percentage.
    """

    text: str
    outcome: Distribution | Hidden
    bar: SafeString
    middle: str
    legend: tuple[tuple[str, int, int | None], ...]


@dataclass(frozen=True)
class PartView:
    """One line of the table of parts by name; `is_together` for small ones in one."""

    label: str
    points: Points | Hidden
    is_together: bool


@dataclass(frozen=True)
class Column:
    """One side of a domain page, the target group always first.

    `waiting` is how many people wait to be shown, None when that is no number to tell.
    """

    side: Side
    result: SideResult
    strip: SafeString
    questions: tuple[QuestionView, ...]
    parts: tuple[PartView, ...]
    heading: str
    words: tuple["OpenQuestionView", ...]
    waiting: int | None

    @property
    def hides_a_part(self) -> bool:
        return any(isinstance(part.points, Hidden) for part in self.parts)


def _columns(
    result: DomainResult,
    questions: list[RoundQuestion],
    words: Sequence["OpenQuestionView"],
    *,
    parts: Mapping[Side, tuple[PartView, ...]],
    waiting_people: Mapping[Side, int],
) -> tuple[Column, ...]:
    return tuple(
        Column(
            side=side.side,
            result=side,
            strip=SafeString("")
            if isinstance(side.points, Hidden)
            else points_strip(
                side.points.median,
                side.points.low,
                side.points.high,
                side.side,
                ident=f"strook-{side.side}",
            ),
            questions=tuple(
                _question_view(question, side.questions[question.code])
                for question in questions
                if question.code in side.questions
            ),
            parts=parts.get(side.side, ()),
            heading="Per doelgroep"
            if side.side == Side.TARGET_GROUP
            else "Per soort functie",
            words=tuple(view for view in words if view.side == side.side),
            waiting=waiting(waiting_people[side.side]),
        )
        for side in result.sides
    )


def _question_view(
    question: RoundQuestion, outcome: Distribution | Hidden
) -> QuestionView:
    labels = OPTION_LABELS[Scale(question.scale)]
    if isinstance(outcome, Hidden):
        return QuestionView(question.text, outcome, SafeString(""), "", ())
    counted = tuple(
        (labels[option], people)
        for option, people in zip(AnswerOption, outcome.counts or (), strict=False)
    )
    bar = distribution_bar(
        [
            (label, people, ANSWER_COLOURS[option])
            for option, (label, people) in zip(AnswerOption, counted, strict=False)
        ],
        ident=f"balk-{question.pk}",
    )
    return QuestionView(
        question.text,
        outcome,
        bar,
        labels[list(AnswerOption)[outcome.middle]],
        tuple(
            (label, people, percentage(people, outcome.people))
            for label, people in counted
        ),
    )


def _part_views(
    rows: Sequence[Publication], names: Mapping[str, str]
) -> dict[Side, tuple[PartView, ...]]:
    """Name the parts of each side."""
    return {
        Side(row.side): tuple(
            PartView(
                label=_together(part, results)
                if part.is_together
                else names.get(part.keys[0], "Een groep die er niet meer is"),
                points=part.points,
                is_together=part.is_together,
            )
            for part in results
        )
        for row in rows
        if (results := analyse_parts(part_rows_of(row), Side(row.side)))
    }


def _together(part: PartResult, results: Sequence[PartResult]) -> str:
    """Name what was taken together: everybody, or what came in by a few at a time."""
    others = [
        other for other in results if other is not part and not other.points.is_hidden
    ]
    if others:
        return "Kleine groepjes van verschillende functies samen"
    return "Alle hulp- en dienstverleners"


def _part_names(project: Project) -> dict[str, str]:
    """Name every part there can be. One query."""
    names = {category.value: str(category.label) for category in RespondentCategory}
    for pk, name in project.target_groups.values_list("pk", "name"):
        names[f"{TARGET_GROUP_PREFIX}{pk}"] = name
    return names


@dataclass(frozen=True)
class QuoteView:
    """A released quote: month, never day; the number present only from eight on."""

    quote: Quote
    present: int | None
    may_withdraw: bool


def _quotes(
    project: Project, measurement: Round | None, domain: ServiceDomain
) -> list[QuoteView]:
    if not project.viewer.may_view:
        return []
    quotes = (
        Quote.objects.filter(conversation__round=measurement, domain=domain)
        .shown(timezone.localdate(), QuoteUse.DIALOGUE)
        .with_conversation()
        .in_no_order()
    )
    is_redactor = project.viewer.may_enter and Redactor.objects.is_appointed(
        project, project.viewer.user
    )
    return [
        QuoteView(
            q,
            headcount(q.conversation.people),
            may_withdraw(project.viewer, q.conversation, is_redactor=is_redactor),
        )
        for q in quotes
    ]


@dataclass(frozen=True)
class OpenQuestionView:
    """One open question with what was released, or why that stays hidden."""

    side: Side
    text: str
    outcome: tuple[str, ...] | Hidden


def _open_questions(
    project: Project,
    measurement: Round | None,
    questions: Sequence[RoundQuestion],
) -> list[OpenQuestionView]:
    """Return the open questions with released answers (P7); four queries.

    Behind a question stand the people of the talks that answered it, or everybody who
    wrote something to it behind a link.
    """
    if not project.viewer.may_view:
        return []
    released: dict[int, dict[int, str]] = {}
    today = timezone.localdate()
    answers = OpenAnswer.objects.filter(
        conversation__round=measurement, question__in=[q.pk for q in questions]
    )
    behind = answers.people_behind(today)
    for question_id, pk, text in answers.released(today).values_list(
        "question_id", "pk", "text"
    ):
        released.setdefault(question_id, {})[pk] = text
    by_link = WrittenAnswer.objects.filter(
        round=measurement, question__in=[q.pk for q in questions]
    )
    for question_id, pk, text in by_link.released().values_list(
        "question_id", "pk", "text"
    ):
        released.setdefault(question_id, {})[pk] = text
    wrote = Counter(by_link.among_five().values_list("question_id", flat=True))
    return [
        OpenQuestionView(
            side=Side(question.side),
            text=question.text,
            outcome=show_words(
                released[question.pk],
                max(wrote[question.pk], behind.get(question.pk, 0)),
                secret=settings.SECRET_KEY,
            ),
        )
        for question in questions
        if question.pk in released
    ]


def _neighbour(domain: ServiceDomain, step: int) -> ServiceDomain:
    """Return the domain before or after; the nine stand in a circle."""
    domains = list(ServiceDomain)
    return domains[(domains.index(domain) + step) % len(domains)]


def wanted_round(request: AuthenticatedHttpRequest, project: Project) -> Round | None:
    """Return the round named in the address, else the newest, else none."""
    wanted = read_number(request.GET.get("meting", ""))
    if wanted is not None:
        return get_object_or_404(project.rounds, pk=wanted)
    return project.rounds.latest_opened()


def chosen_round(request: AuthenticatedHttpRequest, measurement: Round | None) -> str:
    """Return what a link adds to stay with a round that was named in the address."""
    if measurement is None or str(measurement.pk) != request.GET.get("meting", ""):
        return ""
    return f"?meting={measurement.pk}"
