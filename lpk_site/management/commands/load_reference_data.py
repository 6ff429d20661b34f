"""Loads what every installation needs: the municipalities and the question bank."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.services import load_municipalities
from rechtencirkel.services import load_question_sets, publish_due


class Command(BaseCommand):
    """Safe to run again: what is there already stays as it is."""

    help = "Laadt de gemeenten en de vragenbank. Opnieuw uitvoeren kan geen kwaad."

    def handle(self, *args: Any, **options: Any) -> None:
        municipalities = load_municipalities()
        new = load_question_sets()
        self.stdout.write(f"{municipalities} gemeenten staan klaar.")
        if new:
            banks = "vragenbank" if new == 1 else "vragenbanken"
            self.stdout.write(f"{new} nieuwe {banks} geladen.")
        else:
            self.stdout.write("De vragenbank stond er al.")
        # After an update: answers from before there were publications.
        publish_due(timezone.localdate())
