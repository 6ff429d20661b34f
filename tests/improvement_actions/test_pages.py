from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement_actions.models import Anchoring, Feedback, ImprovementAction, Signal
from kader.vocabulary import ActionStatus, Competence, DialogueDecision, Werkpiste
from tests.factories import (
    AnchoringFactory,
    ConclusionFactory,
    FeedbackDutyFactory,
    FeedbackFactory,
    FollowUpFactory,
    ImprovementActionFactory,
    OrganisationFactory,
    ProblemStatementFactory,
    SignalFactory,
    TargetGroupFactory,
)
from tests.helpers import filled_in, form_on, page_of, post_everything

TODAY = timezone.localdate()


def url(name, project, *args):
    return reverse(f"improvement_actions:{name}", args=[project.pk, *args])


def text_of(response):
    return " ".join(page_of(response).xpath("//main")[0].text_content().split())


def primaries(response):
    return page_of(response).xpath("//main//*[contains(@class, 'btn-primary')]")


@pytest.fixture
def action(project):
    return ImprovementActionFactory(project=project, running=True)


@pytest.mark.parametrize("name", ["action_list", "feedback_list"])
def test_an_empty_list_offers_a_member_one_thing_to_do(project, member_client, name):
    response = member_client.get(url(name, project))

    assert len(primaries(response)) == 1


def test_nothing_anchored_offers_the_coordinator_one_thing_to_do(
    project, coordinator_client, member_client
):
    address = url("anchoring_list", project)

    assert len(primaries(coordinator_client.get(address))) == 1
    assert len(primaries(member_client.get(address))) == 0


def test_the_list_says_how_many_stand_where(project, member_client):
    ImprovementActionFactory(project=project, running=True)
    ImprovementActionFactory(project=project, running=True)
    ImprovementActionFactory(project=project, stopped=True)

    words = text_of(member_client.get(url("action_list", project)))

    assert "3 verbeteracties: 2 bezig, 1 gestopt." in words
    assert "Er is geen geld." in words


def test_the_list_names_werkpistes_without_action_and_allows_it(project, member_client):
    for werkpiste in Werkpiste:
        if werkpiste != Werkpiste.INFORMATION:
            ImprovementActionFactory(project=project, werkpiste=werkpiste)

    words = text_of(member_client.get(url("action_list", project)))

    assert "Nog geen actie in deze werkpiste: informatie en kennis. Dat mag." in words


def test_the_list_says_which_action_is_late(project, member_client):
    ImprovementActionFactory(
        project=project, running=True, due_on=TODAY - timedelta(days=1)
    )
    ImprovementActionFactory(
        project=project, done=True, due_on=TODAY - timedelta(days=1)
    )

    words = text_of(member_client.get(url("action_list", project)))

    assert words.count("moest klaar zijn op") == 1


def test_a_supporter_reads_titles_without_links(project, action, supporter_client):
    response = supporter_client.get(url("action_list", project))

    assert action.title in text_of(response)
    assert action.get_absolute_url() not in response.content.decode()
    assert primaries(response) == []


def test_a_conclusion_fills_in_the_new_action(project, member_client):
    group = TargetGroupFactory(project=project)
    problem = ProblemStatementFactory(project=project)
    problem.target_groups.add(group)
    conclusion = ConclusionFactory(
        session__project=project,
        agenda_item__problem_statement=problem,
        text="We bellen na zes maanden.",
    )
    address = f"{url('action_create', project)}?conclusie={conclusion.pk}"

    posted = filled_in(form_on(member_client.get(address)))

    assert posted["title"] == ["We bellen na zes maanden"]
    assert posted["conclusion"] == [str(conclusion.pk)]
    assert posted["problem_statement"] == [str(problem.pk)]
    assert posted["domains"] == ["access"]
    assert posted["rights"] == ["income"]
    assert posted["target_groups"] == [str(group.pk)]


