"""Two people who save the same thing at one moment: the second reads what is taken."""

import pytest
from django.db import IntegrityError, models
from django.urls import reverse
from django.utils import timezone

from dialogue.models import DialogueSession
from kader.plain_forms import PlainModelForm
from projects.models import Organisation
from rechtencirkel.models import ProblemStatement, Round
from rechtencirkel.services import load_question_sets
from tests.factories import (
    DialogueSessionFactory,
    OrganisationFactory,
    ProblemStatementFactory,
    RoundFactory,
)
from tests.helpers import post_everything

# What the database refuses must not take the test's own transaction along.
pytestmark = pytest.mark.django_db(transaction=True)

RACES = [
    (
        "rechtencirkel:problem_statement_create",
        ProblemStatement,
        lambda project: ProblemStatementFactory(project=project, text="Een zin."),
        {"text": "Een zin.", "domains": "access"},
        "Dit probleem staat er al in.",
    ),
    (
        "rechtencirkel:round_create",
        Round,
        lambda project: RoundFactory(
            project=project, title="Meting van nu", closed_on=timezone.localdate()
        ),
        {"title": "Meting van nu"},
        "Er is al een meting met deze naam.",
    ),
    (
        "projects:organisation_create",
        Organisation,
        lambda project: OrganisationFactory(project=project, name="Het Sociaal Huis"),
        {"name": "Het Sociaal Huis", "type": "ocmw", "side": "providers"},
        "Deze organisatie staat er al in.",
    ),
    (
        "dialogue:session_create",
        DialogueSession,
        lambda project: DialogueSessionFactory(
            project=project, title="Samen praten", held_on=timezone.localdate()
        ),
        {
            "title": "Samen praten",
            "held_on": timezone.localdate(),
            "place": "De Warme Deur",
            "guide": "Rosa",
        },
        "Deze dialoogsessie staat er al in.",
    ),
]


def let_somebody_be_first(monkeypatch, model, rival):
    """Save the same between the look of the next form and its save."""
    real = PlainModelForm.full_clean
    looked = []

    def full_clean(self):
        real(self)
        if self._meta.model is model and self.is_bound and not looked:
            looked.append(dict(self.errors))
            rival()

    monkeypatch.setattr(PlainModelForm, "full_clean", full_clean)
    return looked


@pytest.mark.parametrize(("route", "model", "rival", "typed", "told"), RACES)
def test_the_second_of_two_is_told_at_the_form(
    coordinator_client, project, monkeypatch, route, model, rival, typed, told
):
    load_question_sets()
    looked = let_somebody_be_first(monkeypatch, model, lambda: rival(project))

    response = post_everything(
        coordinator_client, reverse(route, args=[project.pk]), **typed
    )

    assert looked == [{}]
    assert response.status_code == 200
    assert told in response.content.decode()
    assert model.objects.filter(project=project).count() == 1


def test_what_no_form_sees_stays_a_fault(coordinator_client, project, monkeypatch):
    ProblemStatementFactory(project=project, text="Een zin.")
    monkeypatch.setattr(models.Model, "validate_constraints", lambda *_, **__: None)
    monkeypatch.setattr(models.Model, "validate_unique", lambda *_, **__: None)
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])

    with pytest.raises(IntegrityError):
        coordinator_client.post(url, {"text": "Een zin.", "domains": ["access"]})

    assert ProblemStatement.objects.count() == 1
