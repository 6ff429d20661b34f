from django.urls import path, register_converter

from projects import views
from projects.converters import MomentConverter

app_name = "projects"

register_converter(MomentConverter, "moment")

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
        "<int:project_id>/stuurgroep/<int:member_id>/uitnodigen/",
        views.member_invite,
        name="member_invite",
    ),
    path(
        "<int:project_id>/stuurgroep/taken/",
        views.responsibilities,
        name="responsibilities",
    ),
    path("<int:project_id>/partners/", views.partner_list, name="partner_list"),
    path(
        "<int:project_id>/partners/voorstellen/",
        views.partner_suggest,
        name="partner_suggest",
    ),
    path(
        "<int:project_id>/partners/<int:engagement_id>/",
        views.partner_edit,
        name="partner_edit",
    ),
    path(
        "<int:project_id>/partners/<int:engagement_id>/verwijderen/",
        views.partner_delete,
        name="partner_delete",
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
    path("<int:project_id>/vergaderingen/", views.meeting_list, name="meeting_list"),
    path(
        "<int:project_id>/vergaderingen/nieuw/",
        views.meeting_create,
        name="meeting_create",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/aanpassen/",
        views.meeting_edit,
        name="meeting_edit",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/schrappen/",
        views.meeting_delete,
        name="meeting_delete",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/agenda/",
        views.meeting_agenda,
        name="meeting_agenda",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/verslag/",
        views.meeting_record,
        name="meeting_record",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/vergadering.ics",
        views.meeting_calendar,
        name="meeting_calendar",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/agenda/<int:meeting_item_id>/",
        views.meeting_item_edit,
        name="meeting_item_edit",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/agenda/<int:meeting_item_id>/verwijderen/",
        views.meeting_item_delete,
        name="meeting_item_delete",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/agenda/<int:meeting_item_id>/verplaatsen/",
        views.meeting_item_move,
        name="meeting_item_move",
    ),
    path("<int:project_id>/planning/", views.planning, name="planning"),
    path(
        "<int:project_id>/planning/nieuw/",
        views.planning_create,
        name="planning_create",
    ),
    path(
        "<int:project_id>/planning/goedkeuring/",
        views.planning_settle,
        name="planning_settle",
    ),
    path(
        "<int:project_id>/planning/oordeel/",
        views.planning_vote,
        name="planning_vote",
    ),
    path(
        "<int:project_id>/planning/oordeel/<int:member_id>/",
        views.planning_vote_record,
        name="planning_vote_record",
    ),
    path(
        "<int:project_id>/planning/oordelen/<int:vote_id>/",
        views.vote_answer,
        name="vote_answer",
    ),
    path("<int:project_id>/inschatting/", views.estimate_list, name="estimate_list"),
    path(
        "<int:project_id>/inschatting/mijn/",
        views.estimate_edit,
        name="estimate_edit",
    ),
    path(
        "<int:project_id>/inschatting/<int:member_id>/",
        views.estimate_record,
        name="estimate_record",
    ),
    path("<int:project_id>/verloop/", views.course, name="course"),
    path("<int:project_id>/fasen/", views.phase_change, name="phase_change"),
    path(
        "<int:project_id>/kansen/nieuw/",
        views.opportunity_create,
        name="opportunity_create",
    ),
    path(
        "<int:project_id>/kansen/<int:opportunity_id>/",
        views.opportunity_edit,
        name="opportunity_edit",
    ),
    path(
        "<int:project_id>/kansen/<int:opportunity_id>/verwijderen/",
        views.opportunity_delete,
        name="opportunity_delete",
    ),
    path(
        "<int:project_id>/participatie/",
        views.participation_list,
        name="participation_list",
    ),
    path(
        "<int:project_id>/participatie/<moment:moment>/",
        views.participation_edit,
        name="participation_edit",
    ),
    path("<int:project_id>/toegang/", views.membership_list, name="membership_list"),
    path(
        "<int:project_id>/toegang/nieuw/",
        views.membership_create,
        name="membership_create",
    ),
    path(
        "<int:project_id>/toegang/overdragen/",
        views.membership_hand_over,
        name="membership_hand_over",
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
