"""What Slack answers when it refuses: an error code, and the details that come with it."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refusal, as the Web API words it: `{"ok": false, "error": code, ...details}`."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details: Json = details

    def body(self) -> Json:
        """Return the JSON body of the refusal."""
        return {"ok": False, "error": self.code, **self.details}


class RateLimited(Exception):
    """HTTP 429: try again after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"ratelimited for {retry_after_s} s")
        self.retry_after_s = retry_after_s


class AppDidNotAnswer(Exception):
    """The app did not acknowledge a click, a command, a dialogue or a shortcut within three seconds."""
