from django.urls import path, register_converter

from projects import views
from projects.converters import CriterionConverter

app_name = "projects"

register_converter(CriterionConverter, "criterion")

urlpatterns = [
    path("", views.project_list, name="project_list"),
    path("nieuw/", views.project_create, name="project_create"),
    path("<int:project_id>/instellingen/", views.project_edit, name="project_edit"),
    path("<int:project_id>/stuurgroep/", views.steering_group, name="steering_group"),
    path(
        "<int:project_id>/stuurgroep/nieuw/", views.member_create, name="member_create"
    ),
    path(
        "<int:project_id>/stuurgroep/<int:member_id>/",
        views.member_edit,
        name="member_edit",
    ),
    path(
        "<int:project_id>/stuurgroep/<int:member_id>/einde/",
        views.member_end,
        name="member_end",
    ),
    path(
        "<int:project_id>/organisaties/nieuw/",
        views.organisation_create,
        name="organisation_create",
    ),
    path(
        "<int:project_id>/organisaties/<int:organisation_id>/",
        views.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/",
        views.target_group_matrix,
        name="target_group_matrix",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/nieuw/",
        views.target_group_create,
        name="target_group_create",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/<int:target_group_id>/",
        views.target_group_edit,
        name="target_group_edit",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/<int:target_group_id>/beslissing/",
        views.target_group_decide,
        name="target_group_decide",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/<int:target_group_id>/verwijderen/",
        views.target_group_delete,
        name="target_group_delete",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/kiezen/",
        views.target_group_pick,
        name="target_group_pick",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/mijn/",
        views.matrix_scores,
        name="matrix_scores",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/mijn/<int:target_group_id>/",
        views.matrix_scores_save,
        name="matrix_scores_save",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/mijn/<int:target_group_id>/<criterion:criterion>/",
        views.matrix_score_save,
        name="matrix_score_save",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/scores/<int:member_id>/",
        views.matrix_member_scores,
        name="matrix_member_scores",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/openen/",
        views.matrix_round_open,
        name="matrix_round_open",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/nieuwe-ronde/",
        views.matrix_round_close,
        name="matrix_round_close",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/versies/",
        views.matrix_versions,
        name="matrix_versions",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/versies/nieuw/",
        views.matrix_version_create,
        name="matrix_version_create",
    ),
    path(
        "<int:project_id>/doelgroepenmatrix/<int:target_group_id>/<criterion:criterion>/",
        views.matrix_cell_save,
        name="matrix_cell_save",
    ),
    path("<int:project_id>/planning/", views.planning, name="planning"),
    path(
        "<int:project_id>/planning/nieuw/",
        views.planning_create,
        name="planning_create",
    ),
    path("<int:project_id>/toegang/", views.membership_list, name="membership_list"),
    path(
        "<int:project_id>/toegang/nieuw/",
        views.membership_create,
        name="membership_create",
    ),
    path(
        "<int:project_id>/toegang/<int:membership_id>/",
        views.membership_edit,
        name="membership_edit",
    ),
    path(
        "<int:project_id>/toegang/<int:membership_id>/uitnodigen/",
        views.membership_invite,
        name="membership_invite",
    ),
    path(
        "<int:project_id>/toegang/<int:membership_id>/intrekken/",
        views.membership_delete,
        name="membership_delete",
    ),
]
