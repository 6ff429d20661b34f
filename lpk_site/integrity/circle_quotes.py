"""Checks on who reads over what people said."""

from lpk_site.integrity.registry import Keys, check, elsewhere
from rechtencirkel.models import Redactor


@check(Redactor, "Wie naleest, heeft geen toegang tot dit project.")
def redactors_belong_to_their_project() -> Keys:
    return elsewhere(Redactor, "membership")
