"""Checks on what a municipality changed about the questions of its rounds."""

from django.db.models import F, Q

from kader.vocabulary import Scale
from lpk_site.integrity.registry import Keys, check, keys
from rechtencirkel.comparison import same_words
from rechtencirkel.models import Question, RoundQuestion


@check(RoundQuestion, "De voorwaarde hangt aan een vraag die daar niet voor dient.")
def conditions_are_one_level_on_one_page() -> Keys:
    here = Q(
        depends_on__round=F("round"),
        depends_on__domain=F("domain"),
        depends_on__side=F("side"),
        depends_on__depends_on=None,
        depends_on__scale__in=[Scale.AGREEMENT, Scale.FREQUENCY],
    )
    return keys(RoundQuestion.objects.exclude(depends_on=None).exclude(here))


@check(RoundQuestion, "De vraag is anders verwoord, maar dat staat er niet bij.")
def own_words_are_marked() -> Keys:
    bank = {
        (set_id, code): text
        for set_id, code, text in Question.objects.values_list(
            "question_set_id", "code", "text"
        )
    }
    rows = RoundQuestion.objects.filter(is_own=False).select_related("round")
    return [
        row.pk
        for row in rows
        if not same_words(
            bank.get((row.round.question_set_id, row.code), ""), row.source_text
        )
    ]
