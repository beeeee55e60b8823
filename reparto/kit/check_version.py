"""
The edit counter of a row, against what the caller last saw.

It locks nothing; whoever asks holds the row's lock.
"""


class StaleVersion(Exception):
    """The row has changed since the caller read it; nothing was changed."""

    def __init__(self, version: int) -> None:
        """Keep the present version, so that the answer can say it."""
        super().__init__(f"The row is at version {version} now; read it again.")
        self.version = version


def check_version(version: int, if_version: int | None) -> None:
    """Raise StaleVersion unless the row is at the version that the caller saw, or the caller named none."""
    if if_version is not None and if_version != version:
        raise StaleVersion(version)
