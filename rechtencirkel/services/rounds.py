"""Publishing the question bank, and the measurements that copy it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from projects.models import Project
from rechtencirkel.catalogue import Catalogue, read_catalogues
from rechtencirkel.models import Question, QuestionSet, Round, RoundQuestion
from rechtencirkel.services.link_answers import close_links_of

DEFAULT_SERVICE = "het OCMW"
SERVICE_PLACEHOLDER = "{dienst}"


@transaction.atomic
def load_question_sets() -> int:
    """Publish the question banks that ship with the product; return how many are new.

    A version that exists already is left alone, whatever the file says: published is
    published.
    """
    known = set(QuestionSet.objects.values_list("version", flat=True))
    new = [c for c in read_catalogues() if c.version not in known]
    for catalogue in new:
        publish(catalogue)
    return len(new)


@transaction.atomic
def publish(catalogue: Catalogue) -> QuestionSet:
    """Store one version of the question bank."""
    question_set = QuestionSet.objects.create(
        version=catalogue.version,
        title=catalogue.title,
        published_on=catalogue.published_on,
        content_hash=catalogue.content_hash,
    )
    Question.objects.bulk_create(
        Question(
            question_set=question_set,
            code=row.code,
            domain=row.domain,
            side=row.side,
            scale=row.scale,
            text=row.text,
            barrier=row.barrier,
            position=position,
        )
        for position, row in enumerate(catalogue.questions, start=1)
    )
    return question_set


@transaction.atomic
def open_round(
    *, project: Project, title: str, opened_on: date, service: str = DEFAULT_SERVICE
) -> Round:
    """Start a measurement with the newest question bank and copy its questions.

    `service` is the name with its article ("het OCMW") that the questions speak of.
    Raises ValidationError while another round is open.
    """
    if project.rounds.open().exists():
        raise ValidationError("Er loopt al een meting. Sluit die eerst af.")
    question_set = QuestionSet.objects.first()
    if question_set is None:
        raise ValidationError("Er is nog geen vragenbank geladen.")
    measurement = Round.objects.create(
        project=project, question_set=question_set, title=title, opened_on=opened_on
    )
    RoundQuestion.objects.bulk_create(
        RoundQuestion(
            round=measurement,
            code=question.code,
            domain=question.domain,
            side=question.side,
            scale=question.scale,
            text=question.text.replace(SERVICE_PLACEHOLDER, service),
            barrier=question.barrier,
            position=question.position,
        )
        for question in question_set.questions.all()
    )
    return measurement


@transaction.atomic
def close_round(*, measurement: Round, on: date) -> Round:
    """End a measurement; drafts in it can no longer be handed in, and its links close."""
    if measurement.is_closed:
        raise ValidationError("Deze meting is al afgesloten.")
    if on < measurement.opened_on:
        raise ValidationError("De meting kan niet eindigen voor ze begon.")
    close_links_of(measurement=measurement, on=on)
    measurement.closed_on = on
    measurement.save(update_fields=["closed_on"])
    return measurement
