from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import (
    ActionStatus,
    AgendaKind,
    EngagementState,
    Feasibility,
    MatrixDecision,
    Side,
)
from reports.meeting_parts import PARTS, build_agenda
from tests.factories import (
    ConversationFactory,
    EngagementFactory,
    FeasibilityVoteFactory,
    FeedbackDutyFactory,
    ImprovementActionFactory,
    MeetingDecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    PlanningFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)
from tests.helpers import page_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def page(client, meeting, name="meeting_detail"):
    return client.get(reverse(f"reports:{name}", args=[meeting.project_id, meeting.pk]))


def main(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def links(response):
    return page_of(response).xpath("//main//a/@href")


def sentences(project, kind):
    return PARTS[kind](project, TODAY).sentences


@pytest.fixture
def soon(project):
    return MeetingFactory(project=project, planned=True)


@pytest.fixture
def past(project):
    return MeetingFactory(project=project, held_on=date(2026, 10, 5))


def test_every_kind_but_the_own_points_has_a_live_part():
    assert set(PARTS) == set(AgendaKind) - {AgendaKind.OWN}


# --- the numbers of the rechtencirkel ----------------------------------------


def test_without_a_measurement_the_interim_says_so(project):
    assert sentences(project, AgendaKind.GAPS) == ("Er is nog geen meting gestart.",)


def test_the_interim_counts_people_and_names_only_what_may_be_shown(
    project, reference_data
):
    ConversationFactory(project=project, people=6, read_back=True)
    ConversationFactory(project=project, people=5, read_back=True)

    told, providers = sentences(project, AgendaKind.GAPS)

    assert told.startswith("11 deelnemers in 2 gesprekken. Voor ")
    assert "(n = 11) kunnen we al iets tonen. Andere domeinen nog niet." in told
    assert providers.startswith("0 hulp- en dienstverleners. We kunnen nog niets tonen")


def test_under_five_people_the_interim_shows_no_domain(project, reference_data):
    talk = ConversationFactory(project=project, people=4, read_back=True)
    ConversationFactory(
        project=project, people=4, side=Side.PROVIDERS, providers=True, handed_in=True
    )

    told = sentences(project, AgendaKind.GAPS)

    assert "4 deelnemers in 1 gesprek. We kunnen nog niets tonen" in told[0]
    assert not [line for line in told if talk.domains[0].label in line or "n =" in line]


def test_a_talk_that_was_not_read_back_does_not_count_yet(project, reference_data):
    ConversationFactory(project=project, people=7, handed_in=TODAY)

    assert sentences(project, AgendaKind.GAPS)[0].startswith(
        "0 deelnemers in 0 gesprekken."
    )


# --- the other parts ---------------------------------------------------------


def test_the_group_names_who_is_missing_and_whom_to_contact(project):
    EngagementFactory(
        project=project,
        organisation__name="Vakbond",
        state=EngagementState.TO_CONTACT,
    )
    EngagementFactory(
        project=project, organisation__name="School", state=EngagementState.ENGAGED
    )

    told = sentences(project, AgendaKind.STEERING_GROUP)

    assert told[0] == "0 leden zitten in de stuurgroep."
    assert "Er is nog niemand van het OCMW en van een basiswerking." in told
    assert told[-1] == "Nog niet gecontacteerd: Vakbond."


def test_the_matrix_names_the_groups_by_decision(project):
    TargetGroupFactory(
        project=project, name="Ouders", decision=MatrixDecision.CHOSEN, reason="Ja."
    )
    for number in range(6):
        TargetGroupFactory(project=project, name=f"Groep {number}")

    assert sentences(project, AgendaKind.MATRIX) == (
        "Gekozen: Ouders.",
        "Nog geen beslissing: Groep 0, Groep 1, Groep 2, Groep 3 en nog 2.",
    )


def test_an_empty_matrix_and_no_planning_are_said(project):
    assert sentences(project, AgendaKind.MATRIX) == (
        "De doelgroepenmatrix is nog leeg.",
    )
    assert sentences(project, AgendaKind.PLANNING) == ("Er is nog geen planning.",)


def test_the_planning_counts_what_the_members_said(project):
    planning = PlanningFactory(project=project, agreed_on=None)
    seats = [SteeringGroupMemberFactory(project=project) for _ in range(4)]
    FeasibilityVoteFactory(planning=planning, member=seats[0])
    FeasibilityVoteFactory(planning=planning, member=seats[1], conditional=True)
    FeasibilityVoteFactory(
        planning=planning,
        member=seats[2],
        choice=Feasibility.NOT_FEASIBLE,
        condition="Geen tijd.",
    )

    told = sentences(project, AgendaKind.PLANNING)[1]

    assert told == (
        "1 lid vindt ze haalbaar, 1 met een voorwaarde, 1 niet. "
        "1 lid gaf nog geen oordeel."
    )


def test_an_agreed_planning_says_since_when(project):
    PlanningFactory(project=project, agreed_on=date(2026, 10, 26))

    told = sentences(project, AgendaKind.PLANNING)

    assert told[1] == "Haalbaar gevonden op 26 oktober 2026."


def test_the_actions_are_counted_and_the_late_ones_named(project):
    ImprovementActionFactory(
        project=project,
        title="De brief",
        status=ActionStatus.DECIDED,
        due_on=TODAY - timedelta(days=1),
    )
    ImprovementActionFactory(project=project, status=ActionStatus.DECIDED, due_on=TODAY)

    assert sentences(project, AgendaKind.ACTIONS) == (
        "2 acties: 2 beslist.",
        "Over tijd: ‘De brief’.",
    )


def test_without_actions_and_duties_that_is_said(project):
    assert sentences(project, AgendaKind.ACTIONS) == (
        "Er zijn nog geen verbeteracties.",
    )
    assert sentences(project, AgendaKind.FEEDBACK) == (
        "Alle groepen hoorden wat er met hun woorden gebeurde.",
    )


def test_the_feedback_names_who_waits(project):
    action = ImprovementActionFactory(project=project, title="De brief")
    for number in range(5):
        FeedbackDutyFactory(
            action=action,
            target_group=TargetGroupFactory(project=project, name=f"Groep {number}"),
            due_on=date(2026, 3, 2) if number == 0 else TODAY + timedelta(days=9),
        )

    told = sentences(project, AgendaKind.FEEDBACK)

    assert told[0] == (
        "Groep 0: nieuws over ‘De brief’, moest verteld zijn voor 2 maart 2026."
    )
    assert told[-1] == "En nog 1 terugkoppeling."


def test_the_part_of_another_project_stays_out(project, past):
    TargetGroupFactory(name="Van elders")
    FeedbackDutyFactory()
    ImprovementActionFactory(title="Van elders")
    for kind in PARTS:
        MeetingItemFactory(meeting=past, kind=kind)

    agenda = build_agenda(project, past, TODAY)

    assert len(agenda) == len(PARTS)
    assert not [
        line for p in agenda for line in p.part.sentences if "Van elders" in line
    ]


# --- the page of a meeting ---------------------------------------------------


def test_a_point_shows_its_part_and_what_was_decided(member_client, past):
    seat = SteeringGroupMemberFactory(
        project=past.project, name="Marleen", is_pseudonym=True
    )
    item = MeetingItemFactory(meeting=past, kind=AgendaKind.MATRIX, title="Wie eerst?")
    MeetingDecisionFactory(
        meeting=past,
        item=item,
        text="We starten met ouders.",
        owner=seat,
        due_on=date(2026, 10, 19),
    )
    MeetingDecisionFactory(meeting=past, text="We stoppen op tijd.")
    past.present.add(seat)

    told = main(page(member_client, past))

    assert told.index("Wie eerst?") < told.index("We starten met ouders.")
    assert "De doelgroepenmatrix is nog leeg." in told
    assert "“Marleen” (schuilnaam) doet dit, tegen 19 oktober 2026." in told
    assert "Ook beslist Beslist We stoppen op tijd." in told


def test_only_the_coordinator_is_sent_to_the_agenda_and_the_minutes(
    coordinator_client, member_client, past, soon
):
    record = reverse("projects:meeting_record", args=[past.project_id, past.pk])
    agenda = reverse("projects:meeting_agenda", args=[soon.project_id, soon.pk])

    assert record in links(page(coordinator_client, past))
    assert agenda in links(page(coordinator_client, soon))
    assert record not in links(page(member_client, past))
    assert agenda not in links(page(member_client, soon))
    assert "nog geen beslissingen" in main(page(member_client, past))
    assert "De agenda is nog leeg." in main(page(member_client, soon))


def test_the_neighbours_are_one_click_away(member_client, past, soon):
    between = MeetingFactory(project=past.project, held_on=TODAY)
    MeetingFactory(held_on=TODAY - timedelta(days=1))

    found = links(page(member_client, between))

    assert past.get_absolute_url() in found
    assert soon.get_absolute_url() in found
    assert "Vorige" not in main(page(member_client, past))


# --- on paper ----------------------------------------------------------------


def test_the_minutes_on_paper_hold_the_whole_evening(member_client, past, soon):
    there = SteeringGroupMemberFactory(project=past.project, name="Els Vandamme")
    SteeringGroupMemberFactory(project=past.project, name="Griet Pauwels")
    past.present.add(there)
    item = MeetingItemFactory(meeting=past, title="Wie missen we?")
    MeetingDecisionFactory(meeting=past, item=item, text="We vragen de school.")
    past.minutes = "De school wil meedoen."
    past.save()

    answer = page(member_client, past, "meeting_minutes")

    told = main(answer)
    assert f"{past.project.municipality}, {past.project.title}" in told
    assert "AanwezigEls Vandamme" in told
    assert "Er niet bijGriet Pauwels" in told
    assert f"Volgende keer{soon.when}" in told
    assert "1 Wie missen we? Beslist We vragen de school." in told
    assert "De school wil meedoen." in told
    assert page_of(answer).xpath("//button[@data-print]")


def test_before_anybody_was_ticked_nobody_is_called_absent(member_client, past):
    SteeringGroupMemberFactory(project=past.project)

    told = main(page(member_client, past, "meeting_minutes"))

    assert "Aanwezignog niet ingevuld" in told
    assert "Er niet bij" not in told
    assert "Volgende keernog niet afgesproken" in told
