"""Publishing the question bank, and the measurements that copy it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format

from kader.vocabulary import CircleSize
from projects.models import Project
from rechtencirkel.catalogue import Catalogue, read_catalogues
from rechtencirkel.link_answers import close_links_of
from rechtencirkel.models import Question, QuestionSet, Round
from rechtencirkel.publishing import publish_last
from rechtencirkel.services.copying import copy_questions

DEFAULT_SERVICE = "het OCMW"


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
    *,
    project: Project,
    title: str,
    opened_on: date,
    service: str = DEFAULT_SERVICE,
    question_set: QuestionSet | None = None,
    size: CircleSize = CircleSize.FULL,
    previous: Round | None = None,
) -> Round:
    """Start a measurement with a version of the question bank and copy its questions.

    Without a version it takes that of `previous`, else the newest published by that day.
    `service` is the name with its article ("het OCMW") that the questions speak of.
    With `previous` the second measurement asks the same: what was hidden, reworded,
    added or put in order then is so again, code by code. A short circle then asks what
    lies in it and was asked before, with the own questions.
    Raises ValidationError while another round is open.
    """
    if project.rounds.open().exists():
        raise ValidationError("Er loopt al een meting. Sluit die eerst af.")
    if previous is not None and previous.project_id != project.pk:
        raise ValidationError("Deze vorige meting hoort bij een ander project.")
    if question_set is None and previous is not None:
        question_set = previous.question_set
    if question_set is None:
        question_set = QuestionSet.objects.newest_on(opened_on)
    if question_set is None:
        raise ValidationError("Er is nog geen vragenbank geladen.")
    measurement = Round.objects.create(
        project=project, question_set=question_set, title=title, opened_on=opened_on
    )
    copy_questions(
        measurement=measurement, service=service, size=size, previous=previous
    )
    return measurement


@transaction.atomic
def close_round(*, measurement: Round, on: date) -> Round:
    """End a measurement: what was handed in by now counts, and nothing changes later.

    Its links close, and talks that were not handed in end with it. What was not shown
    yet is published, except where that would tell what one to four people said: there
    the last publication stays. Raises ValidationError for a day before the last talk.
    """
    locked = Round.objects.select_for_update(no_key=True).get(pk=measurement.pk)
    if locked.is_closed:
        raise ValidationError("Deze meting is al afgesloten.")
    if on < locked.opened_on:
        raise ValidationError("De meting kan niet eindigen voor ze begon.")
    talks = locked.conversations.handed_in().with_sheet()
    last = talks.aggregate(day=Max("held_on"))["day"]
    if last is not None and on < last:
        raise ValidationError(
            f"Het laatste gesprek was op {date_format(last, 'j F Y')}. De meting kan niet "
            "eerder eindigen."
        )
    close_links_of(measurement=locked, on=on)
    locked.closed_on = on
    locked.save(update_fields=["closed_on"])
    publish_last(measurement=locked, on=on)
    measurement.refresh_from_db()
    return measurement
