from django.urls import include, path

from reports import views

app_name = "reports"

of_a_project = [
    path("<int:project_id>/", views.dashboard, name="dashboard"),
    path("<int:project_id>/te-doen/", views.my_tasks, name="my_tasks"),
    path("<int:project_id>/te-doen/aantal/", views.task_count, name="task_count"),
    path("<int:project_id>/nakijken/", views.review, name="review"),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/",
        views.meeting_detail,
        name="meeting_detail",
    ),
    path(
        "<int:project_id>/vergaderingen/<int:meeting_id>/afdrukken/",
        views.meeting_minutes,
        name="meeting_minutes",
    ),
    path(
        "<int:project_id>/metingen/vergelijken/",
        views.measurement_compare,
        name="measurement_compare",
    ),
    path("<int:project_id>/wat-kwam-ervan/", views.group_list, name="group_list"),
    path("<int:project_id>/rode-draad/", views.thread, name="thread"),
    path("<int:project_id>/rapporten/", views.report_list, name="report_list"),
    path(
        "<int:project_id>/rapporten/nieuw/", views.report_request, name="report_request"
    ),
    path(
        "<int:project_id>/rapporten/<int:report_id>/stand/",
        views.report_status,
        name="report_status",
    ),
    path(
        "<int:project_id>/rapporten/<int:report_id>/opnieuw/",
        views.report_retry,
        name="report_retry",
    ),
    path(
        "<int:project_id>/rapporten/<int:report_id>/voortgangsrapport.pdf",
        views.report_download,
        name="report_download",
    ),
]

urlpatterns = [
    path("agenda/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("projecten/", include(of_a_project)),
]
