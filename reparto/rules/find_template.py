"""
Find e-mail templates, and what still names one: rules of the list, and drafts of the next.

It fills none in.
"""

from django.db.models import QuerySet

from reparto.kit.read_choice import is_id

from .models import Rule, RuleSetDraft, Template


class UnknownTemplate(LookupError):
    """No such template in this organization."""


def all_templates() -> QuerySet[Template]:
    """Return the templates by name."""
    return Template.objects.order_by("folded")


def find_template(template_id: int) -> Template:
    """Return a template. Raises UnknownTemplate."""
    template = Template.objects.filter(pk=template_id).first() if is_id(template_id) else None
    if template is None:
        raise UnknownTemplate(f"Template {template_id} does not exist.")
    return template


def known_template(template_id: int) -> bool:
    """Say whether there is one."""
    return is_id(template_id) and Template.objects.filter(pk=template_id).exists()


def uses_of_template(template_id: int) -> list[str]:
    """Return the names of the rules and drafts that name a template."""
    rules = Rule.objects.filter(template_id=template_id).order_by("position").values_list("description", flat=True)
    drafts = RuleSetDraft.objects.filter(content__contains=[{"template_id": template_id}])
    return [*rules, *drafts.order_by("id").values_list("name", flat=True)]


def name_taken(folded: str, *, but: int | None = None) -> bool:
    """Say whether another template has this name."""
    others = Template.objects.filter(folded=folded)
    return (others if but is None else others.exclude(pk=but)).exists()


def count_templates() -> int:
    """Count the templates."""
    return Template.objects.count()


def remove_template(template: Template) -> None:
    """Delete a template."""
    Template.objects.filter(pk=template.pk).delete()
