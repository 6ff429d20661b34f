"""The forms of what members think of the matrix, and of what the group agrees."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from kader.plain_forms import PlainForm, PlainModelForm
from projects.models import (
    NO_SCORE,
    SCORED_CRITERIA,
    Criterion,
    MatrixScore,
    MatrixVersion,
    TargetGroup,
    score_token,
)
from projects.services import sheet_token

DIGITS = [(str(score), str(score)) for score in range(4)]


class OwnScoreForm(PlainForm):
    """What one member thinks of one cell; `seen` is the token of what the page showed.

    `overrule` is the token of what somebody chose to replace after a conflict.
    """

    score = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="waarom?", required=False, max_length=300)
    is_shared = forms.BooleanField(
        label="mijn reden mag getoond worden", required=False
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    overrule = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        criterion: Criterion,
        stored: MatrixScore | None,
        **kwargs: Any,
    ) -> None:
        self.criterion = criterion
        initial = {}
        if stored is not None:
            initial = {
                "score": stored.score,
                "reason": stored.reason,
                "is_shared": stored.is_shared,
            }
        super().__init__(*args, prefix=criterion.value, initial=initial, **kwargs)
        score: Any = self.fields["score"]
        score.choices = [
            *((str(n), anchor) for n, anchor in enumerate(criterion.anchors)),
            ("", "geen score"),
        ]
        self.has_stored = stored is not None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "score" in cleaned and cleaned["score"] is None:
            if cleaned.get("reason") and not self.has_stored:
                self.add_error(
                    "score", "Kies eerst een score, dan bewaren we je reden."
                )
            # Without a score there is nothing to give a reason for.
            cleaned["reason"], cleaned["is_shared"] = "", False
        if not cleaned.get("reason"):
            cleaned["is_shared"] = False
        return cleaned

    @property
    def is_untouched(self) -> bool:
        """Whether a valid answer says what the page already showed."""
        answer = self.answer()
        seen = answer.pop("seen") or NO_SCORE
        return bool(seen == score_token(**answer))

    def answer(self) -> dict[str, Any]:
        """Return what the service takes."""
        cleaned = self.cleaned_data
        return {
            "score": cleaned["score"],
            "reason": cleaned["reason"],
            "is_shared": cleaned["is_shared"],
            "seen": cleaned["overrule"] or cleaned["seen"],
        }


class MemberScoresForm(PlainForm):
    """Everything a member without an account wrote on paper, on one page."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        groups: Sequence[TargetGroup],
        stored: Iterable[MatrixScore],
        **kwargs: Any,
    ) -> None:
        rows = list(stored)
        self.token = sheet_token(rows)
        self.stored = {
            _key(row.target_group_id, Criterion(row.criterion)): row for row in rows
        }
        initial: dict[str, Any] = {k: row.score for k, row in self.stored.items()}
        super().__init__(*args, initial={**initial, "seen": self.token}, **kwargs)
        self.groups = groups
        for group in groups:
            for criterion in SCORED_CRITERIA:
                self.fields[_key(group.pk, criterion)] = _digit(group, criterion)

    def rows(
        self,
    ) -> list[tuple[TargetGroup, list[tuple[Criterion, forms.BoundField]]]]:
        """Return the questions as the page lists them, group by group."""
        return [
            (group, [(c, self[_key(group.pk, c)]) for c in SCORED_CRITERIA])
            for group in self.groups
        ]

    def scores(self) -> dict[tuple[int, Criterion], int]:
        """Return the cells that have a score."""
        return {
            (group.pk, criterion): self.cleaned_data[_key(group.pk, criterion)]
            for group in self.groups
            for criterion in SCORED_CRITERIA
            if self.cleaned_data[_key(group.pk, criterion)] is not None
        }

    def refuse(self) -> None:
        """Say at every cell that somebody else changed what is stored there now."""
        self.add_error(
            None,
            "Iemand anders bewaarde intussen scores van dit lid. Kijk de vakjes "
            "hieronder na en bewaar opnieuw.",
        )
        for group in self.groups:
            for criterion in SCORED_CRITERIA:
                key = _key(group.pk, criterion)
                row = self.stored.get(key)
                there = row.score if row else None
                if self.cleaned_data.get(key) != there:
                    self.add_error(
                        key, f"Bewaard is nu {'geen score' if row is None else there}."
                    )
        # The next attempt has seen what is stored, so it may replace it.
        given: Any = self.data
        data = given.copy()
        data[self.add_prefix("seen")] = self.token
        self.data = data


def _key(group_id: int, criterion: Criterion) -> str:
    return f"g{group_id}-{criterion.value}"


def _digit(group: TargetGroup, criterion: Criterion) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label=f"{criterion.code} van {group}",
        choices=[("", "–"), *DIGITS],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Kies een van de mogelijkheden."},
    )
    field.widget.attrs |= {
        "class": "form-select digit",
        "aria-label": f"{group}: {criterion.question}",
    }
    return field


class AgreedScoreForm(PlainForm):
    """What the group agreed about one cell; `seen` is what the page showed."""

    score = forms.TypedChoiceField(
        label="afgesproken score",
        choices=[("", "geen score"), *DIGITS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    seen = forms.TypedChoiceField(
        choices=[("", ""), *DIGITS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.HiddenInput,
    )

    def says_something(self) -> bool:
        """Whether a score is given or taken away: sent as it was opened, it says nothing."""
        given = self.cleaned_data
        return given["score"] is not None or given["seen"] is not None


class RoundCloseForm(PlainForm):
    """How the members begin a new round."""

    start = forms.ChoiceField(
        label="hoe beginnen de leden?",
        choices=[
            ("keep", "Ieder vertrekt van de eigen scores van de vorige keer"),
            ("blank", "Ieder begint opnieuw: we wissen alle scores van de leden"),
        ],
        widget=forms.RadioSelect,
        initial="keep",
    )


class MatrixVersionForm(PlainModelForm):
    """Why a version is kept."""

    class Meta:
        model = MatrixVersion
        fields = ["note"]
