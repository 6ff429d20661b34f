from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest

from accounts.models import User
from projects.models import Membership, Municipality, Project


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    """Mergers and inhabitants; the 285 of today come with the product."""

    list_display = ["name", "province", "nis_code", "inhabitants", "valid_until"]
    list_filter = ["province"]
    list_select_related = ["successor"]
    search_fields = ["name", "nis_code"]
    raw_id_fields = ["successor"]

    def has_delete_permission(
        self, request: HttpRequest, obj: Municipality | None = None
    ) -> bool:
        return False


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    """Which projects exist, and nothing of what was said in them.

    A project starts on its own page, with its coordinator; removing one would take
    every answer along, so that is not a click in a list.
    """

    list_display = ["title", "municipality", "phase", "started_on", "closed_on"]
    list_filter = ["phase"]
    list_select_related = ["municipality"]
    search_fields = ["title", "municipality__name"]
    raw_id_fields = ["municipality"]
    fields = ["municipality", "title", "started_on", "closed_on"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Project | None = None
    ) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who has a role where. Roles change on the pages of the project.

    Adding stays possible, for a project whose only coordinator left; never for oneself,
    because who manages accounts reads no answers.
    """

    list_display = ["user", "project", "role", "since"]
    list_filter = ["role"]
    list_select_related = ["user", "project"]
    search_fields = ["user__name", "user__email", "project__title"]
    raw_id_fields = ["user", "project"]

    def has_change_permission(
        self, request: HttpRequest, obj: Membership | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Membership | None = None
    ) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user" and field is not None:
            field.queryset = User.objects.exclude(pk=request.user.pk or 0)
        return field
