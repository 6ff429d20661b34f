"""Checks on the links for providers and on the answers that wait behind them."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from kader.vocabulary import ConversationKind, Side
from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from rechtencirkel.models import (
    AnswerLink,
    Conversation,
    Round,
    WaitingAnswer,
    WrittenAnswer,
)
from rechtencirkel.suppression import THRESHOLD

OF_ITS_PROJECT = Q(organisation=None) | Q(organisation__project=F("round__project"))


@check(AnswerLink, "Meting of dienst hoort bij een ander project.")
def links_stay_in_their_project() -> Keys:
    return elsewhere(AnswerLink, "round", "organisation")


@check(AnswerLink, "De link heeft meer codes over dan er gemaakt zijn.")
def links_have_no_more_codes_than_were_made() -> Keys:
    counted = AnswerLink.objects.annotate(left=Count("codes"))
    return keys(counted.filter(left__gt=F("codes_made")))


# A loose answer has no number of its own to tell: its measurement is named.
@check(Round, "Een antwoord dat wacht, hoort bij een andere meting, kant of dienst.")
def waiting_answers_answer_a_question_of_their_round() -> Keys:
    right = WaitingAnswer.objects.filter(
        OF_ITS_PROJECT, question__round=F("round"), question__side=Side.PROVIDERS
    )
    return _rounds_of(WaitingAnswer.objects.exclude(pk__in=right.values("pk")))


@check(Round, "Een tekst van een dienst hoort bij een andere meting, kant of dienst.")
def written_answers_answer_a_question_of_their_round() -> Keys:
    right = WrittenAnswer.objects.filter(
        OF_ITS_PROJECT,
        Q(question=None)
        | Q(
            question__round=F("round"),
            question__side=Side.PROVIDERS,
            question__scale="",
        ),
    )
    return _rounds_of(WrittenAnswer.objects.exclude(pk__in=right.values("pk")))


@check(Conversation, "Antwoorden via een link tellen mee met minder dan vijf mensen.")
def answers_by_link_speak_for_five() -> Keys:
    by_link = Conversation.objects.filter(kind=ConversationKind.BY_LINK)
    return keys(by_link.filter(people__lt=THRESHOLD))


def _rounds_of(rows: QuerySet[Any]) -> Keys:
    return set(rows.order_by().values_list("round_id", flat=True))
