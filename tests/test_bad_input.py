"""Whatever is typed, nothing breaks: a Dutch sentence at the field, and the text is kept.

The fields are read from the page itself, so a new form is walked without being named.
"""

import copy
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django import forms
from django.test.client import MULTIPART_CONTENT, encode_multipart
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings, strategies as st

from kader.plain_forms import PlainFormMixin
from kader.vocabulary import AnswerOption, Scale
from lpk_site.access_table import ACCESS_TABLE
from rechtencirkel.models import RoundQuestion
from rechtencirkel.sheet import MAX_ROWS, read_page
from tests.helpers import filled_in, forged_ids, form_on, page_of
from tests.world import (
    FORM_ROUTES,
    UNSAFE_ROUTES,
    Persona,
    Scope,
    ask,
    is_of_project,
    is_public,
)

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]

HUGE = "x" * 20_000
SURROGATE = "\ud800"
HOSTILE = "<script>alert('ha')</script>"
TOO_LONG_A_NUMBER = str(10**30)

WORDS = ["NaN", "‮omgekeerd", "  ", HOSTILE, "{{ 7 }}", "=1+1", "ﷺ" * 50]
REFUSED = {
    "text": [HUGE, "voor\x00na"],
    "number": ["tien", "NaN", "Infinity", "-1", TOO_LONG_A_NUMBER, str(2**31), "1e9"],
    "date": ["31/02/2026", "0000-00-00", "99999-01-01", "morgen", TOO_LONG_A_NUMBER],
    "choice": ["onbekend", "-1", TOO_LONG_A_NUMBER, str(2**63), "NaN", "a\x00b"],
    "yes": [],
    "hidden": [],
    # Text instead of a file: as if nothing was chosen.
    "file": ["geen bestand"],
}
ODD = {
    "text": WORDS,
    "number": ["", " 7 ", "٧", "0x10", "1_000", "12,5"],
    "date": ["0001-01-01", "9999-12-31", "1/1/1", "2026-2-29"],
    "choice": ["", "0", "True"],
    "yes": ["", "nee", HUGE, "a\x00b"],
    "hidden": ["", "-1", "NaN", TOO_LONG_A_NUMBER, HUGE, "a\x00b"],
    "file": ["", HUGE],
}
ENGLISH = re.compile(
    r"\b(this field|select a|enter a|ensure|required|valid choice|please|must be|"
    r"already exists|is not one of|too long|cannot|invalid|does not)\b",
    re.IGNORECASE,
)

# Pages whose form asks a question or holds a sheet: there is no Form class to feed.
WITHOUT_FORM_CLASS = {
    "accounts:calendar_feed_delete",
    "projects:meeting_delete",
    "projects:meeting_item_delete",
    "projects:matrix_round_open",
    "projects:membership_delete",
    "projects:partner_delete",
    "projects:opportunity_delete",
    "projects:target_group_delete",
    "rechtencirkel:conversation_delete",
    "rechtencirkel:quote_withdraw",
    "rechtencirkel:problem_statement_delete",
    "rechtencirkel:question_reset",
    "rechtencirkel:link_close",
    "rechtencirkel:sheet_edit",
    "rechtencirkel:sheet_photo_delete",
    "rechtencirkel:live_room",
    "rechtencirkel:live_vote",
}

PAGES = [name for name in UNSAFE_ROUTES if "GET" in ACCESS_TABLE[name].methods]


@dataclass(frozen=True)
class Field:
    """One question of a form as a browser sees it."""

    name: str
    kind: str
    is_required: bool
    is_secret: bool
    options: tuple


def fields_of(form):
    """Return the questions of a form; the pieces of one question are taken together."""
    fields = {}
    for control in form.xpath(".//input[@name]|.//select[@name]|.//textarea[@name]"):
        name = control.get("name")
        if name == "csrfmiddlewaretoken":
            continue
        kind = kind_of(control)
        options = options_of(control, kind)
        if name in fields:
            options = (*fields[name].options, *options)
            kind = "choice"
        fields[name] = Field(
            name=name,
            kind=kind,
            is_required=control.get("required") is not None,
            is_secret=control.get("type") == "password",
            options=options,
        )
    return list(fields.values())


