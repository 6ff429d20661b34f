import inspect

import pytest
from django.apps import apps

from kader.vocabulary import Side
from rechtencirkel.models import ConversationState
from tests import factories

OURS = (
    "accounts",
    "projects",
    "rechtencirkel",
    "dialogue",
    "improvement_actions",
    "reports",
)
MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]
FACTORIES = {
    factory._meta.model: factory
    for _, factory in inspect.getmembers(factories, inspect.isclass)
    if issubclass(factory, factories.DjangoModelFactory)
    and factory is not factories.DjangoModelFactory
}
SWITCHES = [
    (factory, switch)
    for factory in FACTORIES.values()
    for switch, declared in factory._meta.parameters.items()
    if isinstance(declared, factories.factory.Trait)
]


def empty_columns(row):
    """Name what no form shows and may stay empty: Django would call it required."""
    return {
        field.name
        for field in row._meta.fields
        if not field.blank and field.value_from_object(row) in (None, {})
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_a_factory_whose_rows_are_valid(db, model):
    row = FACTORIES[model]()

    row.full_clean(exclude=empty_columns(row))


@pytest.mark.parametrize(("factory", "switch"), SWITCHES)
def test_every_switch_gives_a_valid_row(db, factory, switch):
    row = factory(**{switch: True})

    row.full_clean(exclude=empty_columns(row))


def test_two_rows_of_a_factory_stand_side_by_side(db):
    for factory in FACTORIES.values():
        first, second = factory(), factory()

        assert factory is factories.QuestionSetFactory or first.pk != second.pk


@pytest.mark.parametrize("side", Side)
def test_a_conversation_that_is_handed_in_has_totals(db, side):
    conversation = factories.ConversationFactory(side=side, handed_in=True)

    assert conversation.state == ConversationState.HANDED_IN
    assert [sum(total.points) for total in conversation.totals.all()] == [8, 8]


def test_a_conversation_that_is_read_back_was_handed_in(db):
    conversation = factories.ConversationFactory(read_back=True)

    assert conversation.state == ConversationState.READ_BACK
    assert conversation.totals.exists()


def test_conversations_of_a_project_share_its_open_round(db):
    first = factories.ConversationFactory()

    second = factories.ConversationFactory(project=first.project)

    assert first.round == second.round
