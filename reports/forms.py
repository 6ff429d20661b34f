"""What somebody may say when asking for a report."""

from django import forms

from kader.plain_forms import PlainForm


class ReportRequestForm(PlainForm):
    """The introduction that opens the report."""

    introduction = forms.CharField(
        label="Inleiding",
        help_text="Mag leeg blijven. Schrijf in enkele zinnen wat de lezer moet weten.",
        max_length=3000,
        required=False,
        widget=forms.Textarea,
    )
