"""What goes around the talks of Heidebeke: arranging, sending back, accepting."""

from kader.vocabulary import ChecklistPoint, RespondentCategory, ServiceDomain, Side
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import Said, day, enter, save
from projects.models import Project
from rechtencirkel.models import Conversation
from rechtencirkel.services import (
    ChecklistLine,
    accept,
    hand_in,
    return_with_question,
    save_checklist,
    save_first_change,
)


def work_around_talks(project: Project, people: dict[str, DemoAccount]) -> None:
    """Prepare Nele's talk, accept one report, send another back with a question."""
    els = people["els"].user
    evening = project.conversations.get(title="Ouders De Warme Deur")
    _prepare(evening)
    parents = project.conversations.get(title="Ouders De Warme Deur, eerste gesprek")
    accept(conversation=parents, on=day("2026-11-18"), by=els)
    return_with_question(
        conversation=_kitchen_table(evening, people["tom"]),
        question=(
            "De groep gaf Toegang een 3, maar bijna iedereen vindt de uren goed. Klopt "
            "dat, of zijn de stickers omgewisseld?"
        ),
        on=day("2026-11-23"),
        by=els,
    )


def _kitchen_table(like: Conversation, guide: DemoAccount) -> Conversation:
    """Enter a talk of last week in the same round, with stickers that look odd."""
    talk = save(
        Conversation(
            project=like.project,
            round=like.round,
            side=Side.TARGET_GROUP,
            title="Bewoners van de torens",
            target_group=like.project.target_groups.get(name__startswith="Ouderen"),
            category=RespondentCategory.FOUND_THE_WAY,
            held_on=day("2026-11-19"),
            place="Buurthuis Het Kruispunt",
            guide=guide.user.name,
            entered_by=guide.user,
            people=6,
            has_consent=True,
            domains=(ServiceDomain.ACCESS,),
        )
    )
    enter(
        talk,
        {ServiceDomain.ACCESS: Said(points=3, options={"D2": (0, 0, 3, 3, 0)})},
    )
    return hand_in(conversation=talk, on=day("2026-11-20"))


def _prepare(evening: Conversation) -> None:
    save_checklist(
        conversation=evening,
        lines=[
            ChecklistLine(
                "kleine zaal van De Warme Deur", is_done=True, point=ChecklistPoint.ROOM
            ),
            ChecklistLine("en koekjes", is_done=True, point=ChecklistPoint.COFFEE),
            ChecklistLine("4 kinderen", is_done=True, point=ChecklistPoint.CHILDCARE),
            ChecklistLine(
                "busticketten", is_done=False, point=ChecklistPoint.TRANSPORT
            ),
            ChecklistLine(
                "de stagiaire", is_done=True, point=ChecklistPoint.NOTE_TAKER
            ),
            ChecklistLine(
                "niemand van het OCMW in de zaal",
                is_done=True,
                point=ChecklistPoint.WHO_IS_THERE,
            ),
            ChecklistLine("Stickers en een groot blad", is_done=False),
        ],
    )
    # As it was typed in a hurry: the page asks whether this is a name.
    save_first_change(
        conversation=evening,
        text="Een apart lokaal. Fatima zei dat het nu te dicht op elkaar is.",
        version=evening.version,
    )
