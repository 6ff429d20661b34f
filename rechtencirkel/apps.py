from django.apps import AppConfig


class RechtencirkelConfig(AppConfig):
    name = "rechtencirkel"
    verbose_name = "Rechtencirkel"
