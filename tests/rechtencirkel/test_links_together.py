"""Several providers send at the same moment: a code counts once, nothing gets lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from kader.vocabulary import ConversationKind, Side
from rechtencirkel.models import Conversation, Publication, WaitingAnswer
from rechtencirkel.services import (
    Sent,
    SheetGoneError,
    find_sheet,
    hand_in,
    secrets_of,
    send_answers,
)
from tests.factories import AnswerLinkFactory, ConversationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]


def send_all_at_once(link, secrets):
    """Send one sheet per secret, each in its own thread; return how each ended."""
    scored = link.round.questions.get(
        side=Side.PROVIDERS, domain=link.domains[0], scale="points"
    )
    sheets = [find_sheet(secret, on=timezone.localdate()) for secret in secrets]

    def send(sheet):
        try:
            send_answers(
                link=sheet.link,
                token_hash=sheet.token_hash,
                sent=Sent(values={scored.pk: "6"}, texts={}),
                on=timezone.localdate(),
            )
        except SheetGoneError:
            return "gone"
        finally:
            connection.close()
        return "sent"

    with ThreadPoolExecutor(len(sheets)) as pool:
        return sorted(pool.map(send, sheets))


def test_one_code_sent_twice_at_once_counts_once():
    link = AnswerLinkFactory(single_use=True)

    ended = send_all_at_once(link, [secrets_of(link)[0]] * 2)

    assert ended == ["gone", "sent"]
    assert WaitingAnswer.objects.count() == 1


def test_six_colleagues_at_once_are_all_counted_or_waiting():
    link = AnswerLinkFactory()

    ended = send_all_at_once(link, secrets_of(link) * 6)

    sheet = Conversation.objects.get(kind=ConversationKind.BY_LINK)
    assert ended == ["sent"] * 6
    assert (sheet.people, sum(sheet.totals.get().points)) == (5, 5)
    assert WaitingAnswer.objects.count() == 1


def test_talks_handed_in_while_colleagues_send_are_all_published():
    link = AnswerLinkFactory()
    scored = link.round.questions.get(
        side=Side.PROVIDERS, domain=link.domains[0], scale="points"
    )
    talks = [
        ConversationFactory(
            project=link.project, providers=True, people=5, domains=link.domains
        )
        for _ in range(3)
    ]
    for talk in talks:
        talk.points_tallies.create(domain=link.domains[0], points=4, people=5)
    secret = secrets_of(link)[0]

    def run(talk):
        try:
            if talk is not None:
                hand_in(conversation=talk, on=timezone.localdate())
                return
            send_answers(
                link=link,
                token_hash=find_sheet(secret, on=timezone.localdate()).token_hash,
                sent=Sent(values={scored.pk: "6"}, texts={}),
                on=timezone.localdate(),
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(run, [None, talks[0], None, talks[1], None, talks[2], None, None])
        )

    page = Publication.objects.newest().get()
    assert page.points == [0, 0, 0, 0, 15, 0, 5, 0, 0, 0, 0]
    assert page.people == 20
