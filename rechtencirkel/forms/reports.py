"""The forms about the report of a talk: one question back, its answer, a reason."""

from django import forms

from kader.plain_forms import PlainForm, PrivacyHintMixin
from rechtencirkel.models.conversation_history import REASON_MAX_LENGTH


class ReturnForm(PrivacyHintMixin, PlainForm):
    """Send a report back with one question."""

    privacy_fields = ("question",)

    question = forms.CharField(
        label="Welke ene vraag heb je nog?",
        help_text="Eén vraag, gewoon geschreven. Wie het blad invoerde, leest ze bij het gesprek.",
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea,
    )


class AnswerForm(PrivacyHintMixin, PlainForm):
    """Answer the question that came back, and hand in again."""

    privacy_fields = ("answer",)

    answer = forms.CharField(
        label="Wat antwoord je, of wat paste je aan?",
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea,
    )


class ReopenForm(PrivacyHintMixin, PlainForm):
    """Say why a report has to change after all."""

    privacy_fields = ("reason",)

    reason = forms.CharField(
        label="Waarom moet dit verslag opnieuw open?",
        help_text="Je naam, de dag en deze reden blijven bij het gesprek staan.",
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea,
    )
