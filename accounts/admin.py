from django.contrib import admin

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts only; passwords are never typed or shown here."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    fields = [
        "name",
        "email",
        "note",
        "is_active",
        "is_staff",
        "joined_at",
        "last_login",
    ]
    readonly_fields = ["joined_at", "last_login"]
