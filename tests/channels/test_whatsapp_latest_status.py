"""A message's status follows from the set of its events (INV-5)."""

from itertools import permutations

from reparto.channels.whatsapp.latest_status import latest_status

EVENTS = ("accepted", "sent", "delivered", "read", "failed")
SEQUENCES = [order for length in range(1, 6) for order in permutations(EVENTS, length)]


class TestLatestStatus:
    def test_every_order_of_the_same_events_ends_the_same(self) -> None:
        """All 325 sequences of the five statuses, each also with repeats, depend on their set alone."""
        answers: dict[frozenset[str], set[str]] = {}
        for sequence in SEQUENCES:
            answers.setdefault(frozenset(sequence), set()).update(
                {latest_status(sequence), latest_status(sequence + sequence[::-1])}
            )

        assert len(SEQUENCES) == 325
        assert all(len(answer) == 1 for answer in answers.values())

    def test_a_late_sent_hides_nothing(self) -> None:
        """A `sent` that comes late hides neither `delivered`, `read` nor `failed`."""
        for status in ("delivered", "read", "failed"):
            assert latest_status([status, "sent"]) == status

    def test_what_arrived_did_arrive(self) -> None:
        """A failure on one device does not hide the arrival on another."""
        assert latest_status(["delivered", "failed"]) == "delivered"
        assert latest_status(["failed", "read"]) == "read"

    def test_nothing_said_yet_is_accepted(self) -> None:
        """A message of which no event came is accepted; a word that we do not know hides nothing."""
        assert latest_status([]) == "accepted"
        assert latest_status(["sent", "teleported"]) == "sent"
