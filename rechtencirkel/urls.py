from django.urls import include, path, register_converter

from rechtencirkel import views
from rechtencirkel.converters import DomainConverter, SideConverter

app_name = "rechtencirkel"

register_converter(DomainConverter, "domain")
register_converter(SideConverter, "side")

of_a_project = [
    path("<int:project_id>/rechtencirkel/", views.wheel, name="wheel"),
    path(
        "<int:project_id>/rechtencirkel/<domain:domain>/",
        views.domain_detail,
        name="domain_detail",
    ),
    path("<int:project_id>/metingen/", views.round_list, name="round_list"),
    path("<int:project_id>/metingen/nieuw/", views.round_create, name="round_create"),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/",
        views.question_list,
        name="question_list",
    ),
    path(
        "<int:project_id>/metingen/<int:round_id>/afsluiten/",
        views.round_close,
        name="round_close",
    ),
    path(
        "<int:project_id>/gesprekken/",
        views.conversation_list,
        name="conversation_list",
    ),
    path(
        "<int:project_id>/gesprekken/nieuw/<side:side>/",
        views.conversation_create,
        name="conversation_create",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/",
        views.conversation_detail,
        name="conversation_detail",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/gegevens/",
        views.conversation_edit,
        name="conversation_edit",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/verwijderen/",
        views.conversation_delete,
        name="conversation_delete",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/blad/<domain:domain>/",
        views.sheet_edit,
        name="sheet_edit",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/wat-eerst/",
        views.sheet_closing,
        name="sheet_closing",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/nalezen/",
        views.sheet_review,
        name="sheet_review",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/indienen/",
        views.conversation_hand_in,
        name="conversation_hand_in",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/nagelezen/",
        views.conversation_read_back,
        name="conversation_read_back",
    ),
    path(
        "<int:project_id>/problemen/",
        views.problem_statement_list,
        name="problem_statement_list",
    ),
    path(
        "<int:project_id>/problemen/nieuw/",
        views.problem_statement_create,
        name="problem_statement_create",
    ),
    path(
        "<int:project_id>/problemen/<int:problem_statement_id>/",
        views.problem_statement_detail,
        name="problem_statement_detail",
    ),
    path(
        "<int:project_id>/problemen/<int:problem_statement_id>/wijzigen/",
        views.problem_statement_edit,
        name="problem_statement_edit",
    ),
    path("<int:project_id>/links/", views.link_list, name="link_list"),
    path("<int:project_id>/links/nieuw/", views.link_create, name="link_create"),
    path(
        "<int:project_id>/links/teksten/",
        views.written_answer_list,
        name="written_answer_list",
    ),
    path(
        "<int:project_id>/links/<int:link_id>/", views.link_detail, name="link_detail"
    ),
    path(
        "<int:project_id>/links/<int:link_id>/sluiten/",
        views.link_close,
        name="link_close",
    ),
]

urlpatterns = [
    path("projecten/", include(of_a_project)),
    # Outside the projects: whoever answers belongs to none.
    path("antwoord/<str:token>/", views.answer, name="answer"),
]
