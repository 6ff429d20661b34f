"""Checks on the planning: its steps and its votes stay in their own project."""

from django.db.models import F

from lpk_site.integrity.registry import Keys, check, keys
from projects.models import FeasibilityVote, PlanningStep


@check(PlanningStep, "De organisatie die de stap trekt, hoort bij een ander project.")
def steps_are_led_in_their_project() -> Keys:
    led = PlanningStep.objects.exclude(owner=None)
    return keys(led.exclude(owner__project=F("planning__project")))


@check(FeasibilityVote, "Het lid dat oordeelde, hoort bij een ander project.")
def votes_stay_in_their_project() -> Keys:
    return keys(FeasibilityVote.objects.exclude(member__project=F("planning__project")))
