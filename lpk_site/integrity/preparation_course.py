"""Checks on estimates and on the course of a project."""

from django.db.models import F, OuterRef, Subquery

from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from projects.models import PhaseChange, ProblemEstimate, Project


@check(ProblemEstimate, "De inschatting is van een lid van een ander project.")
def estimates_stay_in_their_project() -> Keys:
    return elsewhere(ProblemEstimate, "member")


@check(Project, "De fase van het project is niet die van de laatste verandering.")
def projects_are_in_the_phase_they_went_to() -> Keys:
    # In the order in which they were written: a day can hold two.
    last = PhaseChange.objects.filter(project=OuterRef("pk")).order_by("-pk")
    projects = Project.objects.annotate(last=Subquery(last.values("phase")[:1]))
    return keys(projects.exclude(last=None).exclude(last=F("phase")))
