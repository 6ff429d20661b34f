from django.urls import include, path, register_converter

from rechtencirkel import views
from rechtencirkel.converters import DomainConverter, SideConverter, WordsConverter

register_converter(DomainConverter, "domain")
register_converter(SideConverter, "side")
register_converter(WordsConverter, "words")

app_name = "rechtencirkel"

of_a_project = [
    path("<int:project_id>/rechtencirkel/", views.wheel, name="wheel"),
    path(
        "<int:project_id>/rechtencirkel/verschillen/", views.gap_list, name="gap_list"
    ),
    path(
        "<int:project_id>/rechtencirkel/<domain:domain>/",
        views.domain_detail,
        name="domain_detail",
    ),
    path("<int:project_id>/drempels/", views.barrier_list, name="barrier_list"),
    path("<int:project_id>/dekking/", views.coverage, name="coverage"),
    path("<int:project_id>/metingen/", views.round_list, name="round_list"),
    path("<int:project_id>/metingen/nieuw/", views.round_create, name="round_create"),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/",
        views.question_list,
        name="question_list",
    ),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/kiezen/",
        views.question_choose,
        name="question_choose",
    ),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/nieuw/",
        views.question_create,
        name="question_create",
    ),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/<int:question_id>/",
        views.question_edit,
        name="question_edit",
    ),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/<int:question_id>/terugzetten/",
        views.question_reset,
        name="question_reset",
    ),
    path(
        "<int:project_id>/metingen/<int:round_id>/vragen/<int:question_id>/verplaatsen/",
        views.question_move,
        name="question_move",
    ),
    path(
        "<int:project_id>/metingen/vragen-vergelijken/",
        views.question_compare,
        name="question_compare",
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
        "<int:project_id>/gesprekken/<int:conversation_id>/naam/",
        views.conversation_rename,
        name="conversation_rename",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/doorgeven/",
        views.conversation_hand_over,
        name="conversation_hand_over",
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
        "<int:project_id>/gesprekken/<int:conversation_id>/bewaren/",
        views.sheet_save_fields,
        name="sheet_save_fields",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/nalezen/",
        views.sheet_review,
        name="sheet_review",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/fotos/",
        views.sheet_photos,
        name="sheet_photos",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/fotos/<int:photo_id>/",
        views.sheet_photo,
        name="sheet_photo",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/fotos/<int:photo_id>/weg/",
        views.sheet_photo_delete,
        name="sheet_photo_delete",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/uit-bestand/",
        views.sheet_import,
        name="sheet_import",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/uit-bestand/invullen/",
        views.sheet_import_confirm,
        name="sheet_import_confirm",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/invulblad.xlsx",
        views.sheet_template_xlsx,
        name="sheet_template_xlsx",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/invulblad.csv",
        views.sheet_template_csv,
        name="sheet_template_csv",
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
        "<int:project_id>/gesprekken/<int:conversation_id>/checklist/",
        views.conversation_checklist,
        name="conversation_checklist",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/vragen/",
        views.conversation_questions,
        name="conversation_questions",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/aanvaarden/",
        views.conversation_accept,
        name="conversation_accept",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/terugsturen/",
        views.conversation_return,
        name="conversation_return",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/antwoorden/",
        views.conversation_answer,
        name="conversation_answer",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/heropenen/",
        views.conversation_reopen,
        name="conversation_reopen",
    ),
    path("<int:project_id>/papier/", views.paper_open, name="paper_open"),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/scherm/",
        views.live_room,
        name="live_room",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/scherm/stand/",
        views.live_screen,
        name="live_screen",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/scherm/vraag/",
        views.live_show,
        name="live_show",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/scherm/telefoons/",
        views.live_phones,
        name="live_phones",
    ),
    path(
        "<int:project_id>/gesprekken/<int:conversation_id>/scherm/stemming/",
        views.live_ballot,
        name="live_ballot",
    ),
    path(
        "<int:project_id>/privacy-nakijken/",
        views.privacy_check,
        name="privacy_check",
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
    path(
        "<int:project_id>/problemen/<int:problem_statement_id>/verwijderen/",
        views.problem_statement_delete,
        name="problem_statement_delete",
    ),
    path(
        "<int:project_id>/problemen/<int:problem_statement_id>/voorleggen/<side:side>/",
        views.problem_validate,
        name="problem_validate",
    ),
    path(
        "<int:project_id>/problemen/<int:problem_statement_id>/verplaatsen/",
        views.problem_rank_move,
        name="problem_rank_move",
    ),
    path(
        "<int:project_id>/problemen/volgorde/", views.problem_rank, name="problem_rank"
    ),
    path(
        "<int:project_id>/problemen/volgorde/stap/",
        views.problem_rank_step,
        name="problem_rank_step",
    ),
    path(
        "<int:project_id>/problemen/volgorde/<int:member_id>/",
        views.problem_rank_record,
        name="problem_rank_record",
    ),
    path("<int:project_id>/redactie/", views.redaction_list, name="redaction_list"),
    path(
        "<int:project_id>/redactie/aanstellen/",
        views.redactor_edit,
        name="redactor_edit",
    ),
    path(
        "<int:project_id>/redactie/<words:kind>/<int:words_id>/",
        views.redaction_edit,
        name="redaction_edit",
    ),
    path(
        "<int:project_id>/uitspraken/<int:quote_id>/intrekken/",
        views.quote_withdraw,
        name="quote_withdraw",
    ),
    path("<int:project_id>/links/", views.link_list, name="link_list"),
    path("<int:project_id>/links/nieuw/", views.link_create, name="link_create"),
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
    path("stem/", views.live_join, name="live_join"),
    path("stem/<str:token>/", views.live_vote, name="live_vote"),
    path("op-dit-toestel/", views.device_page, name="device_page"),
    path("op-dit-toestel/wie/", views.device_state, name="device_state"),
    path("dienst.js", views.service_worker, name="service_worker"),
]
