"""Two fictional municipalities, so that every page is alive: loaded through the services.

Heidebeke is in the middle of its analysis, Polderdijke carries out its actions. People,
numbers and words are invented; no row is written around the rules.
"""

from django.db import transaction

from lpk_site.demo.heidebeke import load_heidebeke
from lpk_site.demo.people import DemoAccount, load_people
from lpk_site.demo.polderdijke import load_polderdijke
from projects.models import Project
from projects.services import load_municipalities
from rechtencirkel.services import load_question_sets


@transaction.atomic
def load_demo(seed: int) -> tuple[list[DemoAccount], list[Project]]:
    """Load both municipalities; the seed varies only how answers are spread."""
    load_municipalities()
    load_question_sets()
    people = load_people()
    projects = [load_heidebeke(people, seed), load_polderdijke(people, seed)]
    return list(people.values()), projects


__all__ = ["DemoAccount", "load_demo"]
