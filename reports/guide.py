"""The printed guide of a talk: what lies on the table, in the order of the sheet.

Nobody's name stands in it, and no answer: a guide is made from the questions alone, so
it may lie around in a neighbourhood house.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from kader.vocabulary import (
    OPTION_LABELS,
    POINTS_RANGE,
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    ChecklistPoint,
    Pictogram,
    QuestionLanguage,
    QuoteUse,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.converters import language_called
from rechtencirkel.models import Conversation, QuestionTranslation, RoundQuestion
from rechtencirkel.paper import PaperCode, version_of
from rechtencirkel.qr import draw_qr
from rechtencirkel.sheet_drawing import spoken_answers
from rechtencirkel.wheel import mark
from reports.guide_marks import draw_option, draw_pictogram, draw_tick
from reports.models import Report
from reports.pdf import MadePdf, html_to_pdf

# Our fonts have no Arabic letters: that wording is read from the screen.
PRINTED_LANGUAGES = (
    QuestionLanguage.FRENCH,
    QuestionLanguage.ENGLISH,
    QuestionLanguage.TURKISH,
)


@dataclass(frozen=True)
class Option:
    """One answer to tick: its drawing, its words, and those of the talk's language."""

    drawing: SafeString
    label: str
    spoken: str = ""


@dataclass(frozen=True)
class GuideQuestion:
    """One question as it is printed; `number` runs through the whole guide."""

    number: int
    question: RoundQuestion
    easy: str
    spoken: str
    drawing: SafeString | str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Part:
    """One domain of the talk."""

    domain: ServiceDomain
    questions: tuple[GuideQuestion, ...]


@dataclass(frozen=True)
class Guide:
    """Everything that is printed for one talk."""

    conversation: Conversation
    code: PaperCode
    address: str
    parts: tuple[Part, ...]
    language: QuestionLanguage | None
    arranged: tuple[tuple[str, bool], ...]
    dialogue_on: date | None

    @property
    def is_for_group(self) -> bool:
        return self.conversation.side == Side.TARGET_GROUP

    @property
    def stickers(self) -> Iterator[tuple[Part, GuideQuestion]]:
        """Yield what people answer with a sticker: every question that is not open."""
        for part in self.parts:
            for item in part.questions:
                if not item.question.is_open:
                    yield part, item

    @property
    def has_conditions(self) -> bool:
        return any(
            item.question.depends_on for part in self.parts for item in part.questions
        )


def version_on_sheet(conversation: Conversation) -> str:
    """Return what stands for the questions that the sheet asks now. Three queries."""
    return version_of(conversation.all_questions())


def build_guide(conversation: Conversation) -> Guide:
    """Gather what is printed for a talk. Seven queries, whatever it asks."""
    questions = conversation.all_questions()
    wanted = language_called(conversation.language)
    language = wanted if wanted in PRINTED_LANGUAGES else None
    code = PaperCode(conversation.pk, version_of(questions))
    path = reverse("rechtencirkel:paper_open", args=[conversation.project_id])
    upcoming = conversation.project.dialogue_sessions.filter(
        held_on__gt=conversation.held_on
    ).order_by("held_on")
    return Guide(
        conversation=conversation,
        code=code,
        address=f"{settings.SITE_URL}{path}?code={code}",
        parts=tuple(_parts(conversation, questions, language)),
        language=language,
        arranged=_arranged(conversation),
        dialogue_on=upcoming.values_list("held_on", flat=True).first(),
    )


def make_guide_pdf(report: Report, on_step: Callable[[int], None]) -> MadePdf:
    """Gather, draw and lay out; tells `on_step` where it is (1 to 3)."""
    on_step(1)
    talks = Conversation.objects.select_related("project__municipality", "round")
    guide = build_guide(talks.get(guides=report.pk))
    on_step(2)
    html = render_guide_html(guide)
    on_step(3)
    content, page_count = html_to_pdf(html)
    return MadePdf(content, page_count, {"version": guide.code.version})


def render_guide_html(guide: Guide) -> str:
    """Return the whole document; drawings are inline and have no links."""
    context: dict[str, Any] = {
        "guide": guide,
        "talk": guide.conversation,
        "municipality": guide.conversation.project.municipality,
        "mark": mark(24),
        "qr": draw_qr(guide.address, f"QR-code van het blad, code {guide.code}"),
        "tick": draw_tick(),
        "points": list(POINTS_RANGE),
        "quote_uses": list(QuoteUse),
        "barrier_kinds": list(BarrierKind),
        "barrier_levels": list(BarrierLevel),
    }
    return render_to_string("reports/guide_pdf.html", context)


def _parts(
    conversation: Conversation,
    questions: Sequence[RoundQuestion],
    language: QuestionLanguage | None,
) -> Iterator[Part]:
    easy, spoken = _wordings(questions, language)
    numbered = list(enumerate(questions, start=1))
    for domain in conversation.domains:
        yield Part(
            domain,
            tuple(
                GuideQuestion(
                    number=number,
                    question=question,
                    easy=easy.get(question.pk, ""),
                    spoken=spoken.get(question.pk, ""),
                    drawing=draw_pictogram(Pictogram(question.pictogram))
                    if question.pictogram
                    else "",
                    options=tuple(_options(question, language)),
                )
                for number, question in numbered
                if question.domain == domain
            ),
        )


def _wordings(
    questions: Sequence[RoundQuestion], language: QuestionLanguage | None
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Return the easy words and those in a language, by question. One query.

    What a talk asks in its own words has neither: they say something else.
    """
    rows = QuestionTranslation.objects.filter(
        question__in=[q.pk for q in questions if not q.is_of_talk],
        language__in=[QuestionLanguage.EASY, *([language] if language else [])],
    ).values_list("language", "question_id", "text")
    found: dict[str, dict[int, str]] = {QuestionLanguage.EASY: {}}
    for name, question_id, text in rows:
        found.setdefault(name, {})[question_id] = text
    return found[QuestionLanguage.EASY], found.get(language, {}) if language else {}


def _options(
    question: RoundQuestion, language: QuestionLanguage | None
) -> Iterator[Option]:
    if not question.is_closed:
        return
    scale = Scale(question.scale)
    spoken = spoken_answers(question, language)
    for option in AnswerOption:
        label = OPTION_LABELS[scale][option]
        yield Option(draw_option(scale, option), label, spoken.get(option, ""))


def _arranged(conversation: Conversation) -> tuple[tuple[str, bool], ...]:
    """Return what is to arrange, the fixed points first, and whether that is done."""
    items = list(conversation.checklist.all())
    ticked = {item.point: item for item in items if item.point}
    fixed = [
        (str(ticked[point]), ticked[point].is_done)
        if point in ticked
        else (point.label, False)
        for point in ChecklistPoint
    ]
    return (*fixed, *((str(item), item.is_done) for item in items if not item.point))
