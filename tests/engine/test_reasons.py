"""The codes that a trace may say, and the sentences that go with them."""

from reparto.engine import FAULT_SENTENCES, REASON_SENTENCES, reasons


class TestSentences:
    def test_every_code_has_one(self) -> None:
        """Each reason has a sentence of its own, and no sentence is without a reason."""
        codes = {value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)}

        assert codes == set(REASON_SENTENCES)
        assert len(REASON_SENTENCES) == len(set(REASON_SENTENCES.values()))

    def test_all_are_sentences(self) -> None:
        """Each begins with a capital and ends with a full stop."""
        both = [*REASON_SENTENCES.values(), *FAULT_SENTENCES.values()]

        assert [] == [one for one in both if not (one[0].isupper() and one.endswith("."))]
