"""The forms of problem statements: writing one, asking both sides, choosing a top three."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kader.plain_forms import (
    PlainForm,
    PlainModelForm,
    PrivacyHintMixin,
    RowsField,
)
from kader.vocabulary import (
    Confirmation,
    QuoteUse,
    Recognition,
    ServiceDomain,
    Side,
)
from rechtencirkel.evidence import Barrier, Score, Tags
from rechtencirkel.models import ProblemStatement, ProblemValidation, Quote
from rechtencirkel.models.problems import same_sentence
from rechtencirkel.services import (
    REWORDED,
    Evidence,
    attach_evidence,
    evidence_of,
    why_no_remark,
    write_problem,
)
from rechtencirkel.suppression import THRESHOLD

PLACES = ("first", "second", "third")


@dataclass(frozen=True)
class Tick:
    """One thing to tick as evidence: a score, a quote or a barrier."""

    name: str
    value: str
    is_ticked: bool
    what: Score | Quote | Barrier


@dataclass(frozen=True)
class DomainTicks:
    """Everything that can be ticked about one domain."""

    domain: ServiceDomain
    is_open: bool
    ticks: tuple[Tick, ...]

    @property
    def ticked(self) -> int:
        return sum(tick.is_ticked for tick in self.ticks)


class ProblemStatementForm(PrivacyHintMixin, PlainModelForm):
    """Name a problem and tick what it rests on.

    `shown` is what the pages show today. What was ticked on an earlier day stays on
    offer as it was then, so that saving a comma does not lose it.
    """

    scores = forms.TypedMultipleChoiceField(
        label="cijfers", coerce=str, required=False, widget=forms.CheckboxSelectMultiple
    )
    barriers = forms.TypedMultipleChoiceField(
        label="drempels",
        coerce=str,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    renew = forms.BooleanField(
        label="Neem de cijfers van vandaag over bij wat aangevinkt is", required=False
    )

    privacy_fields = ("text", "explanation")

    class Meta:
        model = ProblemStatement
        fields = [
            "text",
            "explanation",
            "domains",
            "target_groups",
            "quotes",
            "owner",
            "rights",
            "barrier_kind",
            "barrier_level",
            "non_take_up",
        ]
        widgets = {
            "text": forms.Textarea,
            "target_groups": forms.CheckboxSelectMultiple,
            "quotes": forms.CheckboxSelectMultiple,
        }
        field_classes = {"target_groups": RowsField, "quotes": RowsField}

    def __init__(
        self,
        *args: Any,
        shown: Evidence,
        on: date,
        suggested: Tags | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.kept = self._kept()
        self.now = _by_key(shown)
        project = self.instance.project
        self._offer("target_groups", project.target_groups.all())
        self._offer("owner", project.organisations.all())
        self._offer(
            "quotes",
            Quote.objects.shown(on, QuoteUse.DIALOGUE)
            .filter(conversation__project=project)
            .with_conversation(),
        )
        kept, now = self.kept.values(), self.now.values()
        self._offer_keys("scores", [*now, *kept], Score)
        self._offer_keys("barriers", [*now, *kept], Barrier)
        if suggested is not None:
            self._fill_in(suggested)
        if not self.has_changed_numbers:
            del self.fields["renew"]

    @property
    def has_changed_numbers(self) -> bool:
        """Whether something that was ticked shows other numbers today."""
        return any(
            key in self.now and self.now[key] != kept for key, kept in self.kept.items()
        )

    @property
    def parts(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """The questions before and after the evidence, in the order of the page."""
        before = ("text", "explanation", "domains", "target_groups")
        after = ("owner", "rights", "barrier_kind", "barrier_level", "non_take_up")
        return tuple(self[n] for n in before), tuple(self[n] for n in after)

    @property
    def evidence_errors(self) -> list[str]:
        return [
            str(error)
            for name in ("scores", "quotes", "barriers")
            for error in self.errors.get(name, ())
        ]

    @property
    def evidence(self) -> tuple[DomainTicks, ...]:
        """What can be ticked, per domain; open where the problem is about."""
        about = set(_values(self["domains"].value()))
        ticks = list(self._ticks())
        groups = []
        for domain in ServiceDomain:
            own = tuple(tick for tick in ticks if _domain_of(tick.what) == domain)
            if own:
                is_open = domain in about or any(tick.is_ticked for tick in own)
                groups.append(DomainTicks(domain, is_open, own))
        return tuple(groups)

    def clean_text(self) -> str:
        """Write the sentence on one line, however it was typed."""
        return " ".join(self.cleaned_data["text"].split())

    def clean_quotes(self) -> QuerySet[Quote]:
        """Keep what was withdrawn linked: the page says that something stood there."""
        chosen: QuerySet[Quote] = self.cleaned_data["quotes"]
        if self.instance.pk is None:
            return chosen
        gone = self.instance.quotes.withdrawn()
        return Quote.objects.filter(
            Q(pk__in=chosen.values("pk")) | Q(pk__in=gone.values("pk"))
        )

    @transaction.atomic
    def save(self, commit: bool = True) -> ProblemStatement:  # noqa: FBT001, FBT002 - Django's
        """Write the statement and what it rests on; raises ValidationError when gone.

        Of a statement that exists only what this form asks is written: who recognises
        it and its rank may change meanwhile.
        """
        problem: ProblemStatement = self.instance
        if problem._state.adding:
            problem.save()
        else:
            write_problem(
                problem=problem,
                columns=[name for name in self.fields if name in ASKED_COLUMNS],
            )
        attach_evidence(
            problem=problem,
            scores=[e for e in self._ticked("scores") if isinstance(e, Score)],
            barriers=[e for e in self._ticked("barriers") if isinstance(e, Barrier)],
            on=self.on,
        )
        self._save_m2m()  # type: ignore[attr-defined]  # not in the stubs
        return problem

    def _kept(self) -> dict[str, Score | Barrier]:
        if self.instance.pk is None:
            return {}
        return _by_key(evidence_of(self.instance))

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def _offer_keys(
        self, name: str, offered: Sequence[Score | Barrier], kind: type
    ) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            found = [each for each in offered if isinstance(each, kind)]
            field.choices = [(key, key) for key in dict.fromkeys(e.key for e in found)]
            kept = [key for key, each in self.kept.items() if isinstance(each, kind)]
            field.initial = kept

    def _fill_in(self, suggested: Tags) -> None:
        """Propose the tags that are still open; nothing is saved until somebody does."""
        for name, tag in (
            ("barrier_kind", suggested.kind),
            ("barrier_level", suggested.level),
            ("non_take_up", suggested.non_take_up),
        ):
            if tag is not None:
                self.initial[name] = tag.value

    def _ticks(self) -> Iterator[Tick]:
        ticked = {
            name: set(_values(self[name].value()))
            for name in ("scores", "quotes", "barriers")
        }
        offered = {**self.now, **self.kept}
        scores = [e for e in offered.values() if isinstance(e, Score)]
        barriers = [e for e in offered.values() if isinstance(e, Barrier)]
        field = self.fields["quotes"]
        offered_quotes: Any = (
            field.queryset if isinstance(field, forms.ModelChoiceField) else None
        )
        quotes: list[Quote] = offered_quotes.in_no_order() if offered_quotes else []
        rows: list[tuple[str, str, Score | Quote | Barrier]] = [
            *(("scores", score.key, score) for score in scores),
            *(("quotes", str(quote.pk), quote) for quote in quotes),
            *(("barriers", barrier.key, barrier) for barrier in barriers),
        ]
        for name, value, what in rows:
            yield Tick(name, value, value in ticked[name], what)

    def _ticked(self, name: str) -> list[Score | Barrier]:
        """Return what was ticked: as it was kept, unless renewed or new."""
        renew = self.cleaned_data.get("renew", False)
        first, second = (self.now, self.kept) if renew else (self.kept, self.now)
        return [
            first[key] if key in first else second[key]
            for key in self.cleaned_data[name]
        ]


ASKED_COLUMNS = {
    name
    for name in ProblemStatementForm.Meta.fields
    if name not in ("target_groups", "quotes")
}


class ProblemValidationForm(PrivacyHintMixin, PlainModelForm):
    """What one side said about a statement; asks only what that side is asked.

    The instance carries the words that the page showed, so that an answer to words that
    changed meanwhile is refused.
    Fewer than five people give no answer: what was chosen for them is not kept.
    """

    privacy_fields = ("remark",)

    class Meta:
        model = ProblemValidation
        fields = ["asked_on", "people", "recognition", "confirmation", "remark"]
        widgets = {"recognition": forms.RadioSelect, "confirmation": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_target = self.instance.side == Side.TARGET_GROUP
        del self.fields["confirmation" if is_target else "recognition"]
        terms: Any = Recognition if is_target else Confirmation
        self.answer_name = "recognition" if is_target else "confirmation"
        answer: Any = self.fields[self.answer_name]
        answer.required = True
        answer.choices = terms.choices
        if not is_target:
            self.fields[
                "remark"
            ].help_text = "Verplicht bij ‘akkoord met opmerking’. Zonder namen."

    def clean_asked_on(self) -> date:
        day: date = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Kies vandaag of vroeger.")
        if day < self.instance.problem.stated_on:
            raise ValidationError("Het probleem was toen nog niet geformuleerd.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        people = cleaned.get("people")
        if people is not None and people < THRESHOLD:
            cleaned[self.answer_name] = ""
            self.errors.pop(self.answer_name, None)
        asked, problem = self.instance.wording, self.instance.problem
        if asked and not same_sentence(asked, problem.text):
            self.add_error(None, REWORDED)
        if people is not None and (
            refusal := why_no_remark(
                people=people,
                confirmation=cleaned.get("confirmation", ""),
                remark=cleaned.get("remark", ""),
            )
        ):
            self.add_error("remark", refusal)
        return cleaned


class TopThreeForm(PlainForm):
    """Up to three problems, the most important first."""

    def __init__(
        self,
        *args: Any,
        problems: Sequence[ProblemStatement],
        chosen: Sequence[ProblemStatement] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.problems = {str(problem.pk): problem for problem in problems}
        self.seen = ",".join(str(problem.pk) for problem in chosen)
        labels = ("Wat komt eerst?", "En dan?", "En daarna?")
        empty = ("", "Kies")
        for place, (name, label) in enumerate(
            zip(PLACES[: max(1, len(problems))], labels, strict=False)
        ):
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=place == 0,
                choices=[empty, *((key, p.text) for key, p in self.problems.items())],
                initial=str(chosen[place].pk) if place < len(chosen) else "",
                error_messages={
                    "required": "Kies een van de mogelijkheden.",
                    "invalid_choice": "Kies een van de mogelijkheden.",
                },
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for name in PLACES:
            value = cleaned.get(name)
            if value and value in seen:
                self.add_error(name, "Dit probleem koos je al. Kies een ander.")
            seen.add(value or "")
        return cleaned

    @property
    def chosen(self) -> list[ProblemStatement]:
        """The chosen problems in order; a place that was skipped moves up."""
        values = [self.cleaned_data.get(name) for name in PLACES]
        return [self.problems[value] for value in values if value]


def _by_key(evidence: Evidence) -> dict[str, Score | Barrier]:
    found: dict[str, Score | Barrier] = {s.key: s for s in evidence.scores}
    return found | {barrier.key: barrier for barrier in evidence.barriers}


def _values(given: Any) -> list[str]:
    """Return what a field of several choices holds, whatever was posted, as text."""
    if not isinstance(given, (list, tuple)):
        return []
    return [str(getattr(each, "pk", each)) for each in given]


def _domain_of(what: Score | Quote | Barrier) -> str:
    return what.domain
