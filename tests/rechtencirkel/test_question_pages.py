from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import AnswerOption, Scale, ServiceDomain, Side
from projects.models import Role
from rechtencirkel.catalogue import read_aids
from rechtencirkel.models import RoundQuestion
from rechtencirkel.services import (
    Wording,
    close_round,
    edit_question,
    load_question_sets,
    open_round,
)
from tests.factories import (
    ConversationFactory,
    OpenAnswerFactory,
    OptionTallyFactory,
    RoundFactory,
)
from tests.helpers import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def measurement(project):
    load_question_sets()
    return open_round(project=project, title="Meting", opened_on=date(2026, 11, 9))


def ask(measurement, code):
    return measurement.questions.get(code=code)


def page(name, measurement, *extra):
    args = [measurement.project_id, measurement.pk, *extra]
    return reverse(f"rechtencirkel:{name}", args=args)


def typed(question, **fields):
    """Return what the form of a question posts when nothing was changed."""
    spoken = {f"taal_{t.language}": t.text for t in question.translations.all()}
    usual = {"text": question.text, "reason": "", "pictogram": ""}
    return usual | spoken | fields


def test_rewording_shows_the_star_and_the_original(coordinator_client, measurement):
    question = ask(measurement, "ONT-D6")

    response = coordinator_client.post(
        page("question_edit", measurement, question.pk),
        typed(question, text="Wat mag anders aan de balie?"),
        follow=True,
    )

    text = response.content.decode()
    assert "ONT-D6* is bewaard." in text
    assert "In de vragenbank staat: “Wat kan beter aan de balie" in text


def test_an_answered_question_keeps_its_words_whatever_is_posted(
    coordinator_client, measurement
):
    question = ask(measurement, "ONT-D6")
    talk = ConversationFactory(project=measurement.project)
    OpenAnswerFactory(conversation=talk, question=question)
    url = page("question_edit", measurement, question.pk)

    assert "De woorden liggen vast" in coordinator_client.get(url).content.decode()
    coordinator_client.post(url, typed(question, text="Anders?", is_hidden="on"))

    after = ask(measurement, "ONT-D6")
    assert (after.text, after.is_hidden) == (question.text, True)


def test_the_condition_of_another_page_is_refused(coordinator_client, measurement):
    question, strange = ask(measurement, "ONT-D6"), ask(measurement, "TGG-D2")

    response = coordinator_client.post(
        page("question_edit", measurement, question.pk),
        typed(question, depends_on=strange.pk, depends_options=["first"]),
    )

    assert "Kies een van de mogelijkheden." in response.content.decode()
    assert ask(measurement, "ONT-D6").depends_on is None


def test_a_condition_without_an_answer_is_explained(coordinator_client, measurement):
    question, parent = ask(measurement, "ONT-D6"), ask(measurement, "ONT-D2")

    response = coordinator_client.post(
        page("question_edit", measurement, question.pk),
        typed(question, depends_on=parent.pk),
    )

    assert "Kies minstens één antwoord." in response.content.decode()


def test_a_question_with_dependents_offers_no_condition(
    coordinator_client, measurement
):
    parent, child = ask(measurement, "ONT-D2"), ask(measurement, "ONT-D6")
    child.depends_on, child.depends_options = parent, (AnswerOption.FIRST,)
    child.save()

    response = coordinator_client.get(page("question_edit", measurement, parent.pk))

    text = response.content.decode()
    assert "Een andere vraag hangt af van deze vraag" in text
    assert 'name="depends_on"' not in text


def test_an_own_question_gets_its_code_and_stands_before_the_points(
    coordinator_client, measurement
):
    coordinator_client.post(
        page("question_create", measurement),
        {
            "text": "Waar kunnen kinderen zitten?",
            "side": Side.TARGET_GROUP,
            "domain": ServiceDomain.RECEPTION,
            "scale": "",
        },
    )

    asked = measurement.questions.filter(
        domain=ServiceDomain.RECEPTION, side=Side.TARGET_GROUP
    )
    assert [q.code for q in asked][-2:] == ["EIGEN-1", "ONT-DP"]


def test_the_short_circle_is_one_button(coordinator_client, measurement):
    response = coordinator_client.post(
        page("question_choose", measurement), {"circle": "short"}, follow=True
    )

    assert "Nieuwe gesprekken krijgen nu 54 vragen." in response.content.decode()


