"""Scenes that several files of browser tests share."""

from tests.browser.inbox_scene import scene

__all__ = ["scene"]
