"""Typing over the code of a printout."""

from django import forms
from django.core.exceptions import ValidationError

from kader.plain_forms import PlainForm
from rechtencirkel.paper import PaperCode, read_code

NO_CODE = (
    "Deze code klopt niet. Kijk elk teken na. Een nul, een één en de letters I, L en O "
    "komen er niet in voor."
)


class PaperCodeForm(PlainForm):
    """The code that stands on the paper."""

    code = forms.CharField(
        label="Code op het papier",
        max_length=40,
        help_text="Ze staat onderaan elke bladzijde, bijvoorbeeld 22C-7KQW.",
        widget=forms.TextInput(
            attrs={
                "class": "form-control short paper-code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> PaperCode:
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(NO_CODE)
        return code