def test_unticked_questions_are_hidden(coordinator_client, measurement):
    one = ask(measurement, "ONT-D6")

    coordinator_client.post(page("question_choose", measurement), {"questions": one.pk})

    assert measurement.questions.asked().count() == 19


@pytest.mark.parametrize("forged", ["9" * 30, "x", "\x00", "-1"])
def test_a_forged_choice_is_refused(coordinator_client, measurement, forged):
    response = coordinator_client.post(
        page("question_choose", measurement), {"questions": forged}
    )

    assert response.status_code == 200
    assert "Kies alleen uit de mogelijkheden" in response.content.decode()
    assert measurement.questions.asked().count() == 109


def test_resetting_asks_first(coordinator_client, measurement):
    question = ask(measurement, "ONT-D6")
    RoundQuestion.objects.filter(pk=question.pk).update(
        text="Anders?", published_text=question.text
    )
    url = page("question_reset", measurement, question.pk)

    assert "Anders?" in coordinator_client.get(url).content.decode()
    assert ask(measurement, "ONT-D6").is_reworded
    coordinator_client.post(url)

    assert not ask(measurement, "ONT-D6").is_reworded


def test_a_closed_round_is_not_prepared_any_more(coordinator_client, measurement):
    question = ask(measurement, "ONT-D6")
    close_round(measurement=measurement, on=timezone.localdate())

    listed = coordinator_client.get(page("question_list", measurement))
    refused = coordinator_client.post(
        page("question_edit", measurement, question.pk), typed(question, text="Anders?")
    )

    assert "Pas aan" not in listed.content.decode()
    assert "Deze meting is afgesloten." in refused.content.decode()


def test_a_question_of_another_round_is_not_found(coordinator_client, measurement):
    strange = RoundFactory().questions.first()

    for name in ("question_edit", "question_reset"):
        response = coordinator_client.get(page(name, measurement, strange.pk))
        assert response.status_code == 404


def test_members_read_the_questions_and_change_nothing(member_client, measurement):
    listed = member_client.get(page("question_list", measurement))
    refused = member_client.get(page("question_choose", measurement))

    assert "Pas aan" not in listed.content.decode()
    assert refused.status_code == 403


def test_arabic_reads_from_right_to_left(member_client, measurement):
    response = member_client.get(page("question_list", measurement) + "?taal=ar")

    text = response.content.decode()
    assert '<p class="spoken" lang="ar" dir="rtl">أفهم الرسائل' in text
    assert "Laat een moedertaalspreker het nalezen" in text


@pytest.mark.parametrize("given", ["", "nl", "xx", "\x00", "ar" * 200])
def test_an_unknown_language_is_plain_dutch(member_client, measurement, given):
    response = member_client.get(page("question_list", measurement), {"taal": given})

    assert 'class="spoken"' not in response.content.decode()


# --- on the sheet ---------------------------------------------------------------


def sheet(talk):
    args = [talk.project_id, talk.pk, ServiceDomain.RECEPTION]
    return reverse("rechtencirkel:sheet_edit", args=args)


def a_talk(measurement, **fields):
    enters = measurement.project.memberships.get(role=Role.GRASSROOTS).user
    return ConversationFactory(
        project=measurement.project,
        round=measurement,
        entered_by=enters,
        domains=[ServiceDomain.RECEPTION, ServiceDomain.AFTERCARE],
        **fields,
    )


@pytest.mark.parametrize("language", ["Turks", "türkçe ", "TURKS"])
def test_the_sheet_speaks_the_language_of_the_talk(
    grassroots_client, measurement, language
):
    talk = a_talk(measurement, language=language)

    text = grassroots_client.get(sheet(talk)).content.decode()

    assert 'lang="tr" dir="ltr">Başkaları dinlemeden' in text
    assert ">Hayır, hiç<" in text


def test_the_sheet_may_be_switched_and_keeps_the_choice(grassroots_client, measurement):
    talk = a_talk(measurement, language="Turks")

    plain = grassroots_client.get(sheet(talk) + "?taal=nl").content.decode()
    saved = grassroots_client.post(sheet(talk) + "?taal=fr", {"version": talk.version})

    assert 'class="spoken"' not in plain
    assert saved.url.endswith("/blad/nazorg/?taal=fr")


