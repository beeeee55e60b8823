"""Addresses of contacts."""

from django.urls import path

from .bulk import Bulk, BulkAll, BulkOptions
from .bulk_work import BulkWork, UndoBulk
from .call_back import CallBack
from .change_parts import ChangeAddresses, ChangeTags
from .compose_filter import ComposeFilter
from .contact_page import ContactPage
from .default_assignees import DefaultAssignees
from .edit_contact import EditContact
from .ended_list import EndedList
from .filter_dialog import FilterDialog
from .follow_up import RecordFollowUp
from .list_page import ContactList
from .merge import MergeContacts, UndoMerge
from .new_contact import NewContact
from .owner import Owner, OwnerOptions
from .sales import CancelSale, RecordSale
from .view_dialogs import Columns, ForgetView, NewView

urlpatterns = [
    path("reglas/sin-respuesta", EndedList.as_view(), name="rules_ended"),
    path("contactos", ContactList.as_view(), name="contacts"),
    path("contactos/filtro", FilterDialog.as_view(), name="contacts_filter"),
    path("contactos/filtro/componer", ComposeFilter.as_view(), name="contacts_filter_compose"),
    path("contactos/en-lote", Bulk.as_view(), name="contacts_bulk"),
    path("contactos/en-lote/todos", BulkAll.as_view(), name="contacts_bulk_all"),
    path("contactos/en-lote/encargado", BulkOptions.as_view(), name="contacts_bulk_options"),
    path("contactos/en-lote/<int:job_id>", BulkWork.as_view(), name="contacts_bulk_work"),
    path("contactos/en-lote/<int:job_id>/deshacer", UndoBulk.as_view(), name="contacts_bulk_undo"),
    path("contactos/columnas", Columns.as_view(), name="contacts_columns"),
    path("contactos/vistas/nueva", NewView.as_view(), name="contacts_view_new"),
    path("contactos/vistas/<int:view_id>/olvidar", ForgetView.as_view(), name="contacts_view_forget"),
    path("contactos/nuevo", NewContact.as_view(), name="contact_new"),
    path("contactos/<int:contact_id>", ContactPage.as_view(), name="contact"),
    path("contactos/<int:contact_id>/editar", EditContact.as_view(), name="contact_edit"),
    path("contactos/<int:contact_id>/encargado", Owner.as_view(), name="contact_owner"),
    path("contactos/<int:contact_id>/encargado/opciones", OwnerOptions.as_view(), name="contact_owner_options"),
    path("contactos/<int:contact_id>/propietarios", DefaultAssignees.as_view(), name="contact_default_assignees"),
    path("contactos/<int:contact_id>/medios", ChangeAddresses.as_view(), name="contact_addresses"),
    path("contactos/<int:contact_id>/etiquetas", ChangeTags.as_view(), name="contact_tags"),
    path("contactos/<int:contact_id>/fusionar", MergeContacts.as_view(), name="contact_merge"),
    path("contactos/fusiones/<int:merge_id>/deshacer", UndoMerge.as_view(), name="contact_merge_undo"),
    path("contactos/<int:contact_id>/seguimientos", RecordFollowUp.as_view(), name="contact_follow_ups"),
    path("contactos/<int:contact_id>/ventas", RecordSale.as_view(), name="contact_sales"),
    path("contactos/<int:contact_id>/ventas/<int:sale_id>/anular", CancelSale.as_view(), name="contact_sale_cancel"),
    path("contactos/<int:contact_id>/devolver-llamada", CallBack.as_view(), name="contact_call_back"),
]
