"""Addresses of the start and of the shell's own answers."""

from django.urls import path

from .availability import SetAvailability
from .first_steps import FirstSteps
from .nav import Nav
from .notifications import MarkRead, Notifications
from .start import Start

urlpatterns = [
    path("", Start.as_view(), name="home"),
    path("primeros-pasos", FirstSteps.as_view(), name="first_steps"),
    path("nav", Nav.as_view(), name="nav"),
    path("availability", SetAvailability.as_view(), name="availability"),
    path("notificaciones", Notifications.as_view(), name="notifications"),
    path("notificaciones/leidas", MarkRead.as_view(), name="notifications_read"),
]