def test_own_words_have_no_old_translation(grassroots_client, measurement):
    own = "Wat mag anders aan de balie?"
    question = ask(measurement, "ONT-D6")
    edit_question(question=question, wording=Wording(text=own))

    response = grassroots_client.get(sheet(a_talk(measurement)) + "?taal=fr")

    text = response.content.decode()
    assert own in text
    assert "ONT-D6*: eigen woorden" in text
    assert "au guichet" not in text


def test_answers_to_old_words_are_not_saved_under_new_ones(
    grassroots_client, measurement
):
    talk, question = a_talk(measurement), ask(measurement, "ONT-D6")
    opened = grassroots_client.get(sheet(talk)).context["fingerprint"]
    edit_question(question=question, wording=Wording(text="Wat mag anders?"))
    posted = {"version": talk.version, f"o-{question.pk}": "Een lokaal."}

    refused = grassroots_client.post(sheet(talk), posted | {"asked": opened})
    renewed = refused.context["fingerprint"]
    kept = grassroots_client.post(sheet(talk), posted | {"asked": renewed})

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "De vragen op deze bladzijde zijn intussen veranderd." in text
    assert "Een lokaal." in text
    assert kept.status_code == 302
    assert talk.open_answers.get().text == "Een lokaal."


def test_a_waiting_question_says_when_to_ask_it(grassroots_client, measurement):
    parent, child = ask(measurement, "ONT-D2"), ask(measurement, "ONT-D6")
    child.depends_on, child.depends_options = parent, (AnswerOption.FIRST,)
    child.save()

    text = grassroots_client.get(sheet(a_talk(measurement))).content.decode()

    assert f'data-waits-for="t-{parent.pk}-first"' in text
    told = f"Alleen als iemand bij “{parent.text}” ‘Nee, helemaal niet’ antwoordde."
    assert told in text


def test_a_question_whose_condition_is_hidden_is_just_asked(
    grassroots_client, measurement
):
    parent, child = ask(measurement, "ONT-D2"), ask(measurement, "ONT-D6")
    child.depends_on, child.depends_options = parent, (AnswerOption.FIRST,)
    child.save()
    measurement.questions.filter(pk=parent.pk).update(is_hidden=True)

    text = grassroots_client.get(sheet(a_talk(measurement))).content.decode()

    assert "data-waits-for" not in text
    assert child.text in text


def test_a_hidden_question_is_off_new_sheets_and_stays_on_old_ones(
    grassroots_client, measurement
):
    question = ask(measurement, "ONT-D2")
    old, new = a_talk(measurement), a_talk(measurement)
    OptionTallyFactory(conversation=old, question=question)
    measurement.questions.filter(pk=question.pk).update(is_hidden=True)

    assert question.text in grassroots_client.get(sheet(old)).content.decode()
    assert question.text not in grassroots_client.get(sheet(new)).content.decode()


def test_the_sheet_and_its_print_say_why_and_show_the_drawing(
    grassroots_client, measurement
):
    question = ask(measurement, "ONT-D1")
    talk = a_talk(measurement)
    review = reverse("rechtencirkel:sheet_review", args=[talk.project_id, talk.pk])

    def read(url):
        shown = page_of(grassroots_client.get(url))
        return (
            "Zo horen we hoe het voelt." in shown.xpath("string(//main)"),
            bool(shown.xpath("//main//use[contains(@href, '#house-heart')]")),
        )

    measurement.questions.update(reason="", pictogram="")
    without = read(sheet(talk)), read(review)
    measurement.questions.filter(pk=question.pk).update(
        reason="Zo horen we hoe het voelt.", pictogram="home"
    )

    assert without == ((False, False), (False, False))
    assert (read(sheet(talk)), read(review)) == ((True, True), (True, True))


def test_putting_a_question_back_says_what_goes(coordinator_client, measurement):
    question = ask(measurement, "ONT-D1")

    told = coordinator_client.get(page("question_reset", measurement, question.pk))

    assert "woorden, reden, tekening en vertalingen" in told.content.decode()


@pytest.mark.parametrize("name", ["question_list", "question_choose"])
def test_a_page_with_codes_says_how_to_read_them(coordinator_client, measurement, name):
    text = coordinator_client.get(page(name, measurement)).content.decode()

    assert "Zo lees je een code: ONT-D6 is vraag 6 over Onthaal." in text


# --- starting and comparing -------------------------------------------------------


