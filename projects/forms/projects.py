"""The forms of a project: a new one and its settings."""

from typing import Any

from django import forms
from django.utils import timezone

from kader.plain_forms import PlainModelForm
from projects.forms.fields import field_of
from projects.forms.memberships import EMAIL_LENGTH, NAME_LENGTH
from projects.models import Municipality, Project


class ProjectCreateForm(PlainModelForm):
    """A new project and the person who will lead it."""

    coordinator_name = forms.CharField(
        label="naam van de coördinator", max_length=NAME_LENGTH
    )
    coordinator_email = forms.EmailField(
        label="e-mailadres van de coördinator",
        max_length=EMAIL_LENGTH,
        help_text="Wie nog geen account heeft, krijgt een uitnodiging op dit adres.",
    )

    class Meta:
        model = Project
        fields = ["municipality", "title", "starting_point", "started_on"]
        help_texts = {
            "title": "Bijvoorbeeld: Iedereen mee in Heidebeke.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "municipality").queryset = Municipality.objects.existing(
            timezone.localdate()
        )


class ProjectForm(PlainModelForm):
    """What the coordinator may change about the project; the phase has its own page."""

    class Meta:
        model = Project
        fields = [
            "title",
            "starting_point",
            "started_on",
            "closed_on",
            "works_offline",
        ]
        help_texts = {"closed_on": "Laat leeg zolang jullie eraan werken."}
