"""What every template keeps to, whoever wrote it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "reparto" / "web"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def _found(pattern: str) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}: {hit.group(0)[:80]}"
        for file in TEMPLATES
        for hit in re.finditer(pattern, file.read_text(encoding="utf-8"))
    ]


class TestTemplates:
    """The content policy and the icons."""

    def test_nothing_inline(self) -> None:
        """No template has an inline style, script or handler: the policy would drop it in silence."""
        assert [] == _found(
            r"""\sstyle=|<style|<script(?![^>]*\s(?:src=|type="application/json"))|\son[a-z]+="|hx-on|hx-vals='?"?js:"""
        )

    def test_every_icon_is_built(self) -> None:
        """Each icon that a template draws is listed in icons.txt; a missing one would be an empty square."""
        listed = set((ROOT / "assets" / "icons.txt").read_text(encoding="utf-8").split()) | {"reparto"}
        drawn = [
            (file.name, name)
            for file in TEMPLATES
            for name in re.findall(r"""{% icon ["']([a-z0-9-]+)["']""", file.read_text(encoding="utf-8"))
        ]

        assert [] == [each for each in drawn if each[1] not in listed]
