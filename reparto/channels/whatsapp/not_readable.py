"""The one error of reading an item. Says why, by a code; `parse` puts the item into quarantine under it."""


class NotReadable(Exception):
    """An item that cannot be understood: `code` is stable, e.g. `unknown_kind`, `no_sender`, `wrong_shape`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
