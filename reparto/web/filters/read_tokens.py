"""
A tree through a plain form: all controls are called `f`, and a browser sends them in the order of the page.

`·(`, join, …children…, `·)` is a group; `·?`, field, operator, …values…, `·;` is a condition. Never fails: what
does not fit is left out.
"""

from collections.abc import Sequence

from .filter_tree import JOINS, Condition, Group, Join, Node

#: With a dot that nobody types alone beside a sign: a value is never taken for one of these.
OPEN, CLOSE, ASK, END = "·(", "·)", "·?", "·;"
#: Deeper than any company's filter, and far from Python's own limit.
DEPTH_LIMIT = 20


def read_tokens(tokens: Sequence[str]) -> Group:
    """Return the tree that a form sent."""
    reading = _Reading(tuple(tokens))
    root = reading.node(0)
    return root if isinstance(root, Group) else Group()


class _Reading:
    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens, self.at = tokens, 0

    def take(self) -> str:
        """Return the next token; the end closes everything."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else CLOSE
        self.at += 1
        return token

    def node(self, depth: int) -> Node | None:
        opening = self.take()
        if opening == ASK:
            return self.condition()
        return self.group(depth) if opening == OPEN and depth < DEPTH_LIMIT else None

    def condition(self) -> Condition:
        field, op, values = self.take(), self.take(), []
        while (token := self.take()) != END and self.at <= len(self.tokens):
            values.append(token)
        return Condition(field, op, tuple(values))

    def group(self, depth: int) -> Group:
        join, children = _join(self.take()), []
        while self.at < len(self.tokens) and self.tokens[self.at] != CLOSE:
            child = self.node(depth + 1)
            if child is not None:
                children.append(child)
        self.take()
        return Group(join, tuple(children))


def _join(written: str) -> Join:
    return next((join for join in JOINS if join == written), "all")
