"""Addresses of decisions."""

from django.urls import path

from .decision_of_talk import DecisionOfTalk
from .decision_page import DecisionPage
from .last_decision import LastDecision
from .undo import Undo

urlpatterns = [
    path("decisiones/<int:decision_id>", DecisionPage.as_view(), name="decision"),
    path("contactos/<int:contact_id>/por-que", LastDecision.as_view(), name="contact_why"),
    path("bandeja/<int:conversation_id>/por-que", DecisionOfTalk.as_view(), name="conversation_why"),
    path("decisiones/<int:decision_id>/deshacer", Undo.as_view(), name="undo_decision"),
]
