"""What changes several rows of the planning."""

from django.db import transaction

from projects.models import Planning, Project


@transaction.atomic
def agree_planning(*, planning: Planning) -> Planning:
    """Store a planning as the next version of its project."""
    # Locking the project keeps two simultaneous saves from taking the same number.
    project = Project.objects.select_for_update().get(pk=planning.project_id)
    newest = project.plannings.current()
    planning.pk = None
    planning.version = newest.version + 1 if newest else 1
    planning.save(force_insert=True)
    return planning
