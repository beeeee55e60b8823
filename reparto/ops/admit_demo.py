"""
Whether a data folder may hold the demo: everybody knows its passwords, so it never shares a folder with anything real.

It starts nothing and founds nothing.
"""

import os

from .answer import Refusal
from .data_folder import DataFolder

ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
ALLOWED = "REPARTO_ALLOW_PRIVATE_HOSTS"


def admit_demo(folder: DataFolder, *, host: str, demo: bool) -> None:
    """
    Mark a new folder as the demo's, and let the demo's replies reach its own stand-in for WhatsApp.

    Raises:
        Refusal: The folder is somebody's installation, or is the demo's and is opened as if it were not.

    """
    marked = folder.demo.exists()
    if not demo:
        if marked:
            raise Refusal(f"{folder.path} holds the demo; start it with --demo, or name another folder by --data.")
        return
    if not marked and folder.exists():
        raise Refusal(
            f"{folder.path} holds an installation; name another folder for the demo by --data or REPARTO_DATA."
        )
    if host not in ON_THIS_MACHINE:
        raise Refusal(f"The demo listens on this machine alone, not on {host}: anybody could sign in to it.")
    folder.demo.touch()
    allowed = os.environ.get(ALLOWED, "").split(",")
    os.environ[ALLOWED] = ",".join(dict.fromkeys([*filter(None, allowed), "127.0.0.1"]))
