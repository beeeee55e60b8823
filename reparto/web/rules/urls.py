"""Addresses of the rules."""

from django.urls import path

from .rule_active import RuleActive
from .rule_delete import RuleDelete
from .rule_editor import RuleEditor
from .rule_list import RuleList
from .rule_order import RuleOrder
from .try_rules import TryRules

urlpatterns = [
    path("reglas", RuleList.as_view(), name="rules"),
    path("reglas/nueva", RuleEditor.as_view(), name="rule_new"),
    path("reglas/orden", RuleOrder.as_view(), name="rule_order"),
    path("reglas/probar", TryRules.as_view(), name="rules_try"),
    path("reglas/<int:rule_id>", RuleEditor.as_view(), name="rule"),
    path("reglas/<int:rule_id>/activa", RuleActive.as_view(), name="rule_active"),
    path("reglas/<int:rule_id>/eliminar", RuleDelete.as_view(), name="rule_delete"),
]
