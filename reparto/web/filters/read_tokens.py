"""
A tree through a plain form: all controls are called `f`, and a browser sends them in the order of the page.

`·(`, join, …children…, `·)` is a group; `·?`, field, operator, …values…, `·;` is a condition, with `·={…}` among its
values how it is stored, where they cannot show it exactly. Never fails: what does not fit is left out.
"""

from collections.abc import Sequence

from reparto.engine import FILTER_DEPTH

from .filter_tree import JOINS, Condition, Group, Join, Node

#: With a dot that nobody types alone beside a sign: a value is never taken for one of these.
OPEN, CLOSE, ASK, END, STORED = "·(", "·)", "·?", "·;", "·={"
#: As deep as the language goes, and a group around it: what can be stored can be opened and saved.
DEPTH_LIMIT = FILTER_DEPTH + 1


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
        field, op, values, stored = self.take(), self.take(), [], ""
        while (token := self.take()) != END and self.at <= len(self.tokens):
            if token.startswith(STORED):
                stored = token[len(STORED) - 1 :]
            else:
                values.append(token)
        return Condition(field, op, tuple(values), stored)

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
