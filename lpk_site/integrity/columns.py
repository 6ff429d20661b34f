"""Checks on every column that holds several terms of the vocabulary."""

from django.apps import apps
from django.db.models import CharField, Model
from django.db.models.functions import Cast

from kader.fields import TermSetField
from lpk_site.integrity.registry import Keys, check


def _register_term_sets() -> None:
    """Check every column with several terms: known, without doubles, in order."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, TermSetField):
                _register_term_set(model, field)


def _register_term_set(model: type[Model], field: TermSetField) -> None:
    def find() -> Keys:
        rows = model._default_manager.annotate(raw=Cast(field.name, CharField()))
        return [
            pk
            for pk, raw, terms in rows.values_list("pk", "raw", field.name)
            if raw != field.get_prep_value(terms)
        ]

    find.__name__ = f"{model._meta.db_table}_{field.name}_in_order"
    check(model, f"De keuzes in ‘{field.name}’ staan dubbel of niet in volgorde.")(find)


_register_term_sets()
