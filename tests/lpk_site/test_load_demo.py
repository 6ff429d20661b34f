import json

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from kader.vocabulary import (
    ConversationKind,
    EngagementState,
    RedactionState,
    SocialRight,
)
from lpk_site.integrity import run_checks
from projects.estimates import summarise
from projects.models import PhaseResponsibility, Project
from rechtencirkel.models import Conversation, OpenAnswer, Quote, WrittenAnswer
from rechtencirkel.services import shown_circles
from reports.progress import build_progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(capsys):
    call_command("load_demo", "--json")
    return json.loads(capsys.readouterr().out)


def progress_of(name):
    project = Project.objects.get(municipality__name=name)
    return build_progress(project, timezone.localdate())


@pytest.mark.smoke
def test_the_demo_says_who_can_sign_in(demo, client):
    els = demo["accounts"][0]

    assert client.login(username=els["email"], password=els["password"])
    assert [project["municipality"] for project in demo["projects"]] == [
        "Heidebeke",
        "Polderdijke",
    ]


def test_the_demo_breaks_no_rule(demo):
    assert run_checks() == []


def test_loading_twice_changes_nothing(demo, capsys):
    call_command("load_demo")

    assert "De demo was al geladen." in capsys.readouterr().out
    assert Project.objects.count() == 2


def test_in_heidebeke_nele_has_words_to_read_over_and_some_are_done(demo):
    heidebeke = Project.objects.get(municipality__name="Heidebeke")
    words = OpenAnswer.objects.filter(conversation__project=heidebeke)

    assert str(heidebeke.redactor) == "Nele Goossens"
    assert words.filter(redaction=RedactionState.RELEASED).count() == 2
    assert words.waiting().count() > 0


def test_in_heidebeke_three_links_went_out_and_in_polderdijke_one_was_answered(demo):
    heidebeke, polderdijke = Project.objects.order_by("pk")
    texts = WrittenAnswer.objects.filter(round__project=polderdijke)

    sheet = Conversation.objects.get(kind=ConversationKind.BY_LINK)
    assert (sheet.project, sheet.people) == (polderdijke, 5)
    assert heidebeke.answer_links.count() == 3
    assert (texts.released().count(), texts.redactable().waiting().count()) == (3, 2)


def test_in_polderdijke_somebody_came_back_on_a_quote(demo):
    gone = Quote.objects.withdrawn().get()

    assert gone.conversation.project.municipality.name == "Polderdijke"
    assert gone.problem_statements.exists()


def test_heidebeke_stands_where_the_week_begins(demo):
    progress = progress_of("Heidebeke")

    heard = progress.heard
    assert (heard.participants, heard.conversations, heard.not_reached) == (11, 2, 0)
    assert (heard.providers, heard.target_providers) == (9, 20)
    medians = {
        result.domain.code: (result.target.median, result.provider.median)
        for result in progress.circle.domains
    }
    assert medians == {
        "PRE": (None, 6),
        "OPS": (None, None),
        "BEN": (None, None),
        "TLD": (None, None),
        "TGG": (4, 7),
        "ONT": (5, 7),
        "DET": (None, 6),
        "REA": (None, None),
        "NAZ": (None, 3),
    }
    assert progress.composition.is_complete


def circle_of(measurement):
    shown = shown_circles(rounds=[measurement.pk], on=timezone.localdate())
    circle = shown[measurement.pk]
    target = [result.target.median for result in circle.domains]
    return target, [result.provider.median for result in circle.domains], circle


def test_polderdijke_has_the_circle_of_april(demo):
    polderdijke = Project.objects.get(municipality__name="Polderdijke")
    april = polderdijke.rounds.earliest("opened_on")

    target, providers, circle = circle_of(april)

    assert april.title == "Meting van april 2026"
    assert target == [4, 3, 5, 4, 5, 6, 3, 5, 2]
    assert providers == [5, 4, 7, 6, 8, 8, 6, 7, 3]
    heard = april.conversations.values_list("side").annotate(Sum("people"))
    assert dict(heard) == {"target_group": 31, "providers": 17}
    assert [result.domain.code for result in circle.gaps] == ["TGG", "DET"]


