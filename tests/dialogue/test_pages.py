from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import AgendaItem, Conclusion, DialogueSession, SessionState
from kader.vocabulary import DialogueDecision
from tests.factories import (
    AgendaItemFactory,
    ConclusionFactory,
    DialogueSessionFactory,
    ImprovementActionFactory,
    ProblemStatementFactory,
)
from tests.helpers import page_of, post_everything


def url(name, project, *args):
    return reverse(f"dialogue:{name}", args=[project.pk, *args])


def primaries(response):
    """Return the words on every primary button of a page."""
    return [
        " ".join(button.text_content().split())
        for button in page_of(response).xpath(
            "//main//*[contains(@class, 'btn-primary')]"
        )
    ]


@pytest.fixture
def session(project):
    return DialogueSessionFactory(project=project)


def test_an_empty_list_offers_one_thing_to_do(project, coordinator_client):
    response = coordinator_client.get(url("session_list", project))

    assert "Er is nog geen dialoogsessie gepland" in response.content.decode()
    assert primaries(response) == ["Plan een dialoogsessie"]


def test_an_empty_list_offers_a_member_nothing(project, member_client):
    response = member_client.get(url("session_list", project))

    assert primaries(response) == []


def test_the_list_separates_what_comes_from_what_was(project, member_client):
    DialogueSessionFactory(project=project, title="Nog te komen")
    DialogueSessionFactory(project=project, title="Al voorbij", held=True)

    response = member_client.get(url("session_list", project))

    sections = page_of(response).xpath("//main//section")
    assert ["Nog te komen" in s.text_content() for s in sections] == [True, False]
    assert ["Al voorbij" in s.text_content() for s in sections] == [False, True]


def test_a_session_is_planned(project, coordinator_client):
    response = coordinator_client.post(
        url("session_create", project),
        {
            "title": "Dialoog",
            "held_on": timezone.localdate() + timedelta(days=20),
            "place": "Het buurthuis",
            "guide": "Tom",
            "residents_present": 0,
            "ocmw_present": 0,
            "partners_present": 0,
        },
    )

    session = DialogueSession.objects.get()
    assert response.url == session.get_absolute_url()
    assert (session.project, session.state) == (project, SessionState.PLANNED)


def test_a_session_without_preparation_warns(project, session, member_client):
    page = member_client.get(session.get_absolute_url()).content.decode()

    assert "Nog niet voorbereid met de doelgroep" in page


def test_outnumbered_residents_are_named(project, session, member_client):
    session.residents_present, session.ocmw_present = 2, 9
    session.save()

    page = member_client.get(session.get_absolute_url()).content.decode()

    assert "meer dan twee keer zoveel mensen van diensten als bewoners" in page


def test_who_was_there_is_filled_in(project, session, coordinator_client):
    response = post_everything(
        coordinator_client,
        url("session_edit", project, session.pk),
        residents_present=["12"],
    )

    assert response.status_code == 302
    session.refresh_from_db()
    assert session.residents_present == 12


def test_the_primary_button_follows_the_session(project, session, coordinator_client):
    def ask():
        return primaries(coordinator_client.get(session.get_absolute_url()))

    assert ask() == ["Zet een punt op de agenda"]

    item = AgendaItemFactory(session=session)
    assert ask() == ["Schrijf de conclusie over punt 1"]

    conclusion = ConclusionFactory(session=session, agenda_item=item)
    assert ask() == [f"Vraag het aan beide kanten: {conclusion.text}"]

    conclusion.target_confirmation = conclusion.provider_confirmation = "agreed"
    conclusion.save()
    assert ask() == ["Sluit de sessie af"]

    session.state = SessionState.CLOSED
    session.save()
    assert ask() == []


def test_a_session_that_has_to_come_asks_for_its_agenda(project, coordinator_client):
    session = DialogueSessionFactory(
        project=project, held_on=timezone.localdate() + timedelta(days=9)
    )
    AgendaItemFactory(session=session)

    response = coordinator_client.get(session.get_absolute_url())

    assert primaries(response) == ["Zet een punt op de agenda"]


def test_a_problem_is_suggested_and_put_on_the_agenda(
    project, session, coordinator_client
):
    problem = ProblemStatementFactory(project=project)
    address = f"{url('agenda_item_create', project, session.pk)}?probleem={problem.pk}"

    assert (
        address in coordinator_client.get(session.get_absolute_url()).content.decode()
    )
    response = post_everything(coordinator_client, address)

    assert response.url == session.get_absolute_url()
    assert AgendaItem.objects.get().problem_statement == problem


@pytest.mark.parametrize("value", ["0", "x", "", "9" * 30, "²"])
def test_an_unknown_problem_in_the_address_is_not_found(
    project, session, coordinator_client, value
):
    response = coordinator_client.get(
        url("agenda_item_create", project, session.pk), {"probleem": value}
    )

    assert response.status_code == 404


def test_a_problem_of_another_project_in_the_address_is_not_found(
    project, session, coordinator_client
):
    response = coordinator_client.get(
        url("agenda_item_create", project, session.pk),
        {"probleem": ProblemStatementFactory().pk},
    )

    assert response.status_code == 404


