from datetime import timedelta

import pytest
from django.utils import timezone

from dialogue.forms import AgendaItemForm, ConclusionForm, ConfirmationForm, SessionForm
from dialogue.models import AgendaItem, Conclusion, DialogueSession
from kader.vocabulary import Confirmation, DialogueDecision
from tests.factories import (
    AgendaItemFactory,
    ConclusionFactory,
    DialogueSessionFactory,
    ProblemStatementFactory,
)

pytestmark = pytest.mark.django_db


def session_data(**changed):
    return {
        "title": "Dialoog",
        "held_on": timezone.localdate(),
        "place": "Het gemeentehuis",
        "guide": "Een opbouwwerker",
        "residents_present": 0,
        "ocmw_present": 0,
        "partners_present": 0,
    } | changed


def conclusion_data(**changed):
    return {"text": "We bellen.", "decision": DialogueDecision.DO} | changed


def agenda_form(session, **data):
    return AgendaItemForm({"minutes": 20} | data, instance=AgendaItem(session=session))


def test_the_same_session_twice_is_refused_in_dutch(project):
    DialogueSessionFactory(
        project=project, title="Dialoog", held_on=timezone.localdate()
    )

    form = SessionForm(session_data(), instance=DialogueSession(project=project))

    assert form.non_field_errors() == ["Deze dialoogsessie staat er al in."]


def test_a_session_needs_somebody_who_guides_it(project):
    form = SessionForm(
        session_data(guide=""), instance=DialogueSession(project=project)
    )

    assert form.errors == {"guide": ["Vul dit nog in."]}


def test_the_preparation_comes_before_the_dialogue(project):
    later = timezone.localdate() + timedelta(days=1)

    form = SessionForm(
        session_data(prepared_with_group_on=later),
        instance=DialogueSession(project=project),
    )

    assert list(form.errors) == ["prepared_with_group_on"]


def test_more_people_than_a_hall_holds_are_refused(project):
    form = SessionForm(
        session_data(residents_present=501), instance=DialogueSession(project=project)
    )

    assert list(form.errors) == ["residents_present"]


def test_a_problem_of_another_project_cannot_be_on_the_agenda():
    session = DialogueSessionFactory()

    form = agenda_form(session, problem_statement=ProblemStatementFactory().pk)

    assert form.errors == {"problem_statement": ["Kies een van de mogelijkheden."]}


@pytest.mark.parametrize("both", [True, False])
def test_a_point_is_about_one_thing(both):
    session = DialogueSessionFactory()
    problem = ProblemStatementFactory(project=session.project)

    form = agenda_form(
        session,
        **({"problem_statement": problem.pk, "domain": "access"} if both else {}),
    )

    assert form.non_field_errors() == ["Kies een probleemformulering of een domein."]


def test_a_problem_is_on_an_agenda_once():
    item = AgendaItemFactory()

    form = agenda_form(item.session, problem_statement=item.problem_statement_id)

    assert form.non_field_errors() == ["Dit staat al op de agenda."]


@pytest.mark.parametrize(
    "decision", [DialogueDecision.EXPLORE, DialogueDecision.DO_NOT]
)
def test_what_is_not_done_needs_a_reason(decision):
    item = AgendaItemFactory()

    form = ConclusionForm(
        conclusion_data(decision=decision, reason="  "),
        instance=Conclusion(session=item.session, agenda_item=item),
    )

    assert form.errors == {
        "reason": ["Schrijf waarom: de groep heeft recht op uitleg."]
    }


def test_what_is_done_needs_no_reason():
    item = AgendaItemFactory()

    form = ConclusionForm(
        conclusion_data(), instance=Conclusion(session=item.session, agenda_item=item)
    )

    assert form.is_valid()


@pytest.mark.parametrize("side", ["target", "provider"])
def test_a_remark_is_written_down(side):
    form = ConfirmationForm(
        {f"{side}_confirmation": Confirmation.AGREED_WITH_REMARK},
        instance=ConclusionFactory(),
    )

    assert list(form.errors) == [f"{side}_remark"]


def test_a_side_may_still_have_to_answer():
    form = ConfirmationForm(
        {"target_confirmation": Confirmation.NOT_AGREED}, instance=ConclusionFactory()
    )

    assert form.is_valid()
    assert form.changed_data == ["target_confirmation"]


def test_every_form_refuses_a_closed_session():
    conclusion = ConclusionFactory(session__held=False, session__closed=True)
    session, item = conclusion.session, conclusion.agenda_item
    problem = ProblemStatementFactory(project=session.project)
    forms = [
        SessionForm(session_data(), instance=session),
        agenda_form(session, problem_statement=problem.pk),
        ConclusionForm(
            conclusion_data(), instance=Conclusion(session=session, agenda_item=item)
        ),
        ConclusionForm(conclusion_data(), instance=conclusion),
        ConfirmationForm({}, instance=conclusion),
    ]

    for form in forms:
        assert "is afgesloten" in str(form.non_field_errors())
