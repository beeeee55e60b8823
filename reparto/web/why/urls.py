"""Addresses of decisions."""

from django.urls import path

from .decision_page import DecisionPage
from .undo import Undo

urlpatterns = [
    path("decisiones/<int:decision_id>", DecisionPage.as_view(), name="decision"),
    path("decisiones/<int:decision_id>/deshacer", Undo.as_view(), name="undo_decision"),
]
