from datetime import date

import pytest

from accounts.models import User
from improvement_actions import story
from improvement_actions.models import Anchoring, Feedback, FollowUp, ImprovementAction
from kader.vocabulary import ActionStatus, Recognition, Werkpiste
from projects.models import TargetGroup


def a_line(on, text="Gestart.", **columns):
    return FollowUp(happened_on=on, text=text, written_by=User(name="Els"), **columns)


def a_talk(on, **columns):
    values = {
        "target_group": TargetGroup(name="Jonge ouders"),
        "people_present": 9,
        "recognition": Recognition.YES,
        "reaction": "Niet bellen met een privénummer.",
    }
    return Feedback(given_on=on, **values | columns)


def an_anchoring(on):
    return Anchoring(
        decided_on=on,
        text="De telefoon blijft.",
        kind="procedure",
        decided_by="het bureau",
    )


def an_action(pk, status, due_on=None, **columns):
    return ImprovementAction(pk=pk, status=status, due_on=due_on, **columns)


def test_the_story_runs_from_new_to_old():
    moments = story.tell(
        follow_ups=[a_line(date(2026, 7, 1)), a_line(date(2026, 11, 10))],
        feedback=[a_talk(date(2026, 9, 22))],
        anchorings=[an_anchoring(date(2026, 10, 12))],
    )

    assert [moment.on.month for moment in moments] == [11, 10, 9, 7]


def test_on_one_day_the_last_step_of_the_thread_stands_first():
    day = date(2026, 7, 1)

    moments = story.tell(
        follow_ups=[a_line(day)], feedback=[a_talk(day)], anchorings=[an_anchoring(day)]
    )

    assert [moment.text.split()[0] for moment in moments] == [
        "Verankerd:",
        "Verteld",
        "Gestart.",
    ]


def test_feedback_says_who_heard_it_and_whether_they_recognised_it():
    [moment] = story.tell(
        follow_ups=[], feedback=[a_talk(date(2026, 9, 22))], anchorings=[]
    )

    assert moment.text == "Verteld aan Jonge ouders, 9 aanwezigen. Herkend: ja."
    assert moment.quote == "Niet bellen met een privénummer."


def test_one_person_is_one_person():
    [moment] = story.tell(
        follow_ups=[],
        feedback=[a_talk(date(2026, 9, 22), people_present=1)],
        anchorings=[],
    )

    assert "1 aanwezige." in moment.text


def test_a_number_is_written_the_dutch_way():
    line = a_line(date(2026, 7, 1), indicator_value="14.5", status="running")

    [moment] = story.tell(follow_ups=[line], feedback=[], anchorings=[])

    assert moment.note == "Nieuw cijfer: 14,5. Els"
    assert moment.status == ActionStatus.RUNNING


def test_actions_stand_by_status_and_then_by_day():
    actions = [
        an_action(1, ActionStatus.DONE, date(2026, 1, 1)),
        an_action(2, ActionStatus.RUNNING),
        an_action(3, ActionStatus.RUNNING, date(2027, 1, 1)),
        an_action(4, ActionStatus.RUNNING, date(2026, 6, 1)),
        an_action(5, ActionStatus.IDEA),
    ]

    assert [action.pk for action in story.in_order(actions)] == [5, 4, 3, 2, 1]


def test_counts_name_only_what_is_there():
    actions = [
        an_action(1, ActionStatus.DONE),
        an_action(2, ActionStatus.RUNNING),
        an_action(3, ActionStatus.RUNNING),
    ]

    assert story.count_by_status(actions) == "2 bezig, 1 klaar"
    assert story.count_by_status([]) == ""


def test_a_werkpiste_is_used_as_main_or_as_other():
    action = an_action(
        1,
        ActionStatus.IDEA,
        werkpiste=Werkpiste.INFORMATION,
        other_werkpistes=(Werkpiste.REACHING_OUT,),
    )

    unused = story.unused_werkpistes([action])

    assert unused == tuple(
        w for w in Werkpiste if w not in (Werkpiste.INFORMATION, Werkpiste.REACHING_OUT)
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_a_list_reads_as_a_sentence(words, sentence):
    assert story.enumerate_in_words(words) == sentence
