"""What this Slack has been told to do wrong: rate limits, lost acks, doubled events, a slow or closed file host."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from playground.errors import Json, RateLimited, SlackError


@dataclass(kw_only=True)
class Misbehaviour:
    """Switches that tests and the control API set; all are off at first."""

    rate_limits: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    """Method -> the Retry-After, in seconds, of its next answers. `*` stands for every method."""
    failures: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    """Method -> the error codes of its next answers."""
    posts_per_s: float | None = None
    """Refuse `chat.postMessage` above this rate in a channel."""
    copies: int = 1
    """How often each event is delivered, with the same event_id."""
    out_of_order: int = 0
    """Hold this many events back and deliver them latest first."""
    lost_acks: int = 0
    """Treat so many acknowledgements as not received, so that Slack delivers again."""
    retry_delays_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    """How long Slack waits before each new try of an event."""
    ack_timeout_s: float = 3.0
    file_delay_s: float = 0.0
    """How long the file host waits before it sends the first byte."""
    file_host: str = "ok"
    """`ok`, `login_page` (HTTP 200 with a page), `not_found`, `broken` (HTTP 500) or `cut` (half of the bytes)."""
    mention_files: bool = True
    """Whether `app_mention` carries `files`; at Slack it may not."""
    files_need_info: bool = False
    """Send files as `file_access: check_file_info`, as Slack Connect does."""
    image_failures: int = 0
    """Fail so many image downloads of blocks, though their URLs are good."""
    latency_s: float = 0.0
    """How long each Web API call waits before it is answered."""

    _last_post_s: dict[str, float] = field(default_factory=dict)

    def set(self, changes: Json) -> None:
        """Apply switches by name, as the control API receives them.

        Raises:
            SlackError: `invalid_arguments`, for a switch that does not exist.
        """
        for name, value in changes.items():
            if name.startswith("_") or name not in self.__dataclass_fields__:
                raise SlackError("invalid_arguments", detail=f"There is no switch called {name}.")
            if name in ("rate_limits", "failures"):
                table: dict[str, deque[Any]] = getattr(self, name)
                for method, queue in value.items():
                    table[method] = deque(queue)
            elif name == "retry_delays_s":
                self.retry_delays_s = tuple(float(each) for each in value)
            else:
                setattr(self, name, value)

    def check(self, method: str, args: Json, now_s: float) -> None:
        """Refuse a call if told to.

        Raises:
            RateLimited: HTTP 429.
            SlackError: the code that `failures` names.
        """
        for name in (method, "*"):
            if self.rate_limits.get(name):
                raise RateLimited(self.rate_limits[name].popleft())
            if self.failures.get(name):
                raise SlackError(self.failures[name].popleft())
        if self.posts_per_s and method == "chat.postMessage":
            channel = str(args.get("channel"))
            if now_s - self._last_post_s.get(channel, 0.0) < 1 / self.posts_per_s:
                raise RateLimited(1)
            self._last_post_s[channel] = now_s

    def ack_is_lost(self) -> bool:
        """Return whether this acknowledgement shall count as not received."""
        if self.lost_acks <= 0:
            return False
        self.lost_acks -= 1
        return True

    def image_fails(self) -> bool:
        """Return whether this image download shall fail."""
        if self.image_failures <= 0:
            return False
        self.image_failures -= 1
        return True

    @staticmethod
    def jitter_s() -> float:
        """Return a few milliseconds, so that doubled deliveries overlap as they do in life."""
        return random.uniform(0.0, 0.01)  # noqa: S311 - not a secret
