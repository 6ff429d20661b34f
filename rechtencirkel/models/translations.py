"""The same question in easier words or in another language."""

from django.db import models

from kader.fields import one_of
from kader.vocabulary import QuestionLanguage
from rechtencirkel.models.questions import TEXT_MAX_LENGTH, RoundQuestion


class QuestionTranslation(models.Model):
    """One question of a round in one language; always of the words that are asked.

    Rewording a question removes the translations that were not reworded with it.
    """

    question = models.ForeignKey(
        RoundQuestion,
        on_delete=models.CASCADE,
        related_name="translations",
        verbose_name="vraag",
    )
    language = models.CharField("taal", max_length=20, choices=QuestionLanguage)
    text = models.CharField("vraag in die taal", max_length=TEXT_MAX_LENGTH)

    class Meta:
        verbose_name = "vertaling"
        verbose_name_plural = "vertalingen"
        ordering = ["question", "pk"]
        constraints = [
            one_of("question_translation", "language", QuestionLanguage),
            models.UniqueConstraint(
                fields=["question", "language"], name="translation_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.text
