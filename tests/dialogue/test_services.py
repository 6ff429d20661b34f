from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dialogue import services
from dialogue.models import AgendaItem, Conclusion, SessionState
from kader.vocabulary import Confirmation, DialogueDecision, ServiceDomain, Side
from tests.factories import (
    AgendaItemFactory,
    ConclusionFactory,
    DialogueSessionFactory,
    ProblemStatementFactory,
)

pytestmark = pytest.mark.django_db


def add_item(session):
    return services.add_agenda_item(
        item=AgendaItem(
            session=session,
            problem_statement=ProblemStatementFactory(project=session.project),
        )
    )


def positions(session):
    return list(session.agenda.values_list("position", flat=True))


def test_points_of_the_agenda_are_numbered_in_order():
    session = DialogueSessionFactory()

    items = [add_item(session) for _ in range(3)]

    assert list(session.agenda.all()) == items
    assert positions(session) == [1, 2, 3]


def test_the_others_are_numbered_again_when_a_point_goes():
    session = DialogueSessionFactory()
    first, second, third = (add_item(session) for _ in range(3))

    services.remove_agenda_item(item=first)

    assert list(session.agenda.all()) == [second, third]
    assert positions(session) == [1, 2]
    assert add_item(session).position == 3


def test_a_point_with_a_conclusion_stays():
    conclusion = ConclusionFactory()

    with pytest.raises(ValidationError, match="al een conclusie"):
        services.remove_agenda_item(item=conclusion.agenda_item)

    assert AgendaItem.objects.filter(pk=conclusion.agenda_item_id).exists()


def test_the_first_conclusion_makes_a_session_held():
    session = DialogueSessionFactory()
    item = AgendaItemFactory(session=session)

    conclusion = services.record_conclusion(
        conclusion=Conclusion(
            session=session,
            agenda_item=item,
            text="We doen het.",
            decision=DialogueDecision.DO,
        )
    )

    assert conclusion.pk
    assert session.state == SessionState.HELD
    session.refresh_from_db()
    assert session.state == SessionState.HELD


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Iets anders."},
        {"decision": DialogueDecision.EXPLORE, "reason": "Eerst rekenen."},
        {"reason": "Een betere reden."},
    ],
)
def test_both_sides_confirm_again_when_the_words_change(change):
    conclusion = ConclusionFactory(confirmed=True)
    for name, value in change.items():
        setattr(conclusion, name, value)

    services.record_conclusion(conclusion=conclusion)

    conclusion.refresh_from_db()
    assert [answer.confirmation for answer in conclusion.answers] == [None, None]


def test_a_remark_about_who_disagrees_changes_no_confirmation():
    conclusion = ConclusionFactory(confirmed=True)
    conclusion.dissent = "Eén partner twijfelt."

    services.record_conclusion(conclusion=conclusion)

    conclusion.refresh_from_db()
    assert conclusion.is_confirmed


def test_two_sides_can_answer_at_the_same_time():
    conclusion = ConclusionFactory()
    seen_earlier = Conclusion.objects.get(pk=conclusion.pk)
    conclusion.target_confirmation = Confirmation.AGREED
    services.confirm_conclusion(conclusion=conclusion, changed=["target_confirmation"])
    seen_earlier.provider_confirmation = Confirmation.NOT_AGREED

    services.confirm_conclusion(
        conclusion=seen_earlier, changed=["provider_confirmation"]
    )

    conclusion.refresh_from_db()
    assert conclusion.is_confirmed


def test_the_residents_answer_first():
    conclusion = ConclusionFactory(
        target_confirmation=Confirmation.AGREED_WITH_REMARK,
        target_remark="Ook in de vakantie.",
    )

    residents, services_side = conclusion.answers

    assert residents.side == Side.TARGET_GROUP
    assert residents.confirmation == Confirmation.AGREED_WITH_REMARK
    assert residents.remark == "Ook in de vakantie."
    assert (services_side.side, services_side.confirmation) == (Side.PROVIDERS, None)


