"""What Nele puts on the table on Wednesday: her questions in her order, and the guide."""

from datetime import UTC, datetime

from lpk_site.demo.people import DemoAccount
from projects.models import Project
from rechtencirkel.services import choose_talk_questions
from reports.models import Report, ReportKind

# Nine questions: first how it felt, then what may change (domain reference §10.2).
ASKED = (
    "ONT-D2",
    "ONT-D3",
    "ONT-D1",
    "ONT-D5",
    "ONT-D6",
    "NAZ-D1",
    "NAZ-D2",
    "NAZ-D4",
    "NAZ-D3",
)
OWN_WORDS = {"NAZ-D4": "Als het weer moeilijk wordt, durf ik terug te komen."}


def prepare_the_table(project: Project, people: dict[str, DemoAccount]) -> None:
    """Choose, reorder and reword for one talk, and ask for its guide.

    The worker makes the file as soon as it stands up; a demo holds no files.
    """
    talk = project.conversations.get(title="Ouders De Warme Deur")
    by_code = {
        question.code: question
        for question in talk.round.questions.filter(code__in=ASKED)
    }
    choose_talk_questions(
        conversation=talk,
        question_ids=[by_code[code].pk for code in ASKED],
        wordings={by_code[code].pk: text for code, text in OWN_WORDS.items()},
    )
    guide = Report.objects.create(
        kind=ReportKind.GUIDE,
        project=project,
        conversation=talk,
        requested_by=people["nele"].user,
    )
    # The same demo on whichever day it is loaded.
    monday = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    Report.objects.filter(pk=guide.pk).update(requested_at=monday)
