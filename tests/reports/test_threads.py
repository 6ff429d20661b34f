from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement_actions.models import FeedbackDuty
from kader.vocabulary import ActionStatus, DialogueDecision, Werkpiste
from rechtencirkel.models import Round
from rechtencirkel.services import mark_read_back
from reports.progress import Heard, build_progress
from tests.factories import (
    AgendaItemFactory,
    AnchoringFactory,
    ConclusionFactory,
    ConversationFactory,
    DialogueSessionFactory,
    FeedbackFactory,
    ImprovementActionFactory,
    PlanningFactory,
    ProblemStatementFactory,
    QuoteFactory,
    RoundFactory,
    TargetGroupFactory,
)
from tests.helpers import page_of

pytestmark = pytest.mark.django_db


def progress_of(project):
    return build_progress(project, timezone.localdate())


def released_quote(project):
    conversation = ConversationFactory(
        project=project, round=RoundFactory(project=project), handed_in=True
    )
    mark_read_back(conversation=conversation, on=timezone.localdate())
    conversation.quotes.all().delete()
    return QuoteFactory(conversation=conversation, is_unrecognisable=True)


def concluded(problem, **fields):
    session = DialogueSessionFactory(project=problem.project)
    item = AgendaItemFactory(session=session, problem_statement=problem)
    return ConclusionFactory(session=session, agenda_item=item, **fields)


def test_a_thread_holds_from_quote_to_feedback(project):
    problem = ProblemStatementFactory(project=project)
    quote = released_quote(project)
    problem.quotes.add(quote)
    conclusion = concluded(problem)
    action = ImprovementActionFactory(project=project, conclusion=conclusion)
    feedback = FeedbackFactory(
        project=project, target_group=TargetGroupFactory(project=project)
    )
    feedback.actions.set([action])
    anchoring = AnchoringFactory(action=action)

    thread = progress_of(project).threads[0]

    assert thread.quotes == (quote,)
    assert thread.conclusions == (conclusion,)
    assert [item.action for item in thread.actions] == [action]
    assert thread.feedback == (feedback,)
    assert thread.anchorings == (anchoring,)
    assert thread.breaks == ()


def test_a_problem_that_nobody_discussed_is_broken_twice(project):
    ProblemStatementFactory(project=project)

    thread = progress_of(project).threads[0]

    assert thread.breaks == (
        "Er hangt nog geen uitspraak aan dit probleem.",
        "Dit probleem is nog niet besproken in een dialoog.",
    )
    assert not thread.is_answered


def test_an_agreement_without_an_action_is_a_break(project):
    concluded(ProblemStatementFactory(project=project))

    thread = progress_of(project).threads[0]

    assert "er is nog geen actie" in thread.breaks[-1]
    assert not thread.is_answered


def test_a_reasoned_no_is_an_answer(project):
    concluded(
        ProblemStatementFactory(project=project),
        decision=DialogueDecision.DO_NOT,
        reason="Dat beslist de gemeente niet.",
    )

    progress = progress_of(project)

    assert progress.answered == 1
    assert [(n.state, n.reason) for n in progress.not_done] == [
        ("niet", "Dat beslist de gemeente niet.")
    ]


def test_an_action_nobody_told_about_is_a_break(project):
    problem = ProblemStatementFactory(project=project)
    ImprovementActionFactory(project=project, problem_statement=problem)

    progress = progress_of(project)

    assert (progress.answered, progress.told) == (1, 0)
    assert "hoorde nog niet" in progress.threads[0].breaks[-1]


def test_news_after_the_feedback_breaks_the_thread_again(project):
    group = TargetGroupFactory(project=project)
    problem = ProblemStatementFactory(project=project)
    action = ImprovementActionFactory(project=project, problem_statement=problem)
    FeedbackFactory(project=project, target_group=group).actions.set([action])
    today = timezone.localdate()
    FeedbackDuty.objects.create(
        action=action,
        target_group=group,
        status=ActionStatus.DONE,
        opened_on=today,
        due_on=today + timedelta(days=60),
    )

    thread = progress_of(project).threads[0]

    assert thread.is_told
    assert "nieuws dat de groep nog niet hoorde" in thread.breaks[-1]


def test_loose_ends_are_named(project):
    quote = released_quote(project)
    action = ImprovementActionFactory(project=project, is_opportunity=True)

    progress = progress_of(project)

    assert progress.loose_quotes == (quote,)
    assert progress.opportunities == (action,)


def test_a_quote_that_may_not_be_shown_is_on_no_thread(project):
    problem = ProblemStatementFactory(project=project)
    quote = released_quote(project)
    problem.quotes.add(quote)
    quote.uses = ()
    quote.save()

    progress = progress_of(project)

    assert progress.threads[0].quotes == ()
    assert progress.newest_quote is None


def test_people_are_counted_against_the_planning(project):
    PlanningFactory(
        project=project,
        target_participants=24,
        target_not_reached=6,
        target_providers=20,
    )
    measurement = RoundFactory(project=project)
    talk = ConversationFactory(
        project=project, round=measurement, people=6, handed_in=True
    )
    mark_read_back(conversation=talk, on=timezone.localdate())
    ConversationFactory(
        project=project, round=measurement, people=9, providers=True, handed_in=True
    )
    ConversationFactory(project=project, round=measurement, people=7)

    heard = progress_of(project).heard

    assert (heard.participants, heard.conversations, heard.providers) == (6, 1, 9)
    assert heard.misses_not_reached
    assert heard.missing_providers == 11
    assert heard.sentence == "6 mensen in 1 gesprek, 9 hulp- en dienstverleners"


def test_a_werkpiste_an_action_also_works_along_is_not_silent(project):
    ImprovementActionFactory(
        project=project,
        werkpiste=Werkpiste.BASIC_PROVISION,
        other_werkpistes=(Werkpiste.REACHING_OUT,),
    )

    progress = progress_of(project)

    assert set(Werkpiste) - set(progress.silent_werkpistes) == {
        Werkpiste.BASIC_PROVISION,
        Werkpiste.REACHING_OUT,
    }


@pytest.mark.parametrize(
    ("number", "target", "people", "answers"),
    [
        (1, None, "1 mens", "1 antwoord"),
        (2, None, "2 mensen", "2 antwoorden"),
        (1, 24, "1 van de 24 mensen", "1 van de 24 antwoorden"),
        (24, 24, "24 van de 24 mensen", "24 van de 24 antwoorden"),
        (31, 30, "31 mensen (gepland: 30)", "31 antwoorden (gepland: 30)"),
    ],
)
def test_nobody_is_counted_out_of_fewer(number, target, people, answers):
    heard = Heard(
        participants=number,
        conversations=1,
        not_reached=0,
        providers=number,
        target_participants=target,
        target_not_reached=None,
        target_providers=target,
    )

    assert heard.participants_in_words == people
    assert heard.providers_in_words == answers


def test_a_quote_leads_to_the_page_of_the_measurement_it_was_said_in(
    project, member_client
):
    quote = released_quote(project)
    Round.objects.update(closed_on=timezone.localdate())
    RoundFactory(project=project, title="Tweede meting")
    thread = member_client.get(reverse("reports:thread", args=[project.pk]))

    (address,) = page_of(thread).xpath("//a[contains(@href, '#uitspraak-')]/@href")
    there = page_of(member_client.get(address.split("#")[0]))

    assert there.xpath(f"//blockquote[@id='uitspraak-{quote.pk}']")