def test_one_click_and_an_owner_make_a_decided_action(project, member, member_client):
    group = TargetGroupFactory(project=project)
    problem = ProblemStatementFactory(project=project)
    problem.target_groups.add(group)
    conclusion = ConclusionFactory(
        session__project=project, agenda_item__problem_statement=problem
    )

    response = post_everything(
        member_client,
        f"{url('action_create', project)}?conclusie={conclusion.pk}",
        owner=[OrganisationFactory(project=project).pk],
        werkpiste=[Werkpiste.SERVICE_QUALITY],
    )

    action = ImprovementAction.objects.get()
    assert response.url == f"{action.get_absolute_url()}?partner=vraag"
    assert action.status == ActionStatus.DECIDED
    assert action.follow_ups.get().written_by == member
    assert action.feedback_duties.get().target_group == group
    assert list(action.target_groups.all()) == [group]


@pytest.mark.parametrize(
    ("asked", "chosen"), [("reaching_out", ["reaching_out"]), ("zweven", [])]
)
def test_a_werkpiste_in_the_address_is_chosen_when_it_exists(
    project, member_client, asked, chosen
):
    page = page_of(
        member_client.get(f"{url('action_create', project)}?werkpiste={asked}")
    )

    select = "//select[@name='werkpiste']/option[@selected][@value!='']"
    assert page.xpath(f"{select}/@value") == chosen


def test_a_problem_fills_in_an_idea(project, member_client):
    problem = ProblemStatementFactory(project=project)

    post_everything(
        member_client,
        f"{url('action_create', project)}?probleem={problem.pk}",
        title=["Een idee"],
        owner=[OrganisationFactory(project=project).pk],
        werkpiste=[Werkpiste.SERVICE_QUALITY],
    )

    action = ImprovementAction.objects.get()
    assert (action.problem_statement, action.domains) == (problem, problem.domains)
    assert action.status == ActionStatus.IDEA


@pytest.mark.parametrize("value", ["0", "x", "", "9" * 30, "²"])
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("action_create", "conclusie"),
        ("action_create", "probleem"),
        ("feedback_create", "actie"),
        ("feedback_create", "groep"),
        ("anchoring_create", "actie"),
    ],
)
def test_an_unknown_row_in_the_address_is_not_found(
    project, coordinator_client, name, key, value
):
    assert coordinator_client.get(url(name, project), {key: value}).status_code == 404


@pytest.mark.parametrize(
    ("name", "key", "factory"),
    [
        ("action_create", "conclusie", ConclusionFactory),
        ("action_create", "probleem", ProblemStatementFactory),
        ("feedback_create", "actie", ImprovementActionFactory),
        ("feedback_create", "groep", TargetGroupFactory),
        ("anchoring_create", "actie", ImprovementActionFactory),
    ],
)
def test_a_row_of_another_project_in_the_address_is_not_found(
    project, coordinator_client, name, key, factory
):
    response = coordinator_client.get(url(name, project), {key: factory().pk})

    assert response.status_code == 404


def test_a_project_without_organisations_says_so(project, coordinator_client):
    words = text_of(coordinator_client.get(url("action_create", project)))

    assert "er staat nog geen organisatie in dit project" in words


def test_an_action_with_errors_says_so_in_the_title(project, member_client):
    response = member_client.post(url("action_create", project), {})

    page = response.content.decode()
    assert "<title>Fout: " in page
    assert "Vul dit nog in." in page
    assert not ImprovementAction.objects.exists()


def test_an_action_is_changed_and_keeps_its_status(project, action, member_client):
    response = post_everything(
        member_client, url("action_edit", project, action.pk), title=["Beter"]
    )

    assert response.url == f"{action.get_absolute_url()}?partner=vraag"
    action.refresh_from_db()
    assert (action.title, action.status) == ("Beter", ActionStatus.RUNNING)


