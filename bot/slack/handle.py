"""The name of an answer in its blocks: which stored turn a button, a menu or a modal belongs to."""

import msgspec

_START = "looksee"


class Handle(msgspec.Struct, frozen=True):
    """Names one turn of one stored conversation of a channel."""

    thread: str
    """See `Place.thread`."""
    ts: str
    """See `Turn.ts`."""

    def block_id(self, part: str) -> str:
        """A block_id that carries the handle: `looksee|thread|ts|part`."""
        return f"{_START}|{self.thread}|{self.ts}|{part}"

    @classmethod
    def of_block_id(cls, block_id: str) -> "Handle | None":
        """The handle in a block_id; None where the block is none of ours."""
        start, *rest = block_id.split("|")
        return cls(rest[0], rest[1]) if start == _START and len(rest) == 3 else None
