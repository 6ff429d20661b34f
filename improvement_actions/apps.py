from django.apps import AppConfig


class ImprovementActionsConfig(AppConfig):
    name = "improvement_actions"
    verbose_name = "Verbeteracties"
