"""Addresses of the rules: in force, in drafts, and as they were published."""

from django.urls import path

from .answer_sweep import AnswerSweep
from .draft_delete import DraftDelete
from .draft_list import DraftList
from .draft_page import DraftPage
from .draft_publish import DraftPublish
from .draft_rule_active import DraftRuleActive
from .draft_rule_copy import DraftRuleCopy
from .draft_rule_delete import DraftRuleDelete
from .draft_rule_editor import DraftRuleEditor
from .draft_rule_order import DraftRuleOrder
from .rule_active import RuleActive
from .rule_copy import RuleCopy
from .rule_delete import RuleDelete
from .rule_editor import RuleEditor
from .rule_list import RuleList
from .rule_order import RuleOrder
from .try_rules import TryRules
from .version_list import VersionList
from .version_page import VersionPage
from .version_restore import VersionRestore

DRAFT = "reglas/borradores/<int:draft_id>"

urlpatterns = [
    path("reglas", RuleList.as_view(), name="rules"),
    path("reglas/nueva", RuleEditor.as_view(), name="rule_new"),
    path("reglas/orden", RuleOrder.as_view(), name="rule_order"),
    path("reglas/probar", TryRules.as_view(), name="rules_try"),
    path("reglas/<int:rule_id>", RuleEditor.as_view(), name="rule"),
    path("reglas/<int:rule_id>/activa", RuleActive.as_view(), name="rule_active"),
    path("reglas/<int:rule_id>/duplicar", RuleCopy.as_view(), name="rule_copy"),
    path("reglas/<int:rule_id>/eliminar", RuleDelete.as_view(), name="rule_delete"),
    path("reglas/borradores", DraftList.as_view(), name="rule_drafts"),
    path(DRAFT, DraftPage.as_view(), name="draft_rules"),
    path(f"{DRAFT}/eliminar", DraftDelete.as_view(), name="draft_delete"),
    path(f"{DRAFT}/publicar", DraftPublish.as_view(), name="draft_publish"),
    path(f"{DRAFT}/nueva", DraftRuleEditor.as_view(), name="draft_rule_new"),
    path(f"{DRAFT}/orden", DraftRuleOrder.as_view(), name="draft_rule_order"),
    path(f"{DRAFT}/<int:rule_id>", DraftRuleEditor.as_view(), name="draft_rule"),
    path(f"{DRAFT}/<int:rule_id>/activa", DraftRuleActive.as_view(), name="draft_rule_active"),
    path(f"{DRAFT}/<int:rule_id>/duplicar", DraftRuleCopy.as_view(), name="draft_rule_copy"),
    path(f"{DRAFT}/<int:rule_id>/eliminar", DraftRuleDelete.as_view(), name="draft_rule_delete"),
    path("reglas/barrido/<int:halt_id>", AnswerSweep.as_view(), name="sweep_answer"),
    path("reglas/versiones", VersionList.as_view(), name="rule_versions"),
    path("reglas/versiones/<int:number>", VersionPage.as_view(), name="rule_version"),
    path("reglas/versiones/<int:number>/volver", VersionRestore.as_view(), name="rule_version_restore"),
]
