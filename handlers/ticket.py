"""What a button carries: enough to answer it after a restart, and to notice that a call has changed."""

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.search.findings import Why
from handlers.blocks.limits import BUTTON_VALUE

_quoted = json.encoder.encode_basestring
LONG = 1_500  # characters of a call's id, as JSON writes it: what is longer is carried as its hash
SPANS = 8  # matches that a shared quote keeps in bold


class Opened(StrEnum):
    """What stands open under a turn."""

    ANSWER = "a"
    CONTEXT = "c"
    WHOLE = "w"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A button's state: `question` and `offset` are the page it stands on.

    `call` (its id, as `carried`), `turn` and `stamp` (a hash of the turn's text) are the turn it is about. `opened` and
    `part` say what stands open there. `start`, `end`, `spans` and `why` are the quote as it was shown, for *Share*:
    offsets of `spans` count in it, and `why` is what found it, if that was told. `helped` is the verdict that a thumb
    brings.
    """

    question: str
    offset: int = 0
    call: str | None = None
    turn: int | None = None
    stamp: str | None = None
    opened: Opened | None = None
    part: int = 0
    start: int | None = None
    end: int | None = None
    spans: tuple[tuple[int, int], ...] = ()
    helped: bool | None = None
    why: Why | None = None

    def encode(self) -> str:
        """Write it as compact JSON, within a button's 2,000 characters.

        What is too long loses its bold spans, then the question as a whole: never a part of it, which would ask
        something else.
        """
        # By hand: an encoder of json's takes ten times as long, and a page has some 17 buttons.
        told = _place(self.question, self.offset, self.call, self.turn, self.stamp) + self._about()
        if self.helped is not None:
            told += f',"v":{"true" if self.helped else "false"}'
        if len(told) < BUTTON_VALUE:
            return f"{told}}}"
        if self.spans:
            return replace(self, spans=()).encode()
        return replace(self, question="").encode()

    @classmethod
    def asking(cls, question: str, offset: int = 0) -> str:
        """Write the ticket of a page, as `encode` would."""
        told = _place(question, offset, None, None, None)
        return f"{told}}}" if len(told) < BUTTON_VALUE else cls(question, offset).encode()

    def opening(self, what: Opened) -> str:
        """Write the ticket of this turn with something standing open there, as `encode` would."""
        told = f'{_place(self.question, self.offset, self.call, self.turn, self.stamp)},"x":"{what}"}}'
        if len(told) <= BUTTON_VALUE:
            return told
        return Ticket(self.question, self.offset, self.call, self.turn, self.stamp, what).encode()

    def _about(self) -> str:
        """Write what stands open there, and the quote as it was shown."""
        told = ""
        if self.opened is not None:
            told += f',"x":"{self.opened}"'
        if self.part:
            told += f',"p":{self.part}'
        if self.start is not None:
            told += f',"s":{self.start}'
        if self.end is not None:
            told += f',"e":{self.end}'
        if self.why is not None:
            told += f',"w":"{self.why}"'
        if self.spans:
            told += f',"b":[{",".join([f"[{start},{end}]" for start, end in self.spans[:SPANS]])}]'
        return told

    @classmethod
    def decode(cls, value: str) -> "Ticket | None":
        """Read what `encode` wrote; None for anything else, such as a button of an older release."""
        try:
            told = json.loads(value)
            spans = tuple((int(start), int(end)) for start, end in told.get("b", ()))
            return cls(
                question=_text(told["q"]),
                offset=_whole(told.get("n", 0)),
                call=None if (call := told.get("c")) is None else _text(call),
                turn=None if (turn := told.get("t")) is None else _whole(turn),
                stamp=None if (stamp := told.get("h")) is None else _text(stamp),
                opened=None if (opened := told.get("x")) is None else Opened(opened),
                part=_whole(told.get("p", 0)),
                start=None if (start := told.get("s")) is None else _whole(start),
                end=None if (end := told.get("e")) is None else _whole(end),
                spans=spans,
                helped=None if (helped := told.get("v")) is None else _verdict(helped),
                why=None if (why := told.get("w")) is None else Why(why),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None


@lru_cache(64)  # some five buttons of a turn have it in common
def _place(question: str, offset: int, call: str | None, turn: int | None, stamp: str | None) -> str:
    """Write on which page a button stands, and which turn it is about."""
    told = f'{{"q":{_quoted(question)}'
    if offset:
        told += f',"n":{offset}'
    if call is not None:
        told += f',"c":{_quoted(carried(call))}'
    if turn is not None:
        told += f',"t":{turn}'
    if stamp is not None:
        told += f',"h":{_quoted(stamp)}'
    return told


def carried(id_: str) -> str:
    """Return a call's id as a button carries it: as it is, or its hash where it is too long for a button."""
    if len(_quoted(id_)) <= LONG:
        return id_
    return f"sha256:{hashlib.sha256(id_.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _verdict(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not a verdict")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise TypeError("not a whole number")
    return value
