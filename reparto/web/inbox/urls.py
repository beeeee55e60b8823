"""Addresses of the inbox."""

from django.urls import path

from .aside_part import AsidePart
from .assignees import Assignees
from .close import Close
from .composer_part import ComposerPart
from .default_assignees import DefaultAssignees
from .draft import KeptDraft
from .file import File
from .head_part import HeadPart
from .inbox_page import InboxPage
from .list_part import ListPart
from .mention_options import MentionOptions
from .messages import Messages
from .presence import Presence
from .put_back import PutBack
from .quick_options import QuickOptions
from .reopen import Reopen
from .resend import Resend
from .snooze import Snooze
from .take import Take
from .template_dialog import TemplateDialog
from .unread import Unread
from .viewers_part import ViewersPart

urlpatterns = [
    path("bandeja", InboxPage.as_view(), name="inbox"),
    path("bandeja/lista", ListPart.as_view(), name="inbox_list"),
    path("bandeja/<int:conversation_id>", InboxPage.as_view(), name="conversation"),
    path("bandeja/<int:conversation_id>/mensajes", Messages.as_view(), name="inbox_messages"),
    path("bandeja/<int:conversation_id>/mensajes/<int:message_id>/reenviar", Resend.as_view(), name="inbox_resend"),
    path("bandeja/<int:conversation_id>/borrador", KeptDraft.as_view(), name="inbox_draft"),
    path("bandeja/<int:conversation_id>/menciones", MentionOptions.as_view(), name="inbox_mentions"),
    path("bandeja/<int:conversation_id>/respuestas", QuickOptions.as_view(), name="inbox_quick"),
    path("bandeja/<int:conversation_id>/presencia", Presence.as_view(), name="inbox_presence"),
    path("bandeja/<int:conversation_id>/presentes", ViewersPart.as_view(), name="inbox_viewers"),
    path("bandeja/<int:conversation_id>/plantilla", TemplateDialog.as_view(), name="inbox_template"),
    path("bandeja/<int:conversation_id>/archivos/<int:attachment_id>", File.as_view(), name="inbox_file"),
    path("bandeja/<int:conversation_id>/no-leida", Unread.as_view(), name="inbox_unread"),
    path("bandeja/<int:conversation_id>/cabecera", HeadPart.as_view(), name="inbox_head"),
    path("bandeja/<int:conversation_id>/redactar", ComposerPart.as_view(), name="inbox_composer"),
    path("bandeja/<int:conversation_id>/detalles", AsidePart.as_view(), name="inbox_aside"),
    path("bandeja/<int:conversation_id>/cerrar", Close.as_view(), name="inbox_close"),
    path("bandeja/<int:conversation_id>/reabrir", Reopen.as_view(), name="inbox_reopen"),
    path("bandeja/<int:conversation_id>/como-estaba", PutBack.as_view(), name="inbox_put_back"),
    path("bandeja/<int:conversation_id>/posponer", Snooze.as_view(), name="inbox_snooze"),
    path("bandeja/<int:conversation_id>/asignarme", Take.as_view(), name="inbox_take"),
    path("bandeja/<int:conversation_id>/asignado", Assignees.as_view(), name="inbox_assignees"),
    path("bandeja/<int:conversation_id>/propietarios", DefaultAssignees.as_view(), name="inbox_default_assignees"),
]
