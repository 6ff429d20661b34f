"""How the pages of the planning write an amount, a period and what a step takes."""

from django import template

from projects.models import PlanningStep
from projects.planning_changes import amount, euros, period

register = template.Library()
register.filter("amount", amount)
register.filter("euros", euros)


@register.filter
def step_period(step: PlanningStep) -> str:
    return period(step)
