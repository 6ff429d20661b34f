"""Dutch words in addresses for the terms of the preparation."""

from django.utils.text import slugify

from kader.vocabulary import ParticipationMoment
from projects.models import SCORED_CRITERIA, Criterion

MOMENT_SLUGS = {slugify(moment.label): moment for moment in ParticipationMoment}


class MomentConverter:
    """A moment of participation by its Dutch name: /participatie/terugkoppeling/."""

    regex = "|".join(MOMENT_SLUGS)

    def to_python(self, value: str) -> ParticipationMoment:
        return MOMENT_SLUGS[value]

    def to_url(self, value: str) -> str:
        return slugify(ParticipationMoment(value).label)


class CriterionConverter:
    """A criterion that people score, by its code: /score/n1/. Breadth (N3) is none."""

    regex = "|".join(criterion.value for criterion in SCORED_CRITERIA)

    def to_python(self, value: str) -> Criterion:
        return Criterion(value)

    def to_url(self, value: str) -> str:
        return Criterion(value).value
