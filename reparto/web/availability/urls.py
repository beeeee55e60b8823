"""Addresses of the team's availability."""

from django.urls import path

from .set_for_person import SetForPerson
from .team_page import TeamPage

urlpatterns = [
    path("disponibilidad", TeamPage.as_view(), name="team_availability"),
    path("disponibilidad/<int:person_id>", SetForPerson.as_view(), name="team_availability_set"),
]