def test_the_detail_tells_the_whole_story(project, action, member_client):
    problem = ProblemStatementFactory(project=project)
    action.conclusion = ConclusionFactory(
        session__project=project, agenda_item__problem_statement=problem
    )
    action.participation = "Twee mensen kozen de vragen."
    action.save()
    FollowUpFactory(action=action, text="De eerste lijst is klaar.")
    AnchoringFactory(action=action)
    group = TargetGroupFactory(project=project, name="Jonge ouders")
    FeedbackFactory(project=project, target_group=group, actions=[action])
    FeedbackDutyFactory(action=action, target_group=group)

    response = member_client.get(action.get_absolute_url())

    words = text_of(response)
    assert "De eerste lijst is klaar." in words
    assert "Verteld aan Jonge ouders, 7 aanwezigen. Herkend: ja." in words
    assert "Verankerd:" in words
    assert "Twee mensen kozen de vragen." in words
    page = response.content.decode()
    thread = reverse("reports:thread", args=[project.pk])
    assert f"{thread}#probleem-{problem.pk}" in page
    assert problem.get_absolute_url() in page
    assert action.conclusion.get_absolute_url() in page
    assert f"{url('feedback_create', project)}?actie={action.pk}" in page
    assert len(primaries(response)) == 1


def test_the_scale_runs_from_start_to_goal(project, action, member_client):
    action.indicator = "gesprekken"
    action.indicator_start, action.indicator_now, action.indicator_goal = 0, 14, 40
    action.save()

    response = member_client.get(action.get_absolute_url())

    [bar] = page_of(response).xpath("//main//progress")
    assert (bar.get("value"), bar.get("max")) == ("35", "100")
    assert bar.get("aria-label") == "Nu 14, doel 40 gesprekken"


def test_an_action_without_numbers_draws_no_scale(project, action, member_client):
    response = member_client.get(action.get_absolute_url())

    assert page_of(response).xpath("//main//progress") == []


def test_an_informal_network_without_professional_owner_warns(project, member_client):
    owner = OrganisationFactory(project=project, grassroots=True)
    action = ImprovementActionFactory(
        project=project, owner=owner, werkpiste=Werkpiste.INFORMAL_NETWORKS
    )

    words = text_of(member_client.get(action.get_absolute_url()))

    assert "Geef deze actie een dienst als eigenaar" in words


def test_what_another_government_decides_is_rather_a_signal(project, member_client):
    action = ImprovementActionFactory(project=project, competence=Competence.FEDERAL)

    response = member_client.get(action.get_absolute_url())

    assert "Dan is het eerder een signaal." in text_of(response)
    assert url("signal_create", project) in response.content.decode()


def test_what_happened_is_added_to_the_story(project, action, member, member_client):
    response = member_client.post(
        url("follow_up_create", project, action.pk),
        {
            "text": "Wacht op advies.",
            "happened_on": TODAY,
            "indicator_value": "4.5",
            "status": "postponed",
        },
    )

    assert response.url == action.get_absolute_url()
    action.refresh_from_db()
    assert action.status == ActionStatus.POSTPONED
    assert action.status_reason == "Wacht op advies."
    assert action.indicator_now == 4.5
    assert action.follow_ups.get().written_by == member


def test_a_move_that_somebody_else_made_first_is_refused(
    project, action, member_client, monkeypatch
):
    monkeypatch.setattr(
        "improvement_actions.forms.FollowUpForm.new_status", ActionStatus.IDEA
    )

    response = member_client.post(
        url("follow_up_create", project, action.pk),
        {"text": "Terug.", "happened_on": TODAY},
    )

    assert "kan niet meteen naar idee" in response.content.decode()
    assert not action.follow_ups.exists()


def test_open_duties_stand_first_and_late_ones_are_marked(
    project, action, member_client
):
    FeedbackDutyFactory(action=action, due_on=TODAY - timedelta(days=1))
    FeedbackDutyFactory(action=action)
    FeedbackFactory(project=project, actions=[action], reaction="Niet zo laat bellen.")

    response = member_client.get(url("feedback_list", project))

    words = text_of(response)
    assert words.index("Nog te vertellen") < words.index("Wat al verteld is")
    assert words.count("die dag is voorbij") == 1
    assert "Niet zo laat bellen." in words


def test_a_duty_fills_in_the_feedback(project, action, member_client):
    TargetGroupFactory(project=project)
    duty = FeedbackDutyFactory(action=action)

    posted = filled_in(
        form_on(
            member_client.get(url("feedback_create", project), {"actie": action.pk})
        )
    )

    assert posted["actions"] == [str(action.pk)]
    assert posted["target_group"] == [str(duty.target_group_id)]


