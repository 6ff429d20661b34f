"""What changes several rows of the doelgroepenmatrix."""

from django.core.exceptions import ValidationError
from django.db import transaction

from projects.models import TargetGroup


@transaction.atomic
def remove_target_group(*, target_group: TargetGroup) -> None:
    """Take a row out of the matrix, unless something points to it.

    The lists of problems and actions count too: the database would let those go
    silently. One query per kind of row that can point to a target group.
    """
    for relation in TargetGroup._meta.related_objects:
        rows = relation.field.model._base_manager.all()
        if rows.filter(**{relation.field.name: target_group}).exists():
            raise ValidationError(
                f"Er hangen al gesprekken, problemen of acties aan ‘{target_group}’. "
                "Je kunt deze groep niet meer verwijderen. "
                "Je kunt wel ‘niet nu’ beslissen."
            )
    target_group.delete()