def test_a_session_closes_once_both_sides_confirmed_everything():
    session = DialogueSessionFactory(held=True)
    ConclusionFactory(session=session, confirmed=True)

    services.close_session(session=session, on=timezone.localdate())

    session.refresh_from_db()
    assert session.is_closed


def test_a_session_with_an_open_question_does_not_close():
    session = DialogueSessionFactory(held=True)
    ConclusionFactory(session=session, confirmed=True)
    ConclusionFactory(
        session=session, text="We bellen.", target_confirmation=Confirmation.AGREED
    )

    with pytest.raises(ValidationError, match="We bellen"):
        services.close_session(session=session, on=timezone.localdate())

    session.refresh_from_db()
    assert not session.is_closed


def test_a_session_without_conclusions_does_not_close():
    session = DialogueSessionFactory()

    with pytest.raises(ValidationError, match="nog geen enkele conclusie"):
        services.close_session(session=session, on=timezone.localdate())


def test_a_session_that_has_to_come_does_not_close():
    conclusion = ConclusionFactory(confirmed=True)
    session = conclusion.session

    with pytest.raises(ValidationError, match="moet nog plaatsvinden"):
        services.close_session(session=session, on=session.held_on - timedelta(days=1))


def test_nothing_changes_in_a_closed_session():
    conclusion = ConclusionFactory(session__closed=True, session__held=False)
    item = conclusion.agenda_item
    session = conclusion.session
    changes = [
        lambda: services.save_session(session=session),
        lambda: add_item(session),
        lambda: services.remove_agenda_item(item=item),
        lambda: services.record_conclusion(conclusion=conclusion),
        lambda: services.confirm_conclusion(
            conclusion=conclusion, changed=["target_confirmation"]
        ),
        lambda: services.close_session(session=session, on=timezone.localdate()),
    ]

    for change in changes:
        with pytest.raises(ValidationError, match="is afgesloten"):
            change()


def test_saving_a_form_that_was_open_for_long_keeps_the_state():
    session = DialogueSessionFactory()
    stale = type(session).objects.get(pk=session.pk)
    ConclusionFactory(session=session)
    type(session).objects.filter(pk=session.pk).update(state=SessionState.HELD)

    stale.place = "De kantine"
    services.save_session(session=stale)

    session.refresh_from_db()
    assert (session.place, session.state) == ("De kantine", SessionState.HELD)


@pytest.mark.parametrize(
    ("residents", "others", "out_of_balance"),
    [(0, 0, False), (5, 10, False), (5, 11, True), (0, 1, True), (6, 0, False)],
)
def test_residents_are_outnumbered_beyond_two_to_one(residents, others, out_of_balance):
    session = DialogueSessionFactory.build(
        project=None, residents_present=residents, partners_present=others
    )

    assert session.is_out_of_balance is out_of_balance


def test_a_problem_on_the_agenda_is_no_longer_suggested():
    session = DialogueSessionFactory()
    on_agenda = AgendaItemFactory(session=session).problem_statement
    elsewhere = AgendaItemFactory(
        session=DialogueSessionFactory(project=session.project)
    ).problem_statement
    ProblemStatementFactory()

    assert list(session.problems_to_discuss()) == [elsewhere]
    assert on_agenda not in session.problems_to_discuss()


def test_a_point_is_about_the_domains_of_its_problem_or_its_own():
    problem = ProblemStatementFactory(
        domains=(ServiceDomain.ACCESS, ServiceDomain.AFTERCARE)
    )
    about_problem = AgendaItemFactory(
        session__project=problem.project, problem_statement=problem
    )
    about_domain = AgendaItemFactory(about_domain=True)

    assert about_problem.domains == (ServiceDomain.ACCESS, ServiceDomain.AFTERCARE)
    assert about_domain.domains == (ServiceDomain.ACCESS,)
    assert str(about_domain) == "Verschil van mening over toegang"
