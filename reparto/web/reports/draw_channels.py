"""What came in by each channel, how much of it had somebody at once, and how long it took: a row each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from reparto.reports.measure_fairness import ChannelFigures

from ..contacts.show_row import channel_name
from .say_duration import say_duration


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel."""

    channel: str  #: "": by hand, without a conversation
    label: str
    arrived: str  #: "": without a conversation, nothing comes in
    at_once: str  #: of them, as a share
    given: int
    most: int  #: of all channels
    time: str  #: to assignment, the median


def draw_channels(channels: Sequence[ChannelFigures]) -> list[ChannelRow]:
    """Return the rows, in the order given."""
    return [
        ChannelRow(
            channel=one.channel,
            label=channel_name(one.channel) if one.channel else gettext("Without a conversation"),
            arrived=number_format(one.entries.arrived, use_l10n=True) if one.channel else "",
            at_once=_share(one.entries.at_once, one.entries.arrived),
            given=one.given,
            most=max([1, *(other.given for other in channels)]),
            time=say_duration(one.entries.median_seconds),
        )
        for one in channels
    ]


def _share(part: int, whole: int) -> str:
    return f"{number_format(round(100 * part / whole), use_l10n=True)} %" if whole else "–"
