"""Serve one application as the product is served: `python -m benchmarks.serve TARGET PORT`."""

import sys

from granian import Granian
from granian.constants import Interfaces


def main() -> None:
    """Serve until told to stop."""
    server = Granian(
        target=sys.argv[1],
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.ASGI,
        workers=1,
        log_enabled=False,
        workers_kill_timeout=3,
    )
    server.serve()


if __name__ == "__main__":
    main()
