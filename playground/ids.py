"""Nothing in -> the identifiers Slack would give: `U0001ABCD`, and timestamps that never repeat."""

import itertools
import secrets
import time
from collections.abc import Callable

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Hands out identifiers and message timestamps of one local Slack.

    Args:
        now_s: the clock, in seconds since 1970; tests may pass their own.
    """

    def __init__(self, now_s: Callable[[], float] = time.time) -> None:
        self._now_s = now_s
        self._count = itertools.count(1)
        self._last_us = 0

    def new(self, prefix: str) -> str:
        """Return a new identifier that begins with `prefix`, eleven characters long, as Slack's are."""
        number, digits = next(self._count), ""
        while number:
            number, digit = divmod(number, 36)
            digits = _ALPHABET[digit] + digits
        return prefix + digits.rjust(11 - len(prefix), "0")

    def ts(self) -> str:
        """Return the present as a message timestamp, later than every one given before."""
        self._last_us = max(int(self._now_s() * 1_000_000), self._last_us + 1)
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"

    def now_s(self) -> float:
        """Return the clock's reading, in seconds since 1970."""
        return self._now_s()

    @staticmethod
    def secret(prefix: str) -> str:
        """Return an unguessable string that begins with `prefix`: a token, a ticket, a link's last part."""
        return prefix + secrets.token_hex(16)