def kind_of(control):
    if control.tag == "select":
        return "choice"
    kind = control.get("type", "text")
    if kind == "checkbox":
        return "yes" if control.get("value") in (None, "on", "1") else "choice"
    return {
        "radio": "choice",
        "number": "number",
        "date": "date",
        "hidden": "hidden",
        "submit": "hidden",
        "file": "file",
    }.get(kind, "text")


def options_of(control, kind):
    if control.tag == "select":
        return tuple(option.get("value", "") for option in control.iter("option"))
    return (control.get("value"),) if kind == "choice" else ()


def likely(field):
    """Return an answer that a careful person might give."""
    if field.kind == "choice":
        return next((value for value in field.options if value), "")
    return {"number": "7", "date": "2026-03-03", "yes": "on", "hidden": ""}.get(
        field.kind, "Een gewone zin."
    )


def persona_for(name):
    if is_of_project(name):
        return Persona.COORDINATOR
    if name == "mfa_activate_totp":
        return Persona.STRANGER
    return Persona.ANONYMOUS if is_public(name) else Persona.PLATFORM_ADMIN


class Walk:
    """One page with a form, opened as somebody who may send it."""

    def __init__(self, world, name):
        self.client = world.client(persona_for(name))
        self.cookies = world.cookies(persona_for(name))
        self.url = world.url(name)
        self.page = ask(self.client, "GET", self.url, cookies=self.cookies)

    @property
    def shows_a_form(self):
        """Whether the page asks something at all: some send you elsewhere first."""
        return self.page.status == 200

    def fields(self):
        """Return the questions; of a row that repeats only the first is walked."""
        families = {}
        for field in fields_of(form_on(self.page.response)):
            families.setdefault(re.sub(r"\d+", "#", field.name), field)
        return list(families.values())

    def likely_answers(self):
        given = filled_in(form_on(self.page.response))
        return {
            field.name: [likely(field)]
            for field in fields_of(form_on(self.page.response))
            if field.kind != "hidden"
        } | {name: values for name, values in given.items() if any(values)}

    def post(self, data):
        body = encode_multipart("BoUnDaRyStRiNg", data)
        return ask(
            self.client,
            "POST",
            self.url,
            cookies=self.cookies,
            data=body,
            content_type=MULTIPART_CONTENT,
        )

    def post_raw(self, body):
        return ask(
            self.client,
            "POST",
            self.url,
            cookies=self.cookies,
            data=body,
            content_type="application/x-www-form-urlencoded",
        )


def errors_at(page, field):
    """Return the sentences beside a field, looking outward from it inside the form.

    What is wrong with a password is told once, about the whole form.
    """
    if field.is_secret:
        told = page.xpath("//*[contains(@class, 'error')]")
        return [error.text_content().strip() for error in told]
    for control in page.xpath("//*[@name=$name]", name=field.name):
        for around in control.iterancestors():
            if around.tag in ("form", "main"):
                break
            found = around.xpath(".//*[contains(@class, 'error-text')]")
            if found:
                return [error.text_content().strip() for error in found]
    return []


def is_kept(page, name, typed):
    for control in page.xpath("//*[@name=$name]", name=name):
        shown = control.text if control.tag == "textarea" else control.get("value")
        if (shown or "").strip() == typed.strip():
            return True
    return False


def faults_of_refusal(answer, field, typed):
    """Say what is wrong with how a page refuses what was typed in one field."""
    if answer.status >= 500:
        return [f"breaks: {answer}"]
    if answer.status in (301, 302, 303):
        return ["is accepted"]
    page = page_of(answer.response)
    told = errors_at(page, field)
    faults = [] if told else ["says nothing at the field"]
    faults += [f"speaks English: {error}" for error in told if ENGLISH.search(error)]
    visible = field.kind in ("text", "number", "date") and not field.is_secret
    if visible and "\x00" not in typed and not is_kept(page, field.name, typed):
        faults.append("forgets what was typed")
    return faults


