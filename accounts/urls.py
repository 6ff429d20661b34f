from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("uitnodiging/<str:token>/", views.invitation_accept, name="invitation_accept"),
    path("mijn-gegevens/", views.profile_edit, name="profile_edit"),
    path("agenda/nieuw/", views.calendar_feed_create, name="calendar_feed_create"),
    path("agenda/intrekken/", views.calendar_feed_delete, name="calendar_feed_delete"),
    path("demo/<int:user_id>/", views.demo_sign_in, name="demo_sign_in"),
]
