"""Live in the room: what is on the screen, and votes by phone that nobody can trace.

Of a vote the database keeps one number per answer, and no more (P2, P3). Which device
voted stands nowhere: as long as a vote is open the shared cache holds two hashes per
device, made with a secret that never leaves the phone. They say "this device has voted"
to whoever brings that secret, and nothing to anybody else. Closing throws them away. The
rows themselves go when the talk is handed in, and after a day at the latest.
"""

from datetime import datetime, timedelta
from functools import reduce
from operator import add

from django.core.cache import cache
from django.db import models
from django.db.models import F, Q

from kader.vocabulary import POINTS_RANGE, AnswerOption
from rechtencirkel.models.conversation import OPEN_STATES, Conversation
from rechtencirkel.models.questions import RoundQuestion
from rechtencirkel.suppression import THRESHOLD

CODE_LENGTH = 6
CODE_LASTS = timedelta(hours=12)
FORGOTTEN_AFTER = timedelta(days=1)
COUNT_FIELDS = tuple(f"count_{place}" for place in POINTS_RANGE)


def answer_values(question: RoundQuestion) -> tuple[str, ...]:
    """Return what can be chosen: the five answers, or the points. Empty for an open one."""
    if question.is_closed:
        return tuple(AnswerOption.values)
    return tuple(str(points) for points in POINTS_RANGE) if question.is_points else ()


class LiveSessionQuerySet(models.QuerySet["LiveSession"]):
    def reachable(self, at: datetime) -> "LiveSessionQuerySet":
        """Return the sessions whose code still works: open, of today, of a draft."""
        return self.exclude(code=None).filter(
            opened_at__gt=at - CODE_LASTS, conversation__state__in=OPEN_STATES
        )

    def outlived(self, at: datetime) -> "LiveSessionQuerySet":
        """Return what was opened more than a day ago."""
        return self.filter(opened_at__lt=at - FORGOTTEN_AFTER)

    def forget(self) -> int:
        """Remove sessions with all that was voted and every mark; return how many."""
        ballots = LiveBallot.objects.filter(session__in=self.values("pk"))
        ballots.forget()
        return self.delete()[1].get("rechtencirkel.LiveSession", 0)


class LiveSession(models.Model):
    """One talk on the big screen: the question that is shown, and the way in for phones.

    Code and token only lead to the question that is open; they name no project and no
    group. They are empty as long as the guide lets no phones in.
    """

    conversation = models.OneToOneField(
        Conversation,
        on_delete=models.CASCADE,
        related_name="live_session",
        verbose_name="gesprek",
    )
    opened_at = models.DateTimeField("geopend om")
    question = models.ForeignKey(
        RoundQuestion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vraag op het scherm",
    )
    code = models.CharField(
        "korte code", max_length=CODE_LENGTH, null=True, blank=True, unique=True
    )
    token = models.CharField(
        "einde van het adres", max_length=43, null=True, blank=True, unique=True
    )

    objects = LiveSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek op het scherm"
        verbose_name_plural = "gesprekken op het scherm"
        ordering = ["conversation"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code=None, token=None)
                | Q(code__isnull=False, token__isnull=False),
                name="live_session_code_with_token",
            )
        ]

    def __str__(self) -> str:
        return f"Op het scherm: {self.conversation}"

    def lets_phones_in(self, at: datetime) -> bool:
        """Whether its code works now."""
        return self.code is not None and self.opened_at > at - CODE_LASTS


class LiveBallotQuerySet(models.QuerySet["LiveBallot"]):
    def forget(self) -> None:
        """Remove ballots and the marks of the devices that voted on them."""
        cache.delete_many([marks_of(key) for key in self.values_list("key", flat=True)])
        self.delete()


class LiveBallot(models.Model):
    """The votes of phones on one question: one number per answer.

    It stands open, or it is closed with at least five votes; with fewer it is removed
    when it closes. The database itself holds that nobody's vote can be missing from the
    sum and that there are no more votes than people.
    """

    session = models.ForeignKey(
        LiveSession,
        on_delete=models.CASCADE,
        related_name="ballots",
        verbose_name="gesprek op het scherm",
    )
    question = models.ForeignKey(
        RoundQuestion, on_delete=models.CASCADE, related_name="+", verbose_name="vraag"
    )
    # Names this opening: a vote for another opening counts for nothing.
    key = models.CharField("opening", max_length=22, unique=True)
    people = models.PositiveSmallIntegerField("hoeveel mensen er zijn")
    is_open = models.BooleanField("open", default=True)
    votes = models.PositiveSmallIntegerField("stemmen", default=0)
    count_0 = models.PositiveSmallIntegerField("eerste antwoord of 0", default=0)
    count_1 = models.PositiveSmallIntegerField("tweede antwoord of 1", default=0)
    count_2 = models.PositiveSmallIntegerField("derde antwoord of 2", default=0)
    count_3 = models.PositiveSmallIntegerField("vierde antwoord of 3", default=0)
    count_4 = models.PositiveSmallIntegerField("weet ik niet of 4", default=0)
    count_5 = models.PositiveSmallIntegerField("5", default=0)
    count_6 = models.PositiveSmallIntegerField("6", default=0)
    count_7 = models.PositiveSmallIntegerField("7", default=0)
    count_8 = models.PositiveSmallIntegerField("8", default=0)
    count_9 = models.PositiveSmallIntegerField("9", default=0)
    count_10 = models.PositiveSmallIntegerField("10", default=0)

    objects = LiveBallotQuerySet.as_manager()

    class Meta:
        verbose_name = "stemming"
        verbose_name_plural = "stemmingen"
        ordering = ["session", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "question"], name="live_ballot_once_per_question"
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(is_open=True),
                name="live_ballot_one_open_per_session",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=THRESHOLD), name="live_ballot_of_five_people"
            ),
            models.CheckConstraint(
                condition=Q(votes__lte=F("people")), name="live_ballot_votes_of_people"
            ),
            models.CheckConstraint(
                condition=Q(votes=reduce(add, map(F, COUNT_FIELDS))),
                name="live_ballot_counts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True) | Q(votes__gte=THRESHOLD),
                name="live_ballot_closed_with_five_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"Stemming over {self.question}"

    @property
    def counts(self) -> dict[str, int]:
        """How many chose each answer. Not for a page before it is closed."""
        values = answer_values(self.question)
        fields = COUNT_FIELDS[: len(values)]
        return dict(
            zip(values, (getattr(self, field) for field in fields), strict=True)
        )

    @property
    def shown_votes(self) -> int | None:
        """How many voted, None below five: nobody may be counted out (P4)."""
        return self.votes if self.votes >= THRESHOLD else None


def marks_of(key: str) -> str:
    """Name the place in the cache of the marks of one opening."""
    return f"live-marks-{key}"
