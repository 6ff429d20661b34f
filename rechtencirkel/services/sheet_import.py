"""Putting on a sheet what came in a file, all of it or nothing."""

from collections.abc import Mapping

from django.db import transaction

from kader.vocabulary import ServiceDomain
from rechtencirkel.models import Conversation
from rechtencirkel.services.sheets import save_first_change, save_page
from rechtencirkel.sheet import SheetPage


@transaction.atomic
def fill_sheet(
    *,
    conversation: Conversation,
    pages: Mapping[ServiceDomain, SheetPage],
    first_change: str,
    version: int,
) -> Conversation:
    """Store several pages as if they were typed one after another.

    `version` is the number of the sheet that was compared with. Raises what saving a page
    raises, and then nothing is stored. An empty `first_change` leaves what stands there.
    """
    for domain, page in pages.items():
        save_page(conversation=conversation, domain=domain, page=page, version=version)
        version = conversation.version
    if first_change:
        save_first_change(conversation=conversation, text=first_change, version=version)
    return conversation
