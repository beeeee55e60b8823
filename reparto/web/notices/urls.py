"""Addresses of what reaches people outside of the page."""

from django.urls import path

from .as_an_app import Manifest, ServiceWorker
from .notice_choices import NoticeChoices
from .own_browsers import ForgetBrowser, OwnBrowsers

urlpatterns = [
    path("perfil/notificaciones", NoticeChoices.as_view(), name="notice_choices"),
    path("perfil/navegadores", OwnBrowsers.as_view(), name="own_browsers"),
    path("perfil/navegadores/<int:subscription_id>/quitar", ForgetBrowser.as_view(), name="own_browser_forget"),
    path("manifest.webmanifest", Manifest.as_view(), name="manifest"),
    path("sw.js", ServiceWorker.as_view(), name="service_worker"),
]
