"""Addresses of the flows."""

from django.urls import path

from .flow_active import FlowActive
from .flow_delete import FlowDelete
from .flow_editor import FlowEditor
from .flow_list import FlowList
from .flow_trial import FlowTrial

urlpatterns = [
    path("flujos", FlowList.as_view(), name="flows"),
    path("flujos/nuevo", FlowEditor.as_view(), name="flow_new"),
    path("flujos/probar", FlowTrial.as_view(), name="flow_try"),
    path("flujos/<int:flow_id>", FlowEditor.as_view(), name="flow"),
    path("flujos/<int:flow_id>/activo", FlowActive.as_view(), name="flow_active"),
    path("flujos/<int:flow_id>/eliminar", FlowDelete.as_view(), name="flow_delete"),
]