def short(value):
    return repr(value[:24] if isinstance(value, str) else value)


def wrong_answers(fields):
    """Yield posts that are wrong: every field alone, then all fields at once."""
    wrong = {
        field: REFUSED[field.kind] + [""] * (field.kind == "text" and field.is_required)
        for field in fields
    }
    for field, values in wrong.items():
        if values:
            yield {field: values[0]}
    for step in range(max(map(len, wrong.values()), default=0)):
        yield {
            field: values[step] for field, values in wrong.items() if step < len(values)
        }


def odd_answers(fields, answers):
    """Yield posts that a program, or somebody in a hurry, might send."""
    yield "nothing", {}
    yield "what anybody would say", answers
    for field in fields:
        name = field.name
        yield f"no {name}", {key: answers[key] for key in answers if key != name}
        yield f"{name} twice", answers | {name: answers.get(name, []) * 2}
        for typed in ODD[field.kind] if field.kind != "text" else ():
            yield f"{name} = {short(typed)}", answers | {name: [typed]}
    for typed in ODD["text"]:
        texts = {field.name: [typed] for field in fields if field.kind == "text"}
        yield f"every text = {short(typed)}", answers | texts


@pytest.mark.parametrize("name", PAGES)
def test_what_cannot_be_right_is_refused_at_its_field(world, name):
    walk = Walk(world, name)
    fields = walk.fields() if walk.shows_a_form else []
    answers = walk.likely_answers() if walk.shows_a_form else {}
    faults = []

    for wrong in wrong_answers(fields):
        answer = walk.post(answers | {field.name: [wrong[field]] for field in wrong})
        faults += [
            f"{field.name} = {short(typed)} {fault}"
            for field, typed in wrong.items()
            for fault in faults_of_refusal(answer, field, typed)
        ]

    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_is_typed_breaks_a_page(world, name):
    walk = Walk(world, name)
    fields = walk.fields() if walk.shows_a_form else []
    answers = walk.likely_answers() if walk.shows_a_form else {}
    broken = []

    for what, data in odd_answers(fields, answers):
        answer = walk.post(data)
        if answer.status >= 500:
            broken.append(f"{what}: {answer}")
        elif HOSTILE in answer.response.content.decode(errors="replace"):
            broken.append(f"{what}: is not escaped")

    assert broken == []


@pytest.mark.parametrize("name", UNSAFE_ROUTES)
def test_bytes_that_are_no_text_break_nothing(world, name):
    walk = Walk(world, name)
    names = (
        [f.name for f in walk.fields()]
        if "GET" in ACCESS_TABLE[name].methods and walk.shows_a_form
        else ["onbekend"]
    )
    bodies = [
        "&".join(f"{urlencode({field: ''})}{junk}" for field in names)
        for junk in ("%ED%A0%80", "%00", "%FF%FE", "%C0%AF", "%zz", "%E2%80%AE")
    ]

    answers = [
        walk.post_raw(body) for body in [*bodies, b"\xff\xfe=&&&=%&\x00", "=" * 99]
    ]

    assert [str(answer) for answer in answers if answer.status >= 500] == []


@pytest.mark.parametrize("name", [name for name in PAGES if is_of_project(name)])
def test_a_row_of_another_municipality_is_refused(world, name):
    walk = Walk(world, name)
    forged = forged_ids(world.projects[Scope.OTHER_MUNICIPALITY])
    faults = []

    for field in walk.fields():
        if field.kind == "choice" and field.name in forged:
            answers = walk.likely_answers() | {field.name: [str(forged[field.name])]}
            faults += [
                f"{field.name}: {fault}"
                for fault in faults_of_refusal(walk.post(answers), field, "")
            ]

    assert faults == []


# --- the form classes themselves, with invented input -----------------------


