"""The one error of an address that cannot be used, with codes that screens and files translate."""


class NotAnAddress(ValueError):
    """
    What was written is no address of its kind.

    `code`: `not_a_phone`, `not_an_email`, `not_a_bsuid`, `unknown_kind`.
    `detail`: `empty`, `malformed`, `letters`, `scientific`, `too_short`, `too_long`, `no_country_code`.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
