"""A talk of the demo week to try on the big screen: twelve people, Arabic beside Dutch."""

from kader.vocabulary import RespondentCategory, ServiceDomain, Side
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day, save
from projects.models import Project
from rechtencirkel.models import Conversation
from rechtencirkel.services import choose_talk_questions

# Short enough to walk through while somebody watches.
ASKED = ("TGG-D4", "TGG-D1", "ONT-D3", "ONT-D6")


def plan_a_talk_on_screen(project: Project, guide: DemoAccount) -> Conversation:
    """Plan a talk whose sheet is still empty; votes are never part of the demo."""
    like = project.conversations.get(title="Ouders De Warme Deur")
    talk = save(
        Conversation(
            project=project,
            round=like.round,
            side=Side.TARGET_GROUP,
            title="Praatgroep De Warme Deur",
            target_group=project.target_groups.get(name__startswith="Ouderen"),
            organisation=like.organisation,
            category=RespondentCategory.FOUND_THE_WAY,
            held_on=day("2026-11-24"),
            place="De Warme Deur",
            guide=guide.user.name,
            entered_by=guide.user,
            people=12,
            language="Arabisch",
            has_interpreter=True,
            domains=(ServiceDomain.ACCESS, ServiceDomain.RECEPTION),
        )
    )
    questions = dict(
        like.round.questions.filter(
            code__in=ASKED, domain__in=talk.domains
        ).values_list("code", "pk")
    )
    choose_talk_questions(
        conversation=talk,
        question_ids=[questions[code] for code in ASKED if code in questions],
    )
    return talk
