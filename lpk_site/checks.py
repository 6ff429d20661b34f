"""What stops the start: a page nobody guards, or time limits that contradict.

Django runs these before every command, migrate and check --deploy among them.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from lpk_site.routes import undeclared, unmounted


@register(Tags.security)
def every_route_is_declared(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Compare the URLconf with the access table, both ways."""
    return [
        *(
            Error(
                f"Niemand bepaalde wie {route.name} mag openen ({route.path}).",
                hint="Zet de route in lpk_site/access_table.py.",
                id="lpk_site.E001",
            )
            for route in undeclared()
        ),
        *(
            Error(
                f"{name} staat in de toegangstabel, maar de route bestaat niet.",
                hint="Haal de naam weg uit lpk_site/access_table.py.",
                id="lpk_site.E002",
            )
            for name in unmounted()
        ),
    ]


@register(Tags.compatibility)
def time_limits_agree(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """See that a task ends before the broker hands it to somebody else."""
    limits = {
        "CELERY_TASK_SOFT_TIME_LIMIT": settings.CELERY_TASK_SOFT_TIME_LIMIT,
        "CELERY_TASK_TIME_LIMIT": settings.CELERY_TASK_TIME_LIMIT,
    }
    # Only Redis gives a task to another worker after a while.
    options: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    if "visibility_timeout" in options:
        limits["visibility_timeout"] = options["visibility_timeout"]
    return [
        Error(
            f"{earlier} ({seconds}) moet korter zijn dan {later} ({longer}).",
            id="lpk_site.E003",
        )
        for (earlier, seconds), (later, longer) in pairwise(limits.items())
        if seconds >= longer
    ]