def test_telling_a_group_fulfils_its_duty(project, action, member_client):
    duty = FeedbackDutyFactory(action=action)
    address = (
        f"{url('feedback_create', project)}"
        f"?actie={action.pk}&groep={duty.target_group_id}"
    )

    response = post_everything(
        member_client,
        address,
        channel=["visit"],
        people_present=["6"],
        told=["De telefoon start."],
        recognition=["yes"],
    )

    assert response.url == url("feedback_list", project)
    duty.refresh_from_db()
    assert duty.fulfilled_by == Feedback.objects.get()
    words = text_of(member_client.get(response.url))
    assert "Elke groep hoorde het laatste nieuws." in words
    assert "zet het op de agenda" not in words


def test_a_group_that_does_not_recognise_itself_comes_back_on_the_agenda(
    project, action, member_client
):
    response = member_client.post(
        url("feedback_create", project),
        {
            "target_group": TargetGroupFactory(project=project).pk,
            "actions": [action.pk],
            "given_on": TODAY,
            "channel": "visit",
            "people_present": 6,
            "told": "De telefoon start.",
            "recognition": "no",
        },
        follow=True,
    )

    links = page_of(response).xpath("//main//div[contains(@class, 'notice')]//a")
    assert [link.get("href") for link in links] == [
        reverse("dialogue:session_list", args=[project.pk])
    ]


def test_an_action_that_works_is_anchored(project, action, coordinator_client):
    address = f"{url('anchoring_create', project)}?actie={action.pk}"

    assert address in coordinator_client.get(action.get_absolute_url()).content.decode()
    response = post_everything(
        coordinator_client,
        address,
        text=["De telefoon blijft."],
        kind=["procedure"],
        decided_by=["vast bureau"],
        decided_on=[TODAY],
    )

    assert response.url == url("anchoring_list", project)
    assert Anchoring.objects.get().action == action
    assert "De telefoon blijft." in text_of(coordinator_client.get(response.url))


def test_nothing_to_anchor_yet_says_so(project, coordinator_client):
    ImprovementActionFactory(project=project)

    words = text_of(coordinator_client.get(url("anchoring_create", project)))

    assert "Er is nog geen actie die bezig of klaar is." in words


def test_an_anchoring_whose_review_is_due_is_marked(project, member_client):
    done = ImprovementActionFactory(project=project, done=True)
    AnchoringFactory(action=done, review_on=TODAY - timedelta(days=1))
    AnchoringFactory(action=done, review_on=TODAY + timedelta(days=1))
    AnchoringFactory()

    words = text_of(member_client.get(url("anchoring_list", project)))

    assert words.count("Na te kijken sinds") == 1
    assert words.count("We kijken het na op") == 1


@pytest.mark.parametrize("level", ["flemish", "federal"])
def test_a_signal_is_noted_for_another_government(project, member_client, level):
    response = member_client.post(
        url("signal_create", project),
        {
            "text": "Eén bewijs volstaat.",
            "competence": level,
            "domains": ["access"],
            "noted_on": TODAY,
        },
    )

    words = text_of(member_client.get(response.url))
    signal = Signal.objects.get()
    assert signal.project == project
    assert f"Aan {signal.level_of_government}" in words


def test_signals_of_others_stay_with_others(project, member_client):
    SignalFactory(text="Van een andere gemeente.")

    words = text_of(member_client.get(url("anchoring_list", project)))

    assert "Van een andere gemeente." not in words


def test_an_action_from_what_is_not_done_yet_is_an_idea(project, member_client):
    conclusion = ConclusionFactory(
        session__project=project,
        decision=DialogueDecision.EXPLORE,
        reason="Eerst rekenen.",
    )

    post_everything(
        member_client,
        f"{url('action_create', project)}?conclusie={conclusion.pk}",
        owner=[OrganisationFactory(project=project).pk],
        werkpiste=[Werkpiste.SERVICE_QUALITY],
    )

    assert ImprovementAction.objects.get().status == ActionStatus.IDEA
