"""Reading over in both projects, and somebody who came back on a quote."""

from kader.vocabulary import ServiceDomain
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day
from projects.models import Project
from rechtencirkel.models import BarrierMention, OpenAnswer, Quote
from rechtencirkel.services import appoint_redactor, release, withdraw_quote

# How it was said, and how it may be read.
READ_OVER = (
    (
        "Twee deelnemers wachtten maanden, uit schaamte.",
        "We wachtten maanden, uit schaamte.",
    ),
    (
        "De brief was zo moeilijk dat niemand durfde te bellen.",
        "De brief was zo moeilijk dat niemand durfde te bellen.",
    ),
)
QUOTES_READ_OVER = (
    "Ik heb de brief drie keer gelezen en toch niet begrepen.",
    "Alles moet met een app en itsme.",
)
BARRIERS_READ_OVER = (
    "De bus rijdt maar één keer per uur naar het centrum",
    "Een afspraak maken lukt alleen met een app",
)

# Talk, domain and words of a quote that its speaker took back in October.
TAKEN_BACK = (
    4,
    ServiceDomain.AFTERCARE,
    "Mijn begeleidster ging met pensioen en niemand nam mijn dossier over.",
)


def read_over_in_heidebeke(project: Project, people: dict[str, DemoAccount]) -> None:
    """Els appoints Nele, who has read over the first words; the rest waits for her."""
    nele = project.memberships.get(user=people["nele"].user)
    appoint_redactor(project=project, membership=nele, on=day("2026-11-16"))
    on = day("2026-11-20")
    answers = OpenAnswer.objects.filter(conversation__project=project)
    for said, readable in READ_OVER:
        release(words=answers.get(text=said), text=readable, on=on)
    quotes = Quote.objects.filter(conversation__project=project)
    for text in QUOTES_READ_OVER:
        release(words=quotes.get(text=text), text=text, on=on)
    # The same words of two talks are decided about once.
    barriers = BarrierMention.objects.filter(conversation__project=project)
    for text in BARRIERS_READ_OVER:
        first = barriers.filter(text=text).order_by("pk")[0]
        release(words=first, text=text, on=on)


def appoint_in_polderdijke(project: Project, people: dict[str, DemoAccount]) -> None:
    """Hilde reads over from the first day of the measurement on."""
    hilde = project.memberships.get(user=people["hilde"].user)
    appoint_redactor(project=project, membership=hilde, on=day("2026-02-02"))


def read_over_in_polderdijke(project: Project) -> None:
    """Release every quote and barrier after the last talk; the originals are gone since."""
    on = day("2026-04-16")
    quotes = Quote.objects.filter(conversation__project=project)
    barriers = BarrierMention.objects.filter(conversation__project=project)
    for words in (*quotes.redactable(on), *barriers.redactable(on)):
        release(words=words, text=words.text, on=on)
    for released in (quotes, barriers):
        released.wipe_originals(day("2026-05-16"))


def take_back_in_polderdijke(project: Project) -> None:
    """Withdraw a quote on which a problem rested."""
    said = Quote.objects.get(conversation__project=project, text=TAKEN_BACK[2])
    withdraw_quote(quote=said, on=day("2026-10-05"))
