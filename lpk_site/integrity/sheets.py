"""Checks on questions, conversations and what these add up to.

The sums are made here once more, apart from the service that stored them: two ways that
agree are worth more than one.
"""

from collections import defaultdict

from django.db.models import F, Q, Sum

from kader.vocabulary import POINTS_RANGE, AnswerOption, RespondentCategory
from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from rechtencirkel.catalogue import content_hash
from rechtencirkel.models import (
    Conversation,
    ConversationState,
    DomainTotal,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Question,
    QuestionSet,
    Round,
    RoundQuestion,
)
from rechtencirkel.models.conversation import OPEN_STATES

HANDED_IN = ~Q(state__in=OPEN_STATES)
OF_HANDED_IN = ~Q(conversation__state__in=OPEN_STATES)


@check(QuestionSet, "De vragen zijn veranderd sinds ze gepubliceerd zijn.")
def published_questions_are_unchanged() -> Keys:
    columns = ("code", "domain", "side", "scale", "text", "barrier")
    return [
        row.pk
        for row in QuestionSet.objects.all()
        if row.content_hash
        != content_hash(row.questions.order_by("position").values_list(*columns))
    ]


@check(Round, "De meting stelt andere vragen dan haar vragenbank.")
def rounds_ask_the_questions_of_their_set() -> Keys:
    columns = ("code", "domain", "side", "scale", "barrier")
    published: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for set_id, *row in Question.objects.values_list("question_set_id", *columns):
        published[set_id].add(tuple(row))
    asked: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    copies = RoundQuestion.objects.filter(is_own=False)
    for round_id, *row in copies.values_list("round_id", *columns):
        asked[round_id].add(tuple(row))
    rounds = Round.objects.values_list("pk", "question_set_id")
    return [pk for pk, set_id in rounds if asked[pk] != published[set_id]]


@check(Conversation, "Meting, doelgroep of organisatie hoort bij een ander project.")
def conversations_stay_in_their_project() -> Keys:
    return elsewhere(Conversation, "round", "target_group", "organisation")


@check(Conversation, "De kant van het gesprek past niet bij wie er sprak.")
def categories_match_their_side() -> Keys:
    rows = Conversation.objects.values_list("pk", "category", "side")
    return [
        pk for pk, category, side in rows if RespondentCategory(category).side != side
    ]


@check(Conversation, "Het gesprek is ingediend zonder toestemming van de groep.")
def handed_in_conversations_have_consent() -> Keys:
    return keys(Conversation.objects.filter(HANDED_IN, has_consent=False))


@check(Conversation, "Het gesprek is nagelezen, maar er staat geen dag bij.")
def read_back_conversations_have_a_day() -> Keys:
    read_back = Conversation.objects.filter(state=ConversationState.READ_BACK)
    return keys(read_back.filter(read_back_on=None))


@check(Conversation, "Bij een vraag zijn meer antwoorden geteld dan er mensen waren.")
def answers_do_not_exceed_the_people() -> Keys:
    tallies = OptionTally.objects.filter(OF_HANDED_IN).order_by()
    counted = tallies.values("conversation_id", "question_id").annotate(n=Sum("people"))
    return counted.filter(n__gt=F("conversation__people")).values_list(
        "conversation_id", flat=True
    )


@check(Conversation, "Bij een domein gaven meer mensen punten dan er waren.")
def points_do_not_exceed_the_people() -> Keys:
    tallies = PointsTally.objects.filter(OF_HANDED_IN).order_by()
    counted = tallies.values("conversation_id", "domain").annotate(n=Sum("people"))
    return counted.filter(n__gt=F("conversation__people")).values_list(
        "conversation_id", flat=True
    )


@check(PointsTally, "De groep gaf samen punten, maar ze tellen niet voor iedereen.")
def joint_points_count_for_everybody() -> Keys:
    joint = PointsTally.objects.filter(OF_HANDED_IN, is_joint=True)
    return keys(joint.exclude(people=F("conversation__people")))


@check(OptionTally, "De vraag hoort niet bij de meting of de kant van het gesprek.")
def tallies_answer_a_question_of_their_round() -> Keys:
    return keys(OptionTally.objects.filter(_of_other_round()))


@check(OpenAnswer, "De vraag hoort niet bij de meting of de kant van het gesprek.")
def open_answers_answer_a_question_of_their_round() -> Keys:
    return keys(OpenAnswer.objects.filter(_of_other_round()))


@check(OpenAnswer, "Er staat tekst bij een vraag die geen open vraag is.")
def open_answers_belong_to_open_questions() -> Keys:
    return keys(OpenAnswer.objects.exclude(question__scale=""))


@check(Conversation, "Het gesprek is nog een ontwerp en telt toch al mee.")
def drafts_have_no_totals() -> Keys:
    """Only what was told before a report opened again stays."""
    waiting = DomainTotal.objects.waiting().values("conversation")
    return keys(Conversation.objects.drafts().filter(pk__in=waiting))


@check(Conversation, "De totalen zijn niet die van de domeinen van het gesprek.")
def handed_in_conversations_have_a_total_per_domain() -> Keys:
    present: dict[int, set[str]] = defaultdict(set)
    for pk, domain in DomainTotal.objects.values_list("conversation_id", "domain"):
        present[pk].add(domain)
    rows = Conversation.objects.filter(HANDED_IN).values_list("pk", "domains")
    return [pk for pk, domains in rows if set(domains) != present[pk]]


@check(DomainTotal, "Project, meting, kant of aantal is anders dan in het gesprek.")
def totals_repeat_their_conversation() -> Keys:
    return keys(
        DomainTotal.objects.filter(OF_HANDED_IN).exclude(
            project=F("conversation__project"),
            round=F("conversation__round"),
            side=F("conversation__side"),
            people=F("conversation__people"),
        )
    )


@check(DomainTotal, "De bewaarde som is niet de som van het blad.")
def totals_equal_the_sheet() -> Keys:
    points, options = _summed_points(), _summed_options()
    return [
        total.pk
        for total in DomainTotal.objects.filter(OF_HANDED_IN)
        if total.points != points[total.conversation_id, total.domain]
        or total.options != options[total.conversation_id, total.domain]
    ]


def _of_other_round() -> Q:
    return ~Q(question__round=F("conversation__round")) | ~Q(
        question__side=F("conversation__side")
    )


def _summed_points() -> dict[tuple[int, str], list[int]]:
    sums: dict[tuple[int, str], list[int]] = defaultdict(
        lambda: [0] * len(POINTS_RANGE)
    )
    rows = PointsTally.objects.order_by().values_list(
        "conversation_id", "domain", "points", "people"
    )
    for conversation_id, domain, points, people in rows.iterator():
        sums[conversation_id, domain][points] += people
    return sums


def _summed_options() -> dict[tuple[int, str], dict[str, list[int]]]:
    place = {option.value: index for index, option in enumerate(AnswerOption)}
    sums: dict[tuple[int, str], dict[str, list[int]]] = defaultdict(dict)
    rows = OptionTally.objects.order_by().values_list(
        "conversation_id", "question__domain", "question__code", "option", "people"
    )
    for conversation_id, domain, code, option, people in rows.iterator():
        counts = sums[conversation_id, domain].setdefault(code, [0] * len(place))
        counts[place[option]] += people
    return sums
