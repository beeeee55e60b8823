"""The hooks."""

from django.urls import path

from .hooks import WebFormHook, WhatsAppHook
from .phone_hook import PhoneHook

urlpatterns = [
    path("hooks/whatsapp/<str:key>", WhatsAppHook.as_view(), name="hook_whatsapp"),
    path("hooks/webform/<str:key>", WebFormHook.as_view(), name="hook_webform"),
    path("hooks/phone/<str:key>", PhoneHook.as_view(), name="hook_phone"),
]