def test_polderdijke_asked_again_and_may_lay_the_two_side_by_side(demo, client):
    polderdijke = Project.objects.get(municipality__name="Polderdijke")
    november = polderdijke.rounds.latest_opened()
    client.force_login(User.objects.get(name="Hilde Baert"))

    target, providers, _ = circle_of(november)
    url = reverse("reports:measurement_compare", args=[polderdijke.pk])
    comparison = client.get(url).context["comparison"]

    assert november.is_closed
    assert target == [None, 4, None, 4, 6, 6, 5, 5, 4]
    assert providers == [5, 5, 7, 6, 8, 8, 6, 7, 5]
    sides = {change.domain.code: change.sides[0] for change in comparison.domains}
    assert sides["DET"].sentence == "2 punten meer"
    assert sides["ONT"].sentence == "evenveel"
    assert sides["PRE"].obstacle == "nu niet bevraagd"
    assert sides["BEN"].obstacle == "nu te weinig antwoorden"
    assert all(change.sides[1].is_shown for change in comparison.domains)
    assert comparison.domains[6].actions


def test_polderdijke_answers_every_problem(demo):
    progress = progress_of("Polderdijke")

    assert (len(progress.threads), progress.answered, progress.told) == (3, 3, 3)
    assert {a.title: a.status for a in progress.actions} == {
        "Rechtengesprek van 45 minuten bij elk nieuw dossier": "running",
        "Elke dinsdag zonder afspraak en zonder computer": "done",
        "Nazorgtelefoon na zes maanden": "running",
        "Rechtenkoffie in de basiswerking, elke maand": "running",
        "Screening dossiers op verhoogde tegemoetkoming": "postponed",
        "Sociale rechten van de gemeente in de LPDC": "done",
    }


def test_both_projects_divide_the_work_and_know_their_partners(demo):
    heidebeke, polderdijke = Project.objects.order_by("pk")

    divided = PhaseResponsibility.objects.filter(member__project=heidebeke)
    assert divided.values("member").distinct().count() == 9
    joke = heidebeke.engagements.get(suggested_by__name="Joke Lemmens")
    assert joke.state == EngagementState.SUGGESTED
    assert joke.reason == "Zij zien mensen die hun uitkering verliezen vóór ons."
    assert {row.state for row in heidebeke.engagements.all()} == {
        EngagementState.SUGGESTED,
        EngagementState.TO_CONTACT,
        EngagementState.CONTACTED,
        EngagementState.ENGAGED,
    }
    assert polderdijke.engagements.count() == 3
    assert [m.name for m in polderdijke.steering_group.exclude(until=None)] == [
        "Karin Maes"
    ]


def test_production_refuses_the_demo(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="niet in productie"):
        call_command("load_demo")

    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_seed_gives_the_same_demo(capsys):
    prints = []
    for seed in (7, 7, 8):
        call_command("flush", "--no-input")
        call_command("load_demo", f"--seed={seed}", "--json")
        capsys.readouterr()
        call_command("fingerprint", "--json")
        prints.append(json.loads(capsys.readouterr().out)["sha256"])

    assert prints[0] == prints[1]
    assert prints[1] != prints[2]


def test_each_project_went_to_its_phase_on_a_day(demo):
    heidebeke, polderdijke = Project.objects.order_by("pk")

    assert [change.phase for change in heidebeke.phase_changes.all()] == ["analysis"]
    assert heidebeke.phase_changes.early_start() is None
    assert polderdijke.phase == "execution"
    assert polderdijke.phase_changes.count() == 3
    assert polderdijke.phase_changes.early_start().reason.startswith("Het buurthuis")


def test_six_members_of_heidebeke_gave_an_estimate(demo):
    heidebeke = Project.objects.order_by("pk").first()

    apart = [r for r in summarise(heidebeke.estimates.with_rights()) if r.discuss_first]

    assert heidebeke.estimates.count() == 6
    assert [summary.right for summary in apart] == [SocialRight.HOUSING]