def start(client, project, **fields):
    usual = {"title": "Nieuw", "opened_on": "2026-11-20", "service": "het OCMW"}
    url = reverse("rechtencirkel:round_create", args=[project.pk])
    return client.post(url, usual | fields)


def test_a_measurement_starts_with_the_short_circle(coordinator_client, project):
    load_question_sets()

    start(coordinator_client, project, size="short")

    assert project.rounds.get().questions.asked().count() == 54


def test_a_started_measurement_shows_its_questions(coordinator_client, project):
    load_question_sets()

    response = start(coordinator_client, project)

    measurement = project.rounds.get()
    shown = page_of(coordinator_client.get(response.url))
    assert response.url == page("question_list", measurement)
    assert set(shown.xpath("//a[@aria-current='page']/text()")) == {"Metingen"}


@pytest.mark.parametrize(("size", "asked"), [("short", 53), ("full", 107)])
def test_a_second_short_circle_asks_what_lies_in_it_and_was_asked(
    coordinator_client, measurement, size, asked
):
    short = read_aids().short_circle
    free = measurement.questions.exclude(scale=Scale.POINTS)
    inside, outside = free.filter(code__in=short), free.exclude(code__in=short)
    hidden = [inside.first().code, outside.first().code]
    measurement.questions.filter(code__in=hidden).update(is_hidden=True)
    close_round(measurement=measurement, on=timezone.localdate())

    response = start(
        coordinator_client, measurement.project, previous=measurement.pk, size=size
    )

    second = measurement.project.rounds.open().get()
    codes = set(second.questions.asked().values_list("code", flat=True))
    told = coordinator_client.get(response.url).content.decode()
    assert len(codes) == asked
    assert not codes & set(hidden)
    assert f"{asked} vragen kun je vergelijken met meting." in told


def test_a_second_measurement_follows_the_first(coordinator_client, measurement):
    question = ask(measurement, "ONT-D6")
    measurement.questions.filter(pk=question.pk).update(is_hidden=True)
    close_round(measurement=measurement, on=timezone.localdate())

    start(coordinator_client, measurement.project, previous=measurement.pk)

    second = measurement.project.rounds.open().get()
    assert ask(second, "ONT-D6").is_hidden


def test_the_round_of_another_project_is_no_example(coordinator_client, measurement):
    close_round(measurement=measurement, on=timezone.localdate())

    response = start(
        coordinator_client, measurement.project, previous=RoundFactory().pk
    )

    assert "Kies een van de mogelijkheden." in response.content.decode()


def compare_url(project):
    return reverse("rechtencirkel:question_compare", args=[project.pk])


def test_two_versions_differ_in_one_question(member_client, project):
    load_question_sets()

    text = member_client.get(compare_url(project)).content.decode()

    assert "Van vragenbank 1 naar vragenbank 2027.1" in text
    assert "Vergelijkbaar: 108 vragen" in text
    assert "Ik kan een afspraak maken zonder telefoon of computer." in text


def test_a_round_is_compared_with_the_bank_by_its_own_words(member_client, measurement):
    bank = measurement.question_set
    question = ask(measurement, "ONT-D1")
    measurement.questions.filter(pk=question.pk).update(
        text="Hoe was het?", published_text=question.text
    )

    text = member_client.get(
        compare_url(measurement.project),
        {"van": f"bank-{bank.pk}", "naar": f"meting-{measurement.pk}"},
    ).content.decode()

    assert "Voorzichtig vergelijken: 1 vraag" in text
    assert "Hoe was het?" in text


@pytest.mark.parametrize("given", ["meting-999999", "bank-x", "\x00", ""])
def test_an_unknown_list_falls_back_on_the_usual_pair(member_client, project, given):
    load_question_sets()

    response = member_client.get(compare_url(project), {"van": given, "naar": given})

    assert "Van vragenbank 1 naar" in response.content.decode()


def test_the_round_of_another_project_cannot_be_compared(member_client, project):
    load_question_sets()
    strange = RoundFactory(title="Meting van elders")

    response = member_client.get(
        compare_url(project),
        {"van": f"meting-{strange.pk}", "naar": f"meting-{strange.pk}"},
    )

    assert "Meting van elders" not in response.content.decode()


def test_without_anything_to_compare_the_page_says_so(member_client, project):
    response = member_client.get(compare_url(project))

    assert "Er is nog niets om te vergelijken" in response.content.decode()
