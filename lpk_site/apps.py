from importlib import import_module

from django.apps import AppConfig


class LpkSiteConfig(AppConfig):
    name = "lpk_site"
    verbose_name = "Site"

    def ready(self) -> None:
        # Not at the top: the checks know the access table, and that needs the models.
        import_module("lpk_site.checks")
