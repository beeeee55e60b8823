"""The address of what was set aside."""

from django.urls import path

from .quarantine_page import QuarantinePage

urlpatterns = [path("cuarentena", QuarantinePage.as_view(), name="quarantine")]
