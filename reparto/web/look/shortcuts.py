"""
The one table of keys: it feeds the `?` dialog, the marks on buttons, `aria-keyshortcuts` and the browser.

It must not say what a command does: `keys.js` runs it, or presses whatever on the page carries its name.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


class Shortcut(NamedTuple):
    """One command with its keys, as `event.key` names them; `g b` is two keys one after the other."""

    command: str
    keys: str
    label: str | Promise
    group: str | Promise

    @property
    def marks(self) -> list[str]:
        """The keys as they are printed on key caps: one for keys held together, one each for a sequence."""
        return [" ".join(MARKS.get(key, key) for key in together.split("+")) for together in self.keys.split()]

    @property
    def aria(self) -> str:
        """The keys as `aria-keyshortcuts` wants them; a sequence has no such notation."""
        return "" if " " in self.keys else "+".join(ARIA.get(key, key) for key in self.keys.split("+"))


MARKS = {"mod": "Ctrl", "down": "↓", "up": "↑", "enter": "↵", "escape": "Esc", "shift": "Shift", "alt": "Alt"} | {
    letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"
}
ARIA = {"mod": "Control", "shift": "Shift", "alt": "Alt", "enter": "Enter", "escape": "Escape"} | {
    letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"
}

LISTS = gettext_lazy("Lists")
WORK = gettext_lazy("Contacts and conversations")
ANYWHERE = gettext_lazy("Anywhere")
GO = gettext_lazy("Go to")

SHORTCUTS = (
    Shortcut("next", "j", gettext_lazy("Next"), LISTS),
    Shortcut("previous", "k", gettext_lazy("Previous"), LISTS),
    Shortcut("open", "enter", gettext_lazy("Open"), LISTS),
    Shortcut("close-pane", "escape", gettext_lazy("Close"), LISTS),
    Shortcut("select", "x", gettext_lazy("Select"), LISTS),
    Shortcut("select-range", "shift+x", gettext_lazy("Select a range"), LISTS),
    Shortcut("filter", "f", gettext_lazy("Add filter"), LISTS),
    Shortcut("assign", "a", gettext_lazy("Assign to…"), WORK),
    Shortcut("take", "i", gettext_lazy("Assign to me: the open conversation, else the contact"), WORK),
    Shortcut("release", "shift+i", gettext_lazy("Leave with nobody"), WORK),
    Shortcut("reply", "r", gettext_lazy("Reply"), WORK),
    Shortcut("note", "n", gettext_lazy("Private note"), WORK),
    Shortcut("close", "e", pgettext_lazy("a conversation", "Close"), WORK),
    Shortcut("snooze", "h", gettext_lazy("Snooze"), WORK),
    Shortcut("tag", "t", gettext_lazy("Tag"), WORK),
    Shortcut("new-contact", "c", gettext_lazy("New contact"), WORK),
    Shortcut("send", "mod+enter", gettext_lazy("Send"), WORK),
    Shortcut("save", "mod+s", gettext_lazy("Save"), ANYWHERE),
    Shortcut("undo", "z", gettext_lazy("Undo"), ANYWHERE),
    Shortcut("palette", "mod+k", gettext_lazy("Search or run"), ANYWHERE),
    Shortcut("search", "/", gettext_lazy("Search in this view"), ANYWHERE),
    Shortcut("shortcuts", "?", gettext_lazy("Shortcuts"), ANYWHERE),
    Shortcut("go-inbox", "g b", gettext_lazy("Inbox"), GO),
    Shortcut("go-contacts", "g c", gettext_lazy("Contacts"), GO),
    Shortcut("go-leads", "g v", gettext_lazy("Leads"), GO),
    Shortcut("go-dashboard", "g p", gettext_lazy("Dashboard"), GO),
    Shortcut("go-rules", "g r", gettext_lazy("Rules"), GO),
    Shortcut("go-direct", "g d", gettext_lazy("Direct assignment"), GO),
    Shortcut("go-agents", "g a", gettext_lazy("Agents and channels"), GO),
)
BY_COMMAND = {shortcut.command: shortcut for shortcut in SHORTCUTS}
