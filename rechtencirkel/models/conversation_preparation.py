"""What is arranged before a talk: the checklist, and which questions it asks."""

from django.db import models
from django.db.models import Q

from kader.fields import one_of
from kader.vocabulary import ChecklistPoint
from rechtencirkel.models.conversation import Conversation
from rechtencirkel.models.questions import TEXT_MAX_LENGTH, RoundQuestion

CHECKLIST_MAX_LENGTH = 160
# More own lines than anybody arranges for one afternoon.
MAX_OWN_LINES = 10
# What a group manages in two hours (domain reference §3.3); more is advised against.
MAX_QUESTIONS_ADVISED = 12
MIN_QUESTIONS_ADVISED = 8


class ChecklistItem(models.Model):
    """One thing to arrange: a fixed point, or an own line when `point` is empty.

    Of the fixed points only those that were ticked or noted have a row.
    """

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="checklist",
        verbose_name="gesprek",
    )
    point = models.CharField(
        "vast punt", max_length=20, choices=ChecklistPoint, blank=True
    )
    text = models.CharField("wat precies?", max_length=CHECKLIST_MAX_LENGTH, blank=True)
    is_done = models.BooleanField("geregeld", default=False)

    class Meta:
        verbose_name = "punt om te regelen"
        verbose_name_plural = "punten om te regelen"
        ordering = ["conversation", "pk"]
        constraints = [
            one_of("checklist_item", "point", ChecklistPoint, blank=True),
            models.UniqueConstraint(
                fields=["conversation", "point"],
                condition=~Q(point=""),
                name="checklist_point_once",
            ),
            models.CheckConstraint(
                condition=~Q(point="") | ~Q(text=""),
                name="checklist_own_line_has_words",
            ),
        ]

    def __str__(self) -> str:
        label = ChecklistPoint(self.point).label if self.point else ""
        return ": ".join(filter(None, [label, self.text]))


class AskedQuestion(models.Model):
    """A question that was chosen for one talk, at its place in the talk.

    `text` holds the words of this talk; empty means the words of the round. The code
    stays that of the question, so its answers still compare.
    """

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="asked_questions",
        verbose_name="gesprek",
    )
    question = models.ForeignKey(
        RoundQuestion,
        on_delete=models.CASCADE,
        related_name="asked_in",
        verbose_name="vraag",
    )
    position = models.PositiveSmallIntegerField("plaats")
    text = models.CharField(
        "eigen woorden voor dit gesprek", max_length=TEXT_MAX_LENGTH, blank=True
    )

    class Meta:
        verbose_name = "gekozen vraag"
        verbose_name_plural = "gekozen vragen"
        ordering = ["conversation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "question"], name="asked_question_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.question)
