"""Checks on what stands on a big screen: only of open talks, only what they ask."""

from django.db.models import F, Q

from lpk_site.integrity.registry import Keys, check, keys
from rechtencirkel.models import LiveBallot, LiveSession
from rechtencirkel.models.conversation import OPEN_STATES


@check(LiveSession, "Een ingediend gesprek staat nog op een scherm.")
def screens_are_of_drafts() -> Keys:
    return keys(LiveSession.objects.exclude(conversation__state__in=OPEN_STATES))


@check(LiveSession, "Op het scherm staat een vraag van een andere meting of kant.")
def screens_show_a_question_of_their_talk() -> Keys:
    right = Q(question=None) | Q(
        question__round=F("conversation__round"),
        question__side=F("conversation__side"),
    )
    return keys(LiveSession.objects.exclude(right))


@check(LiveBallot, "De stemming gaat over een vraag van een andere meting of kant.")
def ballots_are_about_a_question_of_their_talk() -> Keys:
    right = Q(
        question__round=F("session__conversation__round"),
        question__side=F("session__conversation__side"),
    )
    return keys(LiveBallot.objects.exclude(right))


@check(LiveBallot, "Een open vraag heeft een stemming.")
def ballots_are_about_closed_questions() -> Keys:
    return keys(LiveBallot.objects.filter(question__scale=""))
