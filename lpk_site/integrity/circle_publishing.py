"""Publications: numbered without gaps, and never less than five people apart."""

from django.db.models import Count, Exists, Max, OuterRef

from lpk_site.integrity.registry import Keys, check
from rechtencirkel import suppression
from rechtencirkel.models import DomainTotal, Publication


@check(Publication, "De publicatie die getoond wordt, is niet de laatste.")
def the_newest_publication_is_shown() -> Keys:
    last = (
        Publication.objects.order_by()
        .values("round_id", "side", "domain")
        .annotate(number=Max("number"), count=Count("pk"))
    )
    numbers = {
        (r["round_id"], r["side"], r["domain"]): (r["number"], r["count"]) for r in last
    }
    return [
        row.pk
        for row in Publication.objects.newest()
        if numbers[row.round_id, row.side, row.domain] != (row.number, row.number)
    ]


@check(Publication, "Deze publicatie verschilt minder dan vijf mensen van de vorige.")
def publications_are_five_people_apart() -> Keys:
    wrong = []
    before: Publication | None = None
    rows = Publication.objects.order_by("round", "side", "domain", "number")
    for row in rows.iterator():
        is_next = before is not None and (
            (before.round_id, before.side, before.domain)
            == (row.round_id, row.side, row.domain)
        )
        old = before.points if is_next and before else [0] * len(row.points)
        added = sum(max(0, n - o) for n, o in zip(row.points, old, strict=True))
        if row.points != old and added < suppression.THRESHOLD:
            wrong.append(row.pk)
        before = row
    return wrong


@check(Publication, "De rijen per groep tellen niet op tot de punten van iedereen.")
def rows_add_up_to_the_side() -> Keys:
    return [
        row.pk
        for row in Publication.objects.iterator()
        if row.points
        != [
            sum(values)
            for values in zip(
                [0] * len(row.points),
                *row.own.values(),
                *row.together.values(),
                strict=True,
            )
        ]
    ]


@check(
    Publication, "Wat getoond wordt, is niet de som van wat van elk gesprek verteld is."
)
def shown_rows_are_the_sum_of_what_was_told() -> Keys:
    told: dict[tuple[object, ...], list[int]] = {}
    for total in DomainTotal.objects.filter(told__isnull=False).iterator():
        share = dict(total.told or {})
        for row in ("own", "together"):
            key = (total.round_id, total.side, total.domain, row, share["part"])
            counts = zip(told.get(key, [0] * 11), share[row], strict=True)
            told[key] = [old + new for old, new in counts]
    shown: dict[tuple[object, ...], list[int]] = {
        (page.round_id, page.side, page.domain, row, part): counts
        for page in Publication.objects.newest().iterator()
        for row in ("own", "together")
        for part, counts in getattr(page, row).items()
    }
    wrong = {
        key[:3]
        for key in shown.keys() | told.keys()
        if shown.get(key, [0] * 11) != told.get(key, [0] * 11)
    }
    return [
        page.pk
        for page in Publication.objects.newest()
        if (page.round_id, page.side, page.domain) in wrong
    ]


@check(DomainTotal, "Dit telt als getoond, maar er is geen publicatie van die dag.")
def shown_totals_stand_in_a_publication() -> Keys:
    publication = Publication.objects.filter(
        round=OuterRef("round"),
        side=OuterRef("side"),
        domain=OuterRef("domain"),
        published_on=OuterRef("published_on"),
    )
    return (
        DomainTotal.objects.exclude(published_on=None)
        .filter(~Exists(publication))
        .order_by()
        .values_list("pk", flat=True)
    )
