"""The shape of what is said of a call. Frozen, standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

CallStatus = Literal["missed", "answered", "ended"]


@dataclass(frozen=True, slots=True)
class CallEvent:
    """
    One thing that happened to an incoming call. All events of a call have its `call_id`, those of its legs as well.

    `ended`: the line was open and is closed again; whether a person spoke, the other events say.
    """

    call_id: str
    caller: str  #: the number, as the provider wrote it; "" when the caller hides it
    status: CallStatus
    leg: bool = False  #: of one of the phones that it rang at, not of the call itself
    answered_by: str = ""  #: who of ours: e-mail, id, or the extension of a phone
    by_extension: bool = False  #: what stands there is no id: a telephone exchange says it of a phone
    name: str = ""  #: of the caller, if the network says it
    at: datetime | None = None
    seconds: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
