"""The address of the settings."""

from django.urls import path

from .settings_page import SettingsPage

urlpatterns = [path("ajustes", SettingsPage.as_view(), name="settings")]
