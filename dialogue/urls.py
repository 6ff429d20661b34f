from django.urls import path

from dialogue import views

app_name = "dialogue"

urlpatterns = [
    path("<int:project_id>/dialoog/", views.session_list, name="session_list"),
    path(
        "<int:project_id>/dialoog/nieuw/", views.session_create, name="session_create"
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/",
        views.session_detail,
        name="session_detail",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/wijzigen/",
        views.session_edit,
        name="session_edit",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/afsluiten/",
        views.session_close,
        name="session_close",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/agenda/nieuw/",
        views.agenda_item_create,
        name="agenda_item_create",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/agenda/<int:agenda_item_id>/weg/",
        views.agenda_item_delete,
        name="agenda_item_delete",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/agenda/<int:agenda_item_id>/conclusie/",
        views.conclusion_create,
        name="conclusion_create",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/conclusies/<int:conclusion_id>/",
        views.conclusion_edit,
        name="conclusion_edit",
    ),
    path(
        "<int:project_id>/dialoog/<int:session_id>/conclusies/<int:conclusion_id>/bevestigen/",
        views.conclusion_confirm,
        name="conclusion_confirm",
    ),
]
