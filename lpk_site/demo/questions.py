"""How Heidebeke prepared the questions of its first measurement."""

from kader.vocabulary import AnswerOption, ServiceDomain, Side
from rechtencirkel.models import Round, RoundQuestion
from rechtencirkel.services import Wording, add_question, edit_question

# Two questions that the steering group found too heavy for a first talk.
HIDDEN = ("PRE-D5", "DET-D5")
OWN_WORDS = "Wat mag anders aan de balie?"
OWN_QUESTION = "Kon je kind ergens zitten of spelen terwijl je wachtte?"


def prepare_questions(measurement: Round) -> None:
    """Reword one, hide two, add one, and let one wait; before anybody answered."""
    edit_question(
        question=_of(measurement, "ONT-D6"),
        wording=Wording(
            text=OWN_WORDS,
            reason="Nele vraagt het zo aan de ouders van De Warme Deur.",
            pictogram="door",
        ),
    )
    for code in HIDDEN:
        question = _of(measurement, code)
        edit_question(
            question=question,
            wording=Wording(
                text=question.text,
                reason=question.reason,
                pictogram=question.pictogram,
            ),
            is_hidden=True,
        )
    own = add_question(
        measurement=measurement,
        domain=ServiceDomain.RECEPTION,
        side=Side.TARGET_GROUP,
        scale="",
        wording=Wording(
            text=OWN_QUESTION,
            reason="Ouders zeiden in de zomer dat hun kinderen nergens kunnen zitten.",
            pictogram="people",
        ),
    )
    edit_question(
        question=own,
        wording=Wording(
            text=own.text,
            reason=own.reason,
            pictogram=own.pictogram,
            depends_on=_of(measurement, "ONT-D2"),
            depends_options=(AnswerOption.FIRST, AnswerOption.SECOND),
        ),
    )


def _of(measurement: Round, code: str) -> RoundQuestion:
    return measurement.questions.get(code=code)
