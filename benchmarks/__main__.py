"""`make bench`: run the measures on an installation of their own, in a folder that is thrown away."""

import sys
import tempfile
from pathlib import Path

from reparto.ops.enter_installation import enter_installation


def main() -> None:
    """Run all, or those named."""
    with tempfile.TemporaryDirectory(prefix="reparto-bench-") as top:
        Path(top).chmod(0o755)  # the embedded database may run as another user
        with enter_installation(Path(top) / "data", make=True):
            from . import (
                contact_list,
                day_by_hand,
                decisions,
                fairness,
                growth,
                redistribution,
                replay,
                webhook_to_browser,
                webhooks,
            )  # they need Django set up

            measures = {
                "decisions": decisions.run,
                "webhooks": webhooks.run,
                "browser": webhook_to_browser.run,
                "contacts": contact_list.run,
                "hand": day_by_hand.run,
                "sweep": redistribution.run,
                "replay": replay.run,
                "fairness": fairness.run,
                "growth": growth.run,
            }
            named = [name for name in sys.argv[1:] if not name.startswith("-")] or list(measures)
            for name in named:
                measures[name]()


main()
