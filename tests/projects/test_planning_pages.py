"""What the pages of the planning say and do, beyond who may open them."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import ConditionAnswer, Feasibility, Phase, SteeringGroupRole
from projects.feasibility import mark_of
from projects.models import Planning, Role
from tests.factories import (
    FeasibilityVoteFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanningFactory,
    PlanningStepFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)
from tests.helpers import count_queries, filled_in, form_on, page_of, post_everything

pytestmark = pytest.mark.django_db


def url(name, project, *ids):
    return reverse(f"projects:{name}", args=[project.pk, *ids])


def text(response):
    assert isinstance(response, HttpResponse)
    said = " ".join(page_of(response).xpath("string(//main)").split())
    return said.replace("\xa0", " ")


def links(response):
    return page_of(response).xpath("//main//a/@href")


def primary(response):
    return page_of(response).xpath("//main//*[contains(@class, 'btn-primary')]")


def value(response, name):
    return page_of(response).xpath("//main//*[@name=$name]/@value", name=name)


@pytest.fixture
def current(project):
    """Give a version with one step that waits for judgments."""
    planning = PlanningFactory(project=project, agreed_on=None, remark="Niet in mei.")
    PlanningStepFactory(
        planning=planning, title="Groepsgesprekken", hours=20, euros=1250
    )
    return planning


@pytest.fixture
def seat(project, member):
    """Seat the member whose client the test uses."""
    return SteeringGroupMemberFactory(project=project, user=member)


# --- reading ----------------------------------------------------------------


def test_without_a_planning_only_the_coordinator_is_asked_for_one(
    coordinator_client, member_client, project
):
    for_coordinator = coordinator_client.get(url("planning", project))
    for_member = member_client.get(url("planning", project))

    assert url("planning_create", project) in links(for_coordinator)
    assert url("planning_create", project) not in links(for_member)
    assert "Daarna zegt elk lid of het haalbaar is." in text(for_member)


def test_a_planning_without_steps_says_so(coordinator_client, project):
    PlanningFactory(project=project)

    page = text(coordinator_client.get(url("planning", project)))

    assert "In deze planning staan nog geen stappen." in page


def test_the_steps_are_drawn_and_told_with_their_total(member_client, project, current):
    PlanningStepFactory(planning=current, hours=None, euros=80, owner=None)

    answer = member_client.get(url("planning", project))

    page = text(answer)
    assert len(page_of(answer).xpath("//main//*[contains(@class, 'gantt-box')]")) == 2
    assert "2 stappen" in page
    assert "1 330 euro" in page
    assert "nog niemand" in page


def test_the_planning_shows_earlier_versions_and_what_the_group_misses(
    member_client, project
):
    PlanningFactory(project=project, target_participants=20)
    PlanningFactory(project=project, target_participants=31, agreed_on=None)

    page = text(member_client.get(url("planning", project)))

    assert "Planning 2" in page
    assert "31 mensen" in page
    assert "Mensen van de doelgroep: 31 in plaats van 20." in page
    assert "Dit is een grote wijziging: alle leden geven opnieuw hun oordeel." in page
    assert "Vorige planningen" in page
    assert "Er is nog niemand van het OCMW en van een basiswerking" in page
    assert "goedkeuren kan pas als de groep volledig is" in page


def test_an_approved_planning_says_since_when(member_client, project):
    today = timezone.localdate()
    PlanningFactory(project=project, agreed_on=today)

    page = text(member_client.get(url("planning", project)))

    assert "Goedgekeurd op" in page
    assert "Er is nog niemand van het OCMW" not in page


def test_every_judgment_is_shown_with_its_answer(coordinator_client, project, current):
    member = SteeringGroupMemberFactory(project=project, name="Griet")
    FeasibilityVoteFactory(
        planning=current,
        member=member,
        conditional=True,
        answer=ConditionAnswer.NOT_ACCEPTED,
        answer_text="Dat lukt niet.",
        answered_on=timezone.localdate(),
    )
    gone = SteeringGroupMemberFactory(project=project, name="Lena", ended=True)
    FeasibilityVoteFactory(planning=current, member=gone)

    page = text(coordinator_client.get(url("planning", project)))

    assert "“Als het na de vakantie is.”" in page
    assert ": Dat lukt niet." in page
    assert "Oordeelt niet meer mee." in page
    assert "Niet haalbaar voor iedereen" in page


def test_who_still_has_to_vote_sees_one_button_for_it(
    member_client, project, current, seat
):
    before = primary(member_client.get(url("planning", project)))
    FeasibilityVoteFactory(planning=current, member=seat)
    after = primary(member_client.get(url("planning", project)))

    assert [button.get("href") for button in before] == [url("planning_vote", project)]
    assert after == []


def test_a_coordinator_with_a_seat_votes_first(
    coordinator_client, coordinator, project, current
):
    SteeringGroupMemberFactory(project=project, user=coordinator)

    buttons = primary(coordinator_client.get(url("planning", project)))

    assert [button.text for button in buttons] == ["Geef je oordeel"]


def test_the_coordinator_is_led_to_what_waits(coordinator_client, project, current):
    aloud = SteeringGroupMemberFactory(project=project)
    alone = MembershipFactory(project=project)
    own = SteeringGroupMemberFactory(project=project, user=alone.user)
    vote = FeasibilityVoteFactory(planning=current, member=own, conditional=True)

    found = links(coordinator_client.get(url("planning", project)))

    assert url("planning_vote_record", project, aloud.pk) in found
    assert url("planning_vote_record", project, own.pk) not in found
    assert url("vote_answer", project, vote.pk) in found


def test_a_member_is_not_led_to_what_the_coordinator_does(
    member_client, project, current, seat
):
    FeasibilityVoteFactory(planning=current, member=seat, conditional=True)

    found = links(member_client.get(url("planning", project)))

    assert not [link for link in found if "/oordelen/" in link]
    assert url("planning_create", project) not in found


def test_forty_members_cost_no_more_queries_than_one(
    coordinator_client, project, current
):
    FeasibilityVoteFactory(planning=current)
    one = count_queries(coordinator_client, url("planning", project))
    for member in SteeringGroupMemberFactory.create_batch(40, project=project):
        FeasibilityVoteFactory(planning=current, member=member)

    assert count_queries(coordinator_client, url("planning", project)) == one


# --- noting the approval ----------------------------------------------------


def test_the_approval_is_noted_when_a_seat_ended(coordinator_client, project, current):
    for grassroots in (False, True):
        organisation = OrganisationFactory(project=project, grassroots=grassroots)
        FeasibilityVoteFactory(
            planning=current,
            member=SteeringGroupMemberFactory(
                project=project, organisation=organisation
            ),
        )
    page = coordinator_client.get(url("planning", project))

    answer = coordinator_client.post(url("planning_settle", project), follow=True)

    assert "Klaar om goed te keuren" in text(page)
    assert page_of(page).xpath(
        "//form[@action=$to]", to=url("planning_settle", project)
    )
    assert "is goedgekeurd." in text(answer)
    assert Planning.objects.get().agreed_on == timezone.localdate()


def test_the_approval_is_not_noted_before_its_time(
    coordinator_client, project, current
):
    SteeringGroupMemberFactory(project=project)

    answer = coordinator_client.post(url("planning_settle", project), follow=True)

    assert "Er valt nu niets goed te keuren." in text(answer)
    assert Planning.objects.get().agreed_on is None


def test_without_a_planning_there_is_nothing_to_approve(coordinator_client, project):
    answer = coordinator_client.post(url("planning_settle", project), follow=True)

    assert "Er valt nu niets goed te keuren." in text(answer)


# --- a next version ---------------------------------------------------------


def test_a_first_planning_proposes_the_steps_of_the_method(coordinator_client, project):
    TargetGroupFactory.create_batch(2, project=project, chosen=True)

    page = coordinator_client.get(url("planning_create", project))

    assert value(page, "target_participants") == ["24"]
    assert value(page, "steps-4-title") == ["Dialoog"]
    assert value(page, "steps-8-title") == []
    assert page_of(page).xpath("//main//input[@name='steps-8-title']")
    assert not page_of(page).xpath("//main//input[@name='is_major']")


def test_a_first_planning_is_saved_with_the_steps_that_remain(
    coordinator_client, project
):
    answer = post_everything(
        coordinator_client,
        url("planning_create", project),
        target_participants="24",
        target_not_reached="6",
        target_providers="20",
        **emptied(0),
        **{"steps-6-title": "Nog iets", "steps-6-phase": "anchoring"},
        **{"steps-6-starts_on": "2027-05-01", "steps-6-ends_on": "2027-05-01"},
    )

    planning = Planning.objects.get()
    titles = [step.title for step in planning.steps.all()]
    assert answer.status_code == 302
    assert len(titles) == 6
    assert "Nog iets" in titles
    assert "Stuurgroep samenstellen en doelgroepen kiezen" not in titles


def emptied(number):
    names = ("title", "starts_on", "ends_on", "hours", "euros")
    return {f"steps-{number}-{name}": "" for name in names}


def test_a_next_planning_starts_from_the_current_and_asks_approval_again(
    coordinator_client, project
):
    before = PlanningFactory(project=project, remark="Niet in mei.")
    PlanningStepFactory(planning=before, title="Groepsgesprekken")

    answer = post_everything(
        coordinator_client,
        url("planning_create", project),
        target_providers="12",
        is_major="on",
        change_note="We horen minder diensten.",
    )

    newest = Planning.objects.get(version=2)
    assert answer.status_code == 302
    assert (newest.target_participants, newest.target_providers) == (30, 12)
    assert newest.remark == "Niet in mei."
    assert newest.change_note == "We horen minder diensten."
    assert newest.steps.get().title == "Groepsgesprekken"
    assert newest.agreed_on is None


def test_a_big_change_is_saved_only_after_saying_so(coordinator_client, project):
    PlanningFactory(project=project)

    answer = post_everything(
        coordinator_client, url("planning_create", project), target_providers="12"
    )

    assert "Dit is een grote wijziging: Je veranderde dagen," in text(answer)
    assert "Alle leden geven opnieuw hun oordeel. Kruis dit aan" in text(answer)
    assert value(answer, "target_providers") == ["12"]
    assert project.plannings.count() == 1


def test_a_big_change_loses_nothing_when_nobody_judged_yet(
    coordinator_client, project, current
):
    answer = post_everything(
        coordinator_client,
        url("planning_create", project),
        follow=False,
        target_providers="12",
    )

    assert answer.status_code == 302
    assert project.plannings.current().is_major


def test_a_small_change_keeps_the_approval(coordinator_client, project):
    before = PlanningFactory(project=project)
    PlanningStepFactory(planning=before)

    post_everything(
        coordinator_client, url("planning_create", project), remark="Niet in juni."
    )

    newest = Planning.objects.get(version=2)
    assert newest.agreed_on == before.agreed_on
    assert not newest.is_major


def test_an_unchanged_planning_makes_no_version(coordinator_client, project, current):
    answer = post_everything(coordinator_client, url("planning_create", project))

    assert "Er is niets veranderd aan de planning." in text(answer)
    assert project.plannings.count() == 1


def test_two_coordinators_at_once_lose_nothing(coordinator_client, project, current):
    address = url("planning_create", project)
    typed = filled_in(form_on(coordinator_client.get(address)))
    typed["remark"] = ["Wat ik typte."]
    other = PlanningFactory(project=project, agreed_on=None, target_providers=99)
    PlanningStepFactory(planning=other, title="Van mijn collega", hours=7)

    refused = coordinator_client.post(address, typed)
    again = post_again(coordinator_client, address, refused)

    page = text(refused)
    assert "Intussen bewaarde iemand anders planning 2." in page
    assert "Hulp- en dienstverleners: 99 in plaats van 15." in page
    assert "Nieuwe stap: Van mijn collega" in page
    assert "Wat ik typte." in page
    assert again.status_code == 302
    assert project.plannings.current().version == 3


def post_again(client, address, answer):
    """Send the page that came back as it stands, knowing now what changed."""
    return client.post(address, filled_in(form_on(answer)))


def test_what_is_wrong_in_a_row_is_told_at_its_field(
    coordinator_client, project, current
):
    other = OrganisationFactory()

    answer = post_everything(
        coordinator_client,
        url("planning_create", project),
        **{
            "steps-0-owner": str(other.pk),
            "steps-0-hours": "-1",
            "steps-1-title": "Achterstevoren",
            "steps-1-phase": "analysis",
            "steps-1-starts_on": "2026-03-02",
            "steps-1-ends_on": "2026-03-01",
            "steps-2-title": "Ooit",
            "steps-2-starts_on": "1026-03-02",
        },
    )

    page = text(answer)
    start = project.started_on.year
    assert "Stap 2, tot en met: Het einde ligt voor het begin." in page
    assert f"Stap 3, van: Kies een dag tussen {start - 2} en {start + 10}." in page
    assert "Stap 3, fase: Kies een van de mogelijkheden." in page
    assert "Stap 3, tot en met: Vul dit nog in." in page
    assert "Stap 1, wie trekt dit?: Kies een van de mogelijkheden." in page
    assert value(answer, "steps-1-title") == ["Achterstevoren"]
    assert project.plannings.count() == 1


def rows(count):
    """Return what a browser posts for so many filled rows."""
    day = timezone.localdate().isoformat()
    given = {"steps-TOTAL_FORMS": str(count), "steps-INITIAL_FORMS": "0"}
    for number in range(count):
        row = {"title": f"Stap {number}", "phase": Phase.ANALYSIS}
        row |= {"starts_on": day, "ends_on": day}
        given |= {f"steps-{number}-{name}": typed for name, typed in row.items()}
    return given


@pytest.mark.parametrize(("count", "is_saved"), [(60, True), (61, False), (90, False)])
def test_a_planning_has_at_most_sixty_steps(
    coordinator_client, project, count, is_saved
):
    answer = coordinator_client.post(
        url("planning_create", project),
        rows(count)
        | {
            "seen": "0",
            "target_participants": "24",
            "target_not_reached": "0",
            "target_providers": "20",
        },
    )

    assert project.plannings.exists() == is_saved
    if not is_saved:
        assert "hoogstens 60 stappen" in text(answer)


@pytest.mark.parametrize(
    "broken",
    [{"steps-TOTAL_FORMS": "tien"}, {"steps-TOTAL_FORMS": "-5"}, {"seen": "²"}],
    ids=str,
)
def test_a_broken_page_saves_nothing(coordinator_client, project, current, broken):
    answer = post_everything(
        coordinator_client, url("planning_create", project), **broken
    )

    assert answer.status_code == 200
    assert project.plannings.count() == 1


# --- judging ----------------------------------------------------------------


def test_a_member_judges_in_one_form(member_client, project, current, seat):
    answer = post_everything(
        member_client,
        url("planning_vote", project),
        choice=Feasibility.FEASIBLE_IF,
        condition="Als iemand mij vervangt.",
    )

    vote = current.votes.get()
    assert answer.status_code == 302
    assert (vote.member, vote.condition) == (seat, "Als iemand mij vervangt.")
    assert vote.recorded_by is None


def test_the_form_shows_what_changed_and_the_steps_of_my_organisation(
    member_client, project, current, seat
):
    newer = PlanningFactory(
        project=project, agreed_on=None, change_note="Er komt een gesprek bij."
    )
    PlanningStepFactory(
        planning=newer, title="Extra gesprek", owner=seat.organisation, hours=6
    )

    page = text(member_client.get(url("planning_vote", project)))

    assert "Er komt een gesprek bij." in page
    assert "Nieuwe stap: Extra gesprek" in page
    assert f"Wat {seat.organisation} trekt" in page


@pytest.mark.parametrize(
    ("choice", "condition", "told"),
    [
        ("", "", "Kies een van de mogelijkheden."),
        ("feasible_if", "", "Schrijf in één zin wat er moet veranderen."),
        ("not_feasible", " ", "Schrijf in één zin waarom het niet lukt."),
        ("feasible", "Maar niet op 3 december.", "Kies ‘haalbaar als …’"),
        ("feasible_if", "x" * 1001, "1000"),
    ],
)
def test_an_incomplete_judgment_is_not_stored(
    member_client, project, current, seat, choice, condition, told
):
    answer = post_everything(
        member_client,
        url("planning_vote", project),
        choice=choice,
        condition=condition,
    )

    assert told in text(answer)
    assert not current.votes.exists()


def test_a_judgment_about_a_page_that_is_overtaken_is_not_stored(
    member_client, project, current, seat
):
    address = url("planning_vote", project)
    typed = filled_in(form_on(member_client.get(address))) | {"choice": "feasible"}
    PlanningFactory(project=project, agreed_on=None, target_providers=99)

    refused = member_client.post(address, typed)
    again = post_again(member_client, address, refused)

    assert "Intussen is er een nieuwe planning." in text(refused)
    assert "Hulp- en dienstverleners: 99 in plaats van 15." in text(refused)
    assert not current.votes.exists()
    assert again.status_code == 302
    assert project.plannings.current().votes.count() == 1


def test_a_judgment_without_a_version_is_not_stored(
    member_client, project, current, seat
):
    answer = member_client.post(
        url("planning_vote", project), {"choice": "feasible", "seen": ""}
    )

    assert "Intussen is er een nieuwe planning." in text(answer)
    assert not current.votes.exists()


def test_my_judgment_can_be_changed_and_the_answer_goes(
    member_client, project, current, seat
):
    FeasibilityVoteFactory(
        planning=current,
        member=seat,
        conditional=True,
        answer=ConditionAnswer.ACCEPTED,
        answered_on=timezone.localdate(),
    )
    page = member_client.get(url("planning_vote", project))

    post_everything(
        member_client, url("planning_vote", project), choice="feasible", condition=""
    )

    vote = current.votes.get()
    assert "Het antwoord van de coördinator vervalt dan." in text(page)
    assert (vote.choice, vote.answer) == ("feasible", "")


def test_without_a_seat_the_page_explains_and_has_no_form(
    member_client, project, current
):
    page = member_client.get(url("planning_vote", project))
    answer = member_client.post(
        url("planning_vote", project), {"choice": "feasible", "seen": "1"}
    )

    assert "Je zit niet in de stuurgroep." in text(page)
    assert "Je zit niet in de stuurgroep." in text(answer)
    assert not page_of(page).xpath("//main//form")
    assert not current.votes.exists()


def test_an_observer_reads_why_there_is_no_form(
    member_client, member, project, current
):
    SteeringGroupMemberFactory(
        project=project, user=member, role=SteeringGroupRole.OBSERVER
    )

    answer = member_client.post(
        url("planning_vote", project), {"choice": "feasible", "seen": "1"}
    )

    assert "Waarnemers oordelen niet mee." in text(answer)
    assert not current.votes.exists()


def test_without_a_planning_there_is_nothing_to_judge(member_client, project, seat):
    page = member_client.get(url("planning_vote", project))

    assert "Er is nog geen planning." in text(page)


def test_an_approved_planning_is_not_judged_again(member_client, project, seat):
    PlanningFactory(project=project)

    page = member_client.get(url("planning_vote", project))

    assert "Deze planning is al goedgekeurd." in text(page)


# --- noting what somebody said ----------------------------------------------


def test_the_coordinator_notes_a_judgment_under_an_own_name(
    coordinator_client, coordinator, project, current
):
    member = SteeringGroupMemberFactory(project=project, name="Griet")
    address = url("planning_vote_record", project, member.pk)
    page = text(coordinator_client.get(address))

    answer = post_everything(
        coordinator_client,
        address,
        choice="not_feasible",
        condition="Te veel tegelijk.",
    )

    vote = current.votes.get()
    assert "Lukt het voor dit lid?" in page
    assert answer.status_code == 302
    assert (vote.member, vote.recorded_by) == (member, coordinator)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"role": SteeringGroupRole.OBSERVER}, "oordeelt nu niet mee"),
        ({"ended": True}, "oordeelt nu niet mee"),
        ({"since": timezone.localdate() + timedelta(days=9)}, "oordeelt nu niet mee"),
    ],
    ids=["an observer", "who left", "who has yet to begin"],
)
def test_a_judgment_that_nobody_needs_is_not_noted(
    coordinator_client, project, current, changed, told
):
    member = SteeringGroupMemberFactory(project=project, **changed)
    address = url("planning_vote_record", project, member.pk)

    answer = coordinator_client.post(address, {"choice": "feasible", "seen": "1"})

    assert told in text(answer)
    assert not current.votes.exists()


def test_the_judgment_of_who_has_an_account_is_not_noted(
    coordinator_client, project, current, seat
):
    address = url("planning_vote_record", project, seat.pk)

    answer = coordinator_client.post(address, {"choice": "feasible", "seen": "1"})

    assert "heeft een account en oordeelt zelf." in text(answer)
    assert not current.votes.exists()


def test_noting_needs_an_open_planning(coordinator_client, project):
    member = SteeringGroupMemberFactory(project=project)
    address = url("planning_vote_record", project, member.pk)
    without = text(coordinator_client.get(address))
    PlanningFactory(project=project)

    approved = text(coordinator_client.get(address))

    assert "Er is nog geen planning." in without
    assert "Deze planning is al goedgekeurd." in approved


def test_a_noted_judgment_about_an_old_version_is_not_stored(
    coordinator_client, project, current
):
    member = SteeringGroupMemberFactory(project=project)
    PlanningFactory(project=project, agreed_on=None)

    answer = coordinator_client.post(
        url("planning_vote_record", project, member.pk),
        {"choice": "feasible", "seen": str(current.version)},
    )

    assert "Intussen is er een nieuwe planning." in text(answer)
    assert not current.votes.exists()


def test_a_member_of_another_project_is_not_found(coordinator_client, project, current):
    stranger = SteeringGroupMemberFactory()

    answer = coordinator_client.get(url("planning_vote_record", project, stranger.pk))

    assert answer.status_code == 404


# --- answering --------------------------------------------------------------


def test_the_coordinator_accepts_a_condition(coordinator_client, project, current):
    vote = FeasibilityVoteFactory(planning=current, conditional=True)

    answer = post_everything(
        coordinator_client,
        url("vote_answer", project, vote.pk),
        answer=ConditionAnswer.ACCEPTED,
    )

    vote.refresh_from_db()
    assert answer.status_code == 302
    assert vote.is_positive
    assert vote.answered_on == timezone.localdate()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"answer": ""}, "Kies een van de mogelijkheden."),
        ({"answer": "not_accepted"}, "Schrijf in één zin waarom het niet kan."),
        ({"answer": "accepted", "answer_text": "x" * 1001}, "1000"),
    ],
    ids=str,
)
def test_an_incomplete_answer_is_not_stored(
    coordinator_client, project, current, given, told
):
    vote = FeasibilityVoteFactory(planning=current, conditional=True)

    answer = post_everything(
        coordinator_client, url("vote_answer", project, vote.pk), **given
    )

    vote.refresh_from_db()
    assert told in text(answer)
    assert vote.answer == ""


def test_a_condition_that_changed_meanwhile_is_shown_before_it_is_answered(
    coordinator_client, project, current
):
    vote = FeasibilityVoteFactory(planning=current, conditional=True)
    address = url("vote_answer", project, vote.pk)
    typed = filled_in(form_on(coordinator_client.get(address)))
    vote.condition = "Als iemand mij vervangt."
    vote.save()

    answer = coordinator_client.post(address, typed | {"answer": "accepted"})

    assert "Lees het opnieuw." in text(answer)
    assert "Als iemand mij vervangt." in text(answer)
    assert value(answer, "seen") == [mark_of(vote)]
    vote.refresh_from_db()
    assert vote.answer == ""


def test_not_feasible_is_explained_to_whoever_answers(
    coordinator_client, project, current
):
    vote = FeasibilityVoteFactory(
        planning=current, choice=Feasibility.NOT_FEASIBLE, condition="Geen tijd."
    )

    page = text(coordinator_client.get(url("vote_answer", project, vote.pk)))

    assert "Dat blijft zo, ook na je antwoord" in page


def test_what_needs_no_answer_has_no_form(coordinator_client, project, current):
    plain = FeasibilityVoteFactory(planning=current)
    page = coordinator_client.get(url("vote_answer", project, plain.pk))
    vote = FeasibilityVoteFactory(planning=current, conditional=True)
    Planning.objects.update(agreed_on=timezone.localdate())

    answer = coordinator_client.post(
        url("vote_answer", project, vote.pk),
        {"answer": "accepted", "seen": mark_of(vote)},
    )

    vote.refresh_from_db()
    assert "Er is niets te beantwoorden." in text(page)
    assert not page_of(page).xpath("//main//form")
    assert "al goedgekeurd" in text(answer)
    assert vote.answer == ""


def test_only_votes_about_the_current_version_are_answered(
    coordinator_client, project, current
):
    old = FeasibilityVoteFactory(planning=current, conditional=True)
    strange = FeasibilityVoteFactory(conditional=True)
    PlanningFactory(project=project, agreed_on=None)

    statuses = {
        coordinator_client.get(url("vote_answer", project, vote.pk)).status_code
        for vote in (old, strange)
    }

    assert statuses == {404}


def test_without_a_planning_no_vote_is_found(coordinator_client, project):
    strange = FeasibilityVoteFactory(conditional=True)

    answer = coordinator_client.get(url("vote_answer", project, strange.pk))

    assert answer.status_code == 404


def test_basiswerking_judges_as_well(grassroots_client, grassroots, project, current):
    assert project.memberships.get(user=grassroots).role == Role.GRASSROOTS
    SteeringGroupMemberFactory(project=project, user=grassroots)

    post_everything(grassroots_client, url("planning_vote", project), choice="feasible")

    assert current.votes.count() == 1
