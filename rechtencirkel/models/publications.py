"""What was published of a measurement: the only numbers that pages and reports read.

The cost of a page does not grow with the number of conversations: a measurement has at
most one newest publication per side and domain.
"""

from django.db import models

from kader.fields import one_of
from kader.vocabulary import ServiceDomain, Side
from rechtencirkel.models.questions import Round


class PublicationQuerySet(models.QuerySet["Publication"]):
    def newest(self) -> "PublicationQuerySet":
        """Return the publications that are shown now."""
        return self.filter(is_newest=True)


class Publication(models.Model):
    """One side of one domain as it was shown from a day on; never changed afterwards.

    `points` holds eleven counts, `conversation_medians` twenty-one (half points),
    `options` maps a question code to five counts. `own` and `together` map a part to the
    points in its own row and in the row that small parts share; only the sum of the
    second may be shown. Each cell is as old as the last time it could be renewed
    (rechtencirkel.batches). Zeros mean: asked, and nothing to show yet. `conversations`
    counts the talks behind the points; `held` says of a question that waits how often
    two answers have to be given first, and is never shown.
    """

    round = models.ForeignKey(
        Round,
        on_delete=models.CASCADE,
        related_name="publications",
        verbose_name="meting",
    )
    side = models.CharField("kant", max_length=20, choices=Side)
    domain = models.CharField("domein", max_length=20, choices=ServiceDomain)
    number = models.PositiveIntegerField("nummer")
    is_newest = models.BooleanField("wordt nu getoond", default=True)
    published_on = models.DateField("stand van")
    people = models.PositiveIntegerField("mensen")
    conversations = models.PositiveIntegerField("gesprekken")
    points = models.JSONField("punten")
    conversation_medians = models.JSONField("medianen van de gesprekken")
    options = models.JSONField("antwoorden")
    own = models.JSONField("per doelgroep of functie")
    together = models.JSONField("kleine groepjes samen")
    held = models.JSONField("vragen die wachten", default=dict, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["round", "side", "domain", "number"]
        constraints = [
            one_of("publication", "side", Side),
            one_of("publication", "domain", ServiceDomain),
            models.UniqueConstraint(
                fields=["round", "side", "domain", "number"],
                name="publication_number_once",
            ),
            models.UniqueConstraint(
                fields=["round", "side", "domain"],
                condition=models.Q(is_newest=True),
                name="publication_one_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{ServiceDomain(self.domain).label}, {self.published_on}"
