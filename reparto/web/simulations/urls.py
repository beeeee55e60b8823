"""Addresses of simulations and of rules in the shadow."""

from django.urls import path

from .preview_rule import PreviewRule
from .shadow_list import ShadowList
from .shadow_page import ShadowPage
from .simulation_list import SimulationList
from .simulation_page import SimulationPage

urlpatterns = [
    path("reglas/vista-previa", PreviewRule.as_view(), name="rule_preview"),
    path("reglas/simular", SimulationList.as_view(), name="simulations"),
    path("reglas/simular/<int:simulation_id>", SimulationPage.as_view(), name="simulation"),
    path("reglas/sombra", ShadowList.as_view(), name="shadows"),
    path("reglas/sombra/<int:shadow_id>", ShadowPage.as_view(), name="shadow"),
]
