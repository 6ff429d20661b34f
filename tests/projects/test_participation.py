"""The participatiecheck: seven moments, their gaps, and how they are noted (R9)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import ParticipationMoment, ParticipationState, Phase
from projects import services
from projects.models import ParticipationCheck, Project
from projects.participation import PHASE_OF_MOMENT, QUESTIONS, check_participation
from tests.factories import ParticipationCheckFactory
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db


def url(name, project, *more):
    return reverse(f"projects:{name}", args=[project.pk, *more])


def text(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def noted(moment, state):
    return ParticipationCheck(moment=moment, state=state, text="Zo ging het.")


def gap_of(moment, state, phase):
    checks = [noted(moment, state)] if state else []
    lines = check_participation(checks, phase=phase).lines
    return next(line.gap for line in lines if line.moment is moment)


def test_the_seven_moments_stand_in_order_with_a_question_each():
    participation = check_participation([], phase=Phase.PREPARATION)

    assert [line.moment for line in participation.lines] == list(ParticipationMoment)
    assert all(line.question.endswith("?") for line in participation.lines)
    assert QUESTIONS.keys() == PHASE_OF_MOMENT.keys() == set(ParticipationMoment)


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (0, "Bij geen van de 7 momenten deed de groep al mee."),
        (3, "Bij 3 van de 7 momenten deed de groep mee."),
        (7, "Bij alle 7 momenten deed de groep mee."),
    ],
)
def test_the_sentence_counts_the_moments_that_happened(done, sentence):
    checks = [
        noted(moment, ParticipationState.DONE)
        for moment in list(ParticipationMoment)[:done]
    ]

    participation = check_participation(checks, phase=Phase.PREPARATION)

    assert participation.done == done
    assert participation.sentence == sentence


def test_planned_and_refused_moments_do_not_count_as_done():
    checks = [
        noted(ParticipationMoment.PREPARATION, ParticipationState.PLANNED),
        noted(ParticipationMoment.ANALYSIS, ParticipationState.NONE),
    ]

    assert check_participation(checks, phase=Phase.ANALYSIS).done == 0


@pytest.mark.parametrize(
    ("state", "phase", "gap"),
    [
        (None, Phase.PREPARATION, ""),
        (
            None,
            Phase.ANALYSIS,
            "Nog niemand schreef op hoe de groep meedoet aan de analyse.",
        ),
        (
            None,
            Phase.DIALOGUE,
            "Nog niemand schreef op hoe de groep meedeed aan de analyse.",
        ),
        (ParticipationState.PLANNED, Phase.ANALYSIS, ""),
        (
            ParticipationState.PLANNED,
            Phase.DIALOGUE,
            "Voor de analyse stond het gepland. Kijk na of het gebeurde.",
        ),
        (ParticipationState.NONE, Phase.PREPARATION, ""),
        (
            ParticipationState.NONE,
            Phase.ANALYSIS,
            "Aan de analyse doet de groep niet mee.",
        ),
        (
            ParticipationState.NONE,
            Phase.EXECUTION,
            "Aan de analyse deed de groep niet mee.",
        ),
        (ParticipationState.DONE, Phase.PREPARATION, ""),
        (ParticipationState.DONE, Phase.ANCHORING, ""),
    ],
)
def test_a_gap_is_a_begun_moment_without_the_group(state, phase, gap):
    assert gap_of(ParticipationMoment.ANALYSIS, state, phase) == gap


def test_feedback_belongs_to_the_execution_and_evaluation_comes_after():
    gaps = check_participation([], phase=Phase.EXECUTION).gaps

    assert [line.moment for line in gaps] == list(ParticipationMoment)[:5]


def test_words_are_owed_in_every_state(project):
    for state in ParticipationState:
        with pytest.raises(ValidationError, match="Schrijf in één zin hoe"):
            services.note_participation(
                project=project,
                moment=ParticipationMoment.DIALOGUE,
                state=state,
                text="  ",
                on=date(2026, 11, 21),
            )

    assert not ParticipationCheck.objects.exists()


def test_noting_a_moment_again_replaces_what_stood_there(project):
    earlier = ParticipationCheckFactory(project=project)

    services.note_participation(
        project=project,
        moment=ParticipationMoment.PREPARATION,
        state=ParticipationState.NONE,
        text="Het lukte niet.",
        on=date(2026, 11, 21),
    )

    earlier.refresh_from_db()
    assert ParticipationCheck.objects.count() == 1
    assert (earlier.state, earlier.text) == ("none", "Het lukte niet.")
    assert earlier.checked_on == date(2026, 11, 21)


def test_the_page_names_gaps_and_what_is_still_asked(member_client, project):
    Project.objects.update(phase=Phase.ANALYSIS)
    ParticipationCheckFactory(project=project, state=ParticipationState.DONE)

    page = text(member_client.get(url("participation_list", project)))

    assert "Bij 1 van de 7 momenten deed de groep mee." in page
    assert "Nog niemand schreef op hoe de groep meedoet aan de analyse." in page
    assert "Twee mensen van de groep kozen mee." in page
    assert "Werken ze mee aan de acties? Komt nog Schrijf het op" in page
    assert "Nog niet nagekeken" in page


@pytest.mark.parametrize("state", list(ParticipationState))
def test_a_member_notes_how_the_group_took_part(member_client, project, state):
    moment = ParticipationMoment.FEEDBACK

    answer = post_everything(
        member_client,
        url("participation_edit", project, moment),
        state=state.value,
        text="We vertelden het in het buurthuis.",
    )

    check = project.participation_checks.get()
    assert answer.url == url("participation_list", project)
    assert (check.moment, check.state) == (moment, state)
    assert check.checked_on == timezone.localdate()


@pytest.mark.parametrize("typed", ["", "  \n "])
def test_a_state_without_words_is_refused_at_the_words(member_client, project, typed):
    answer = post_everything(
        member_client,
        url("participation_edit", project, ParticipationMoment.DIALOGUE),
        state="none",
        text=typed,
    )

    told = page_of(answer).xpath("string(//*[@id='id_text_error'])")
    assert "Schrijf in één zin hoe, of waarom niet." in told
    assert not ParticipationCheck.objects.exists()


def test_the_form_opens_with_what_was_noted(member_client, project):
    ParticipationCheckFactory(project=project)

    page = page_of(
        member_client.get(
            url("participation_edit", project, ParticipationMoment.PREPARATION)
        )
    )

    assert page.xpath("//input[@name='state' and @checked]/@value") == ["done"]
    assert "kozen mee" in page.xpath("string(//textarea)")


@pytest.mark.parametrize("moment", ["onbekend", "feedback", "Analyse", "1"])
def test_a_moment_that_does_not_exist_is_not_found(member_client, project, moment):
    answer = member_client.get(f"{url('participation_list', project)}{moment}/")

    assert answer.status_code == 404
