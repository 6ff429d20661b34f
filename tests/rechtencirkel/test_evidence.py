import pytest
from django.utils import timezone

from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    Confirmation,
    NonTakeUp,
    Recognition,
    ServiceDomain,
    Side,
)
from rechtencirkel.analysis import Total, analyse_circle
from rechtencirkel.evidence import (
    Barrier,
    Tags,
    barriers_of,
    has_changed,
    open_tags,
    scores_of,
    suggest_tags,
    what_misses,
)
from rechtencirkel.models import BarrierMention, Conversation, ProblemStatement
from rechtencirkel.services import shown_evidence
from tests.factories import (
    BarrierMentionFactory,
    ConversationFactory,
    RoundFactory,
)

ACCESS = ServiceDomain.ACCESS


def circle_of(*sides):
    """Return a circle in which these (side, points, people) answered about access."""
    totals = []
    for side, points, people in sides:
        histogram = [0] * 11
        histogram[points] = people
        totals.append(Total(side, ACCESS, people, tuple(histogram)))
    return analyse_circle(totals)


def barrier(**changes):
    given = {
        "round_id": 1,
        "domain": ACCESS,
        "text": "De bus rijdt niet",
        "kind": BarrierKind.REACHABILITY,
        "level": BarrierLevel.EXECUTION,
        "non_take_up": None,
        "sides": (Side.TARGET_GROUP,),
        "conversations": 1,
    }
    return Barrier(**given | changes)


def mention(talk, text, side=Side.TARGET_GROUP, **tags):
    return BarrierMention(
        conversation=Conversation(pk=talk, side=side),
        domain=ACCESS,
        text=text,
        **{"kind": "usability", "level": "execution"} | tags,
    )


def test_a_side_below_five_is_offered_without_a_number():
    circle = circle_of((Side.TARGET_GROUP, 4, 5), (Side.PROVIDERS, 7, 4))

    (score,) = scores_of(circle, 3)

    assert (score.key, score.target.median, score.target.people) == ("3-access", 4.0, 5)
    assert score.provider is None


def test_a_domain_where_nothing_may_be_shown_is_not_offered():
    circle = circle_of((Side.TARGET_GROUP, 4, 4), (Side.PROVIDERS, 7, 1))

    assert scores_of(circle, 3) == ()


def test_a_score_has_changed_when_a_page_shows_other_numbers_or_none():
    (kept,) = scores_of(circle_of((Side.TARGET_GROUP, 4, 5)), 3)
    (later,) = scores_of(circle_of((Side.TARGET_GROUP, 4, 6)), 3)

    assert not has_changed(kept, {kept.key: kept})
    assert has_changed(kept, {later.key: later})
    assert has_changed(kept, {})


def test_the_same_barrier_counts_its_conversations_and_takes_the_usual_type():
    mentions = [
        mention(1, "Alles met een app", non_take_up="not_received"),
        mention(2, "alles met een app.", non_take_up="not_received"),
        mention(3, "Alles met een app", side=Side.PROVIDERS, non_take_up="unaware"),
    ]

    (found,) = barriers_of(mentions, 7)

    assert (found.conversations, found.sides) == (3, tuple(Side))
    assert found.non_take_up == NonTakeUp.NOT_RECEIVED


def test_a_tick_survives_a_new_count_and_other_capitals():
    assert barrier().key == barrier(text="DE BUS rijdt niet.", conversations=9).key
    assert barrier().key != barrier(round_id=2).key
    assert barrier().key != barrier(kind=BarrierKind.USABILITY).key


def test_the_tags_of_most_conversations_are_suggested():
    ticked = [
        barrier(kind=BarrierKind.AWARENESS, conversations=2),
        barrier(kind=BarrierKind.USABILITY, conversations=3),
        barrier(
            kind=BarrierKind.AWARENESS, conversations=2, non_take_up=NonTakeUp.UNAWARE
        ),
    ]

    assert suggest_tags(ticked) == Tags(
        BarrierKind.AWARENESS, BarrierLevel.EXECUTION, NonTakeUp.UNAWARE
    )
    assert suggest_tags([]).labels == ()


def test_a_tag_that_somebody_chose_is_not_suggested_again():
    problem = ProblemStatement(barrier_kind=BarrierKind.USABILITY)
    suggested = Tags(BarrierKind.AWARENESS, BarrierLevel.EXECUTION)

    assert open_tags(problem, suggested) == Tags(level=BarrierLevel.EXECUTION)


def test_what_misses_is_told_until_it_is_there():
    empty = ProblemStatement()
    full = ProblemStatement(
        recognition=Recognition.PARTLY,
        provider_confirmation=Confirmation.NOT_AGREED,
        owner_id=1,
    )

    assert len(what_misses(empty, has_evidence=False)) == 4
    assert what_misses(full, has_evidence=True) == ()


@pytest.mark.django_db
def test_only_what_the_pages_show_is_offered(project):
    measurement = RoundFactory(project=project)
    given = {"project": project, "round": measurement}
    shown = ConversationFactory(**given, read_back=True)
    small = ConversationFactory(**given, people=4, read_back=True)
    draft = ConversationFactory(**given)
    for talk in (shown, small, draft):
        BarrierMentionFactory(conversation=talk, text=f"Drempel van {talk.pk}")

    found = shown_evidence(measurement=measurement, on=timezone.localdate())

    texts = {each.text for each in found.barriers}
    assert f"Drempel van {shown.pk}" in texts
    assert not texts & {f"Drempel van {small.pk}", f"Drempel van {draft.pk}"}
    assert shown_evidence(measurement=None, on=timezone.localdate()).scores == ()