def invented(field):
    """Return a strategy for what a stranger's program might send for one field."""
    known = []
    if isinstance(field, forms.ChoiceField):
        known = [str(key) for key, _ in field.choices if not isinstance(key, tuple)][
            :12
        ]
    odd = [HUGE, SURROGATE, "a\x00b", TOO_LONG_A_NUMBER, "-1", "NaN", "9999-12-31", ""]
    one = st.one_of(
        st.sampled_from([*odd, *known]),
        st.text(max_size=40),
        st.integers().map(str),
        st.dates().map(str),
        st.floats().map(str),
    )
    return st.lists(one, max_size=3)


def fed(form, posted):
    """Return a copy of a form as if this had been posted to it."""
    again = copy.copy(form)
    again.fields = copy.deepcopy(form.fields)
    if hasattr(form, "instance"):
        again.instance = copy.copy(form.instance)
    again.is_bound, again._errors, again._bound_fields_cache = True, None, {}
    again.data = MultiValueDict(posted)
    again.files = MultiValueDict()
    return again


def sentences(form):
    return [sentence for errors in form.errors.values() for sentence in errors]


def storable(value):
    return "\x00" not in value and value == value.encode("utf-8", "ignore").decode()


@pytest.mark.parametrize("name", sorted(set(FORM_ROUTES) - WITHOUT_FORM_CLASS))
def test_no_invented_input_breaks_a_form(world, name):
    form = Walk(world, name).page.response.context["form"]
    assert isinstance(form, PlainFormMixin)

    @settings(
        max_examples=100,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.fixed_dictionaries(
            {}, optional={key: invented(field) for key, field in form.fields.items()}
        )
    )
    def holds(posted):
        again = fed(
            form, {form.add_prefix(key): value for key, value in posted.items()}
        )
        is_valid = again.is_valid()
        assert [told for told in sentences(again) if ENGLISH.search(told)] == []
        if is_valid:
            texts = [v for v in again.cleaned_data.values() if isinstance(v, str)]
            assert all(map(storable, texts))

    holds()


# --- a page of a sheet, which is no form ------------------------------------


QUESTIONS = [
    RoundQuestion(pk=1, code="A", scale=Scale.AGREEMENT),
    RoundQuestion(pk=2, code="B", scale=""),
    RoundQuestion(pk=3, code="C", scale=Scale.POINTS),
]
SHEET_KEYS = [
    *(f"t-1-{option.value}" for option in AnswerOption),
    *(f"s-{points}" for points in range(12)),
    "p-way",
    "p-joint",
    "o-2",
    *(
        f"{row}-{number}-{part}"
        for row, parts in {
            "quote": ("text", "dialogue", "report", "outside", "checked"),
            "barrier": ("text", "kind", "level", "type"),
        }.items()
        for number in (0, 1, MAX_ROWS - 1, MAX_ROWS)
        for part in parts
    ),
]
TYPED = st.one_of(
    st.sampled_from(
        ["", "0", "3", "8", "9", "-1", "joint", "stickers", "awareness", "execution"]
    ),
    st.sampled_from([HUGE, SURROGATE, "a\x00b", TOO_LONG_A_NUMBER, "NaN", "٧", "1e3"]),
    st.text(max_size=60),
    st.integers().map(str),
)


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(
    posted=st.dictionaries(st.sampled_from(SHEET_KEYS), TYPED, max_size=20),
    people=st.integers(1, 500),
)
def test_a_page_of_a_sheet_never_holds_what_cannot_be(posted, people):
    page = read_page(posted, questions=QUESTIONS, people=people)

    assert all(isinstance(told, str) and told for told in page.errors.values())
    assert not any(ENGLISH.search(told) for told in page.errors.values())
    if page.is_valid:
        per_question = sum(page.options.values())
        assert per_question <= people
        assert sum(page.sticker_points.values()) <= people
        assert all(0 <= points <= 10 for points in page.sticker_points)
        assert page.joint_points is None or 0 <= page.joint_points <= 10
        texts = [*page.answers.values(), *(q.text for q in page.quotes)]
        assert all(map(storable, texts + [b.text for b in page.barriers]))