def test_a_point_goes_after_a_question(project, session, coordinator_client):
    item = AgendaItemFactory(session=session)
    address = url("agenda_item_delete", project, session.pk, item.pk)

    assert coordinator_client.get(address).status_code == 200
    assert AgendaItem.objects.exists()
    coordinator_client.post(address)

    assert not AgendaItem.objects.exists()


def test_a_point_with_a_conclusion_stays_and_says_why(
    project, session, coordinator_client
):
    conclusion = ConclusionFactory(session=session)

    response = coordinator_client.post(
        url("agenda_item_delete", project, session.pk, conclusion.agenda_item_id)
    )

    page = response.content.decode()
    assert "Daarom blijft het staan" in page
    assert "<title>Fout: " in page


def test_a_conclusion_is_written_and_changed(project, session, coordinator_client):
    item = AgendaItemFactory(session=session)

    coordinator_client.post(
        url("conclusion_create", project, session.pk, item.pk),
        {"text": "We bellen.", "decision": DialogueDecision.DO},
    )
    conclusion = Conclusion.objects.get()
    response = post_everything(
        coordinator_client,
        url("conclusion_edit", project, session.pk, conclusion.pk),
        text=["We bellen na zes maanden."],
    )

    assert response.url == conclusion.get_absolute_url()
    conclusion.refresh_from_db()
    assert conclusion.text == "We bellen na zes maanden."
    assert conclusion.agenda_item == item
    session.refresh_from_db()
    assert session.state == SessionState.HELD


def test_a_missing_reason_is_said_at_the_field(project, session, coordinator_client):
    item = AgendaItemFactory(session=session)

    response = coordinator_client.post(
        url("conclusion_create", project, session.pk, item.pk),
        {"text": "Geen app.", "decision": DialogueDecision.DO_NOT},
    )

    assert "de groep heeft recht op uitleg" in response.content.decode()
    assert not Conclusion.objects.exists()


def test_a_member_writes_down_what_the_sides_say(project, session, member_client):
    conclusion = ConclusionFactory(session=session)

    member_client.post(
        url("conclusion_confirm", project, session.pk, conclusion.pk),
        {
            "target_confirmation": "agreed_with_remark",
            "target_remark": "Ook in de vakantie.",
            "provider_confirmation": "agreed",
        },
    )

    conclusion.refresh_from_db()
    assert conclusion.is_confirmed
    page = member_client.get(session.get_absolute_url()).content.decode()
    assert "Ook in de vakantie." in page


def test_a_conclusion_leads_to_its_problem_and_its_actions(
    project, session, member_client
):
    conclusion = ConclusionFactory(session=session)
    action = ImprovementActionFactory(project=project, conclusion=conclusion)
    problem = conclusion.agenda_item.problem_statement

    page = member_client.get(session.get_absolute_url()).content.decode()

    assert problem.get_absolute_url() in page
    assert action.get_absolute_url() in page
    new = reverse("improvement_actions:action_create", args=[project.pk])
    assert f"{new}?conclusie={conclusion.pk}" in page


def test_what_is_not_done_offers_no_action(project, session, coordinator_client):
    ConclusionFactory(
        session=session, decision=DialogueDecision.DO_NOT, reason="Te duur."
    )

    page = coordinator_client.get(session.get_absolute_url()).content.decode()

    assert "Te duur." in page
    assert "?conclusie=" not in page


def test_a_session_closes_after_a_question(project, coordinator_client):
    session = DialogueSessionFactory(project=project, held=True)
    ConclusionFactory(session=session, confirmed=True)
    address = url("session_close", project, session.pk)

    assert coordinator_client.get(address).status_code == 200
    response = coordinator_client.post(address)

    assert response.url == session.get_absolute_url()
    session.refresh_from_db()
    assert session.is_closed


def test_a_session_with_an_open_question_says_which(project, coordinator_client):
    session = DialogueSessionFactory(project=project, held=True)
    ConclusionFactory(session=session, text="We bellen.")

    response = coordinator_client.post(url("session_close", project, session.pk))

    assert "“We bellen.”" in response.content.decode()
    session.refresh_from_db()
    assert not session.is_closed


def test_a_closed_session_shows_everything_and_changes_nothing(
    project, coordinator_client
):
    session = DialogueSessionFactory(project=project, closed=True)
    conclusion = ConclusionFactory(session=session, confirmed=True)
    item = conclusion.agenda_item
    ProblemStatementFactory(project=project)
    addresses = [
        url("session_edit", project, session.pk),
        url("session_close", project, session.pk),
        url("agenda_item_create", project, session.pk),
        url("agenda_item_delete", project, session.pk, item.pk),
        url("conclusion_create", project, session.pk, item.pk),
        url("conclusion_edit", project, session.pk, conclusion.pk),
        url("conclusion_confirm", project, session.pk, conclusion.pk),
    ]

    page = coordinator_client.get(session.get_absolute_url()).content.decode()

    assert conclusion.text in page
    for address in addresses:
        assert address not in page
        answer = coordinator_client.post(address, {"minutes": 20})
        assert "is afgesloten" in answer.content.decode(), address
    conclusion.refresh_from_db()
    assert conclusion.is_confirmed


def test_whoever_only_reads_sees_no_buttons(project, session, member_client):
    AgendaItemFactory(session=session)

    page = member_client.get(session.get_absolute_url()).content.decode()

    assert "Schrijf de conclusie" not in page
    assert "Wijzig de gegevens" not in page
