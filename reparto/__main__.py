"""The command line of Reparto: `reparto …` or `python -m reparto …`. Each command lives in `ops/commands/`."""

import sys

from reparto.ops.command_line import run_command_line


def main() -> None:
    """Run the command that the arguments name, and exit with its status."""
    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
