"""
The commands of `reparto` and what each takes. Only the command that was asked for is loaded.

A command is a function of its own file under `commands/`; it returns an `Answer` or raises a `Refusal`.
"""

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from .answer import Answer, Refusal
from .data_folder import preset_folder


@dataclass(frozen=True)
class Command:
    """One command: its words, its file and function, what it does, and its own options as argparse takes them."""

    words: str
    help: str
    options: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file under `commands/` and the function in it."""
        return self.words.replace(" ", "_")


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return instant


LISTENING: dict[str, dict[str, Any]] = {
    "--host": {"default": "127.0.0.1", "help": "the address to listen on (preset: 127.0.0.1)"},
    "--port": {"type": int, "default": 8000, "help": "the port to listen on (preset: 8000)"},
}
COMMANDS = (
    Command(
        "up",
        "run everything: database (unless DATABASE_URL is set), migrations, web and workers",
        {**LISTENING, "--demo": {"action": "store_true", "help": "with a demo company and some life in it"}},
    ),
    Command("web", "run the web alone, on a PostgreSQL of your own", LISTENING),
    Command("worker", "run one worker alone, on a PostgreSQL of your own"),
    Command(
        "db prepare",
        "make the database roles and grants on a PostgreSQL of your own",
        {"--admin-url": {"help": "a superuser's way in (else REPARTO_ADMIN_DATABASE_URL, else the owner's)"}},
    ),
    Command("db migrate", "bring the schema of a PostgreSQL of your own up to date"),
    Command(
        "company create",
        "make a company and its first administrator; prints the one-time sign-in link",
        {
            "--name": {"required": True, "help": "the company's name"},
            "--admin": {"required": True, "metavar": "EMAIL", "help": "the first administrator's e-mail"},
            "--country": {"default": "MX", "help": "two letters (preset: MX)"},
            "--time-zone": {"default": "America/Mexico_City", "help": "preset: America/Mexico_City"},
            "--language": {"default": "es", "help": "es, en or pt-br (preset: es)"},
            "--edition": {"default": "pro", "choices": ("basic", "pro"), "help": "preset: pro"},
        },
    ),
    Command(
        "company edition",
        "change what a company may use: basic offers the criterion in turn alone; exit 1 if rules choose by another",
        {
            "edition": {"choices": ("basic", "pro"), "metavar": "basic|pro"},
            "--person": {"metavar": "EMAIL", "help": "somebody of the company, if there are several"},
            "--in-turn": {"action": "store_true", "help": "let rules that choose by another criterion choose in turn"},
        },
    ),
    Command(
        "token create",
        "make an API token for a person; prints it, once",
        {
            "--person": {"required": True, "metavar": "EMAIL", "help": "whose token"},
            "--name": {"required": True, "help": "what it is for"},
            "--scopes": {"default": "", "metavar": "A,B", "help": "narrow it to these (preset: all the person may do)"},
        },
    ),
    Command(
        "explain",
        "derive a stored decision again and print its trace; exit 1 if the result is not the same",
        {"decision_id": {"type": int, "metavar": "DECISION_ID"}},
    ),
    Command(
        "simulate",
        "replay real history through other rules and say who would have received what; writes nothing",
        {
            "--rules": {"type": Path, "required": True, "metavar": "FILE", "help": "the rules, as JSON"},
            "--since": {
                "type": _instant,
                "required": True,
                "metavar": "ISO",
                "help": "from this instant on",
            },
            "--until": {"type": _instant, "required": True, "metavar": "ISO", "help": "to before this instant"},
            "--person": {"metavar": "EMAIL", "help": "somebody of the company, if there are several"},
        },
    ),
    Command(
        "fairness verify",
        "check that every rule kept its bound and no turn is missing or doubled; exit 1 with the place if not",
        {"--company": {"metavar": "NAME", "help": "this company alone, by name or number (preset: all)"}},
    ),
    Command("doctor", "check that this installation is sound"),
    Command("backup", "write a consistent backup to a file", {"file": {"type": Path, "metavar": "FILE"}}),
    Command("restore", "read a backup into an empty installation", {"file": {"type": Path, "metavar": "FILE"}}),
    Command("demo", "keep a demo company alive (`up --demo` starts it)"),
)


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command; return its exit status: 0 done, 1 not done (said on standard error), 2 wrong use."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    run: Callable[[argparse.Namespace], Answer] = getattr(
        import_module(f"reparto.ops.commands.{command.name}"), command.name
    )
    try:
        answer = run(options)
    except Refusal as error:
        print(f"reparto {command.words}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    except Exception as error:
        traceback.print_exc()
        print(f"reparto {command.words}: failed unexpectedly: {error}", file=sys.stderr)
        return 1
    _tell(answer, as_json=options.json)
    return 0 if answer.good else 1


def _tell(answer: Answer, *, as_json: bool) -> None:
    said = json.dumps(answer.data, ensure_ascii=False, default=str) if as_json else answer.text
    if said:
        print(said, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reparto", description="Every contact has a person responsible for it, and one can always say why."
    )
    groups = {"": parser.add_subparsers(required=True, metavar="COMMAND")}
    for command in COMMANDS:
        *outer, last = command.words.split()
        for word in outer:
            if word not in groups:
                inner = groups[""].add_parser(word, help=f"{word} …")
                groups[word] = inner.add_subparsers(required=True, metavar="COMMAND")
        _describe(
            groups[outer[0] if outer else ""].add_parser(last, help=command.help, description=command.help), command
        )
    return parser


def _describe(parser: argparse.ArgumentParser, command: Command) -> None:
    for name, option in command.options.items():
        parser.add_argument(name, **option)
    parser.add_argument("--data", type=_folder, default=preset_folder(), metavar="DIR", help="preset: %(default)s")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.set_defaults(command=command)


def _folder(text: str) -> Path:
    return Path(text).absolute()
