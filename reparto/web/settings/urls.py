"""Addresses of the settings."""

from django.urls import path

from .delete_mail_template import DeleteMailTemplate
from .fields_page import FieldsPage
from .forget_message_template import ForgetMessageTemplate
from .forget_quick_reply import ForgetQuickReply
from .inbox_page import InboxSettings
from .mail_templates_page import MailTemplatesPage
from .message_templates_page import MessageTemplatesPage
from .quick_replies_page import QuickRepliesPage
from .settings_page import SettingsPage

urlpatterns = [
    path("ajustes/plantillas", MessageTemplatesPage.as_view(), name="message_templates"),
    path(
        "ajustes/plantillas/<int:template_id>/eliminar", ForgetMessageTemplate.as_view(), name="message_template_forget"
    ),
    path("ajustes/plantillas-de-correo", MailTemplatesPage.as_view(), name="mail_templates"),
    path("ajustes/plantillas-de-correo/<int:template_id>", MailTemplatesPage.as_view(), name="mail_template"),
    path(
        "ajustes/plantillas-de-correo/<int:template_id>/eliminar",
        DeleteMailTemplate.as_view(),
        name="mail_template_delete",
    ),
    path("ajustes", SettingsPage.as_view(), name="settings"),
    path("ajustes/bandeja", InboxSettings.as_view(), name="settings_inbox"),
    path("ajustes/campos", FieldsPage.as_view(), name="custom_fields"),
    path("ajustes/campos/<int:field_id>", FieldsPage.as_view(), name="custom_field"),
    path("ajustes/respuestas", QuickRepliesPage.as_view(), name="quick_replies"),
    path("ajustes/respuestas/<int:quick_reply_id>", QuickRepliesPage.as_view(), name="quick_reply"),
    path("ajustes/respuestas/<int:quick_reply_id>/eliminar", ForgetQuickReply.as_view(), name="quick_reply_forget"),
]
