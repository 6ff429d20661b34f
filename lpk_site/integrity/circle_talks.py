"""Checks on what goes around a conversation: its questions and its history."""

from django.db.models import F, Q

from kader.vocabulary import ConversationEventKind
from lpk_site.integrity.registry import Keys, check, keys
from rechtencirkel.models import AskedQuestion, Conversation, ConversationState


@check(
    AskedQuestion, "De gekozen vraag hoort niet bij de meting of kant van het gesprek."
)
def asked_questions_belong_to_their_round() -> Keys:
    of_other_round = ~Q(question__round=F("conversation__round"))
    of_other_side = ~Q(question__side=F("conversation__side"))
    return keys(AskedQuestion.objects.filter(of_other_round | of_other_side))


@check(Conversation, "Het verslag kwam terug, maar er staat geen vraag bij.")
def returned_conversations_have_a_question() -> Keys:
    returned = Conversation.objects.filter(state=ConversationState.RETURNED)
    return keys(returned.exclude(events__kind=ConversationEventKind.RETURNED))
