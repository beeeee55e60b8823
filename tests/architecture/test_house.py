"""The limits of the house style, held by reading the sources."""

import ast
import re
import subprocess
import tomllib
from statistics import median, quantiles

from tests.architecture.read_sources import ROOT, Source, sources, sources_of_tests

#: Names that mean the same in every room, and shapes or entries that are no verbs.
NOT_VERBS = {"models", "queries", "jobs", "apps", "urls", "settings", "wsgi", "asgi", "__init__", "__main__"}
VAGUE = {"utils", "helpers", "service", "manager", "common", "base", "misc", "data"}
#: The one place that reads the clock.
CLOCK = "reparto/kit/clock.py"


def length(node: ast.AST) -> int:
    """Return how many lines a function takes, its docstring left out."""
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - node.lineno + 1 - (body[0].lineno - node.lineno - 1)


class TestFiles:
    """Every file."""

    def test_is_under_300_lines(self) -> None:
        """A file is split before it reaches 300 lines."""
        long = {one.name: lines for one in (*sources(), *sources_of_tests()) if (lines := one.text.count("\n")) > 300}

        assert {} == long

    def test_is_not_named_by_kind(self) -> None:
        """No file is called utils, helpers, service or the like."""
        assert [] == [one.name for one in sources() if one.path.stem in VAGUE]

    def test_opens_by_saying_what_the_room_is_for(self) -> None:
        """Every module has a docstring."""
        assert [] == [one.name for one in (*sources(), *sources_of_tests()) if not ast.get_docstring(one.tree)]

    def test_holds_something_of_its_own_name_when_it_is_a_verb(self) -> None:
        """One verb a file: `identify_contacts.py` defines `identify_contacts`."""
        rooms = {"intake", "assignment", "notifications", "conversations", "rules", "contacts", "channels", "people"}
        verbs = [one for one in sources() if one.room in rooms and one.path.stem not in NOT_VERBS]

        assert [] == [one.name for one in verbs if _is_verb(one) and one.path.stem not in _defined(one)]


def _is_verb(one: Source) -> bool:
    """Say whether a file's name is a verb with an object: it defines public functions and more than shapes."""
    public = [node for node in one.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return len(public) == 1


def _defined(one: Source) -> set[str]:
    return {node.name for node in one.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


class TestFunctions:
    """Every function."""

    def test_is_short(self) -> None:
        """Half of the functions have at most 10 lines, nine in ten at most 30."""
        lengths = [length(node) for one in sources() for node in one.functions()]

        assert median(lengths) <= 10
        assert quantiles(lengths, n=10)[8] <= 30

    def test_has_a_docstring_when_public(self) -> None:
        """Every public function and class says what it does."""
        silent = [f"{one.name}:{node.lineno} {node.name}" for one in sources() for node in _public(one.tree)]

        assert [] == silent

    def test_of_a_test_states_a_behaviour(self) -> None:
        """Every test has a sentence; together they are the specification."""
        silent = [
            f"{one.name}:{node.lineno} {node.name}"
            for one in sources_of_tests()
            for node in one.functions()
            if node.name.startswith("test_") and not ast.get_docstring(node)
        ]

        assert [] == silent


def _public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [
        node
        for node in tree.body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]


class TestTheClock:
    """Time is passed in."""

    def test_is_read_in_one_place(self) -> None:
        """Nobody but kit/clock.py asks what time it is."""
        asks = re.compile(r"datetime\.now\(|timezone\.now\(|time\.time\(|date\.today\(|utcnow\(")

        assert [CLOCK] == [one.name for one in sources() if asks.search(one.text)]


class TestTheTables:
    """Rows are reached through their own room."""

    def test_are_touched_by_their_own_room_only(self) -> None:
        """`Model.objects` stands only in the room whose table it is."""
        owners = {
            node.name: one.room
            for one in sources()
            if one.path.stem == "models"
            for node in one.tree.body
            if isinstance(node, ast.ClassDef)
        }
        strangers = [
            f"{one.name}: {model}.objects"
            for one in sources()
            for model in re.findall(r"\b([A-Z]\w+)\.objects\b", one.text)
            if owners.get(model, one.room) != one.room
        ]

        assert [] == strangers

    def test_have_no_signals_and_no_overridden_save(self) -> None:
        """Assignment is a call that one can follow."""
        hidden = re.compile(r"django\.dispatch|post_save|pre_save|def save\(self")

        assert [] == [one.name for one in sources() if hidden.search(one.text)]


class TestTheTour:
    """docs/tour.md is true."""

    def test_names_only_files_that_exist(self) -> None:
        """Every path in the tour is a file of this checkout."""
        tour = (ROOT / "docs" / "tour.md").read_text()
        paths = re.findall(r"`((?:reparto|tests|docs|benchmarks|scripts)/[\w./-]+)`", tour)

        assert len(paths) >= 12
        assert [] == [path for path in paths if not (ROOT / path).exists()]


class TestCommits:
    """The history reads well."""

    def test_have_short_subjects(self) -> None:
        """No subject is longer than 72 characters."""
        log = subprocess.run(["git", "log", "--format=%s"], cwd=ROOT, capture_output=True, text=True, check=False)

        assert [] == [subject for subject in log.stdout.splitlines() if len(subject) > 72]


class TestDependencies:
    """Each direct dependency is there for a reason."""

    def test_are_at_most_25_and_each_explained(self) -> None:
        """docs/dependencies.md has a line for each: what for, why this one, how we would leave it."""
        listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
        names = [re.split(r"[\[<>=;~ ]", one)[0].lower() for one in listed]
        explained = (ROOT / "docs" / "dependencies.md").read_text().lower()

        assert len(names) <= 25
        assert [] == [name for name in names if f"| `{name}`" not in explained]
