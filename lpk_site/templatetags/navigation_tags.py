"""Hands the navigation of a project to the base template."""

from django import template
from django.http import HttpRequest

from lpk_site.navigation import Navigation, build_navigation
from projects.models import Project

register = template.Library()


@register.simple_tag
def project_navigation(request: HttpRequest, project: Project) -> Navigation:
    """Return the phases and pages the viewer may open, with the current one marked."""
    match = request.resolver_match
    return build_navigation(project, match.view_name if match else "")
