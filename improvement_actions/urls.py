from django.urls import path

from improvement_actions import views

app_name = "improvement_actions"

urlpatterns = [
    path("<int:project_id>/verbeteracties/", views.action_list, name="action_list"),
    path(
        "<int:project_id>/verbeteracties/nieuw/",
        views.action_create,
        name="action_create",
    ),
    path(
        "<int:project_id>/verbeteracties/<int:action_id>/",
        views.action_detail,
        name="action_detail",
    ),
    path(
        "<int:project_id>/verbeteracties/<int:action_id>/wijzigen/",
        views.action_edit,
        name="action_edit",
    ),
    path(
        "<int:project_id>/verbeteracties/<int:action_id>/opvolging/",
        views.follow_up_create,
        name="follow_up_create",
    ),
    path(
        "<int:project_id>/terugkoppelingen/", views.feedback_list, name="feedback_list"
    ),
    path(
        "<int:project_id>/terugkoppelingen/verwittiging/",
        views.feedback_warning,
        name="feedback_warning",
    ),
    path(
        "<int:project_id>/terugkoppelingen/nieuw/",
        views.feedback_create,
        name="feedback_create",
    ),
    path("<int:project_id>/verankering/", views.anchoring_list, name="anchoring_list"),
    path(
        "<int:project_id>/verankering/nieuw/",
        views.anchoring_create,
        name="anchoring_create",
    ),
    path(
        "<int:project_id>/verankering/signalen/nieuw/",
        views.signal_create,
        name="signal_create",
    ),
]
