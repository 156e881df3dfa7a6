"""What a person can use of the bot: each way in, button and field. Tests say by `shows` which of it they use."""

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])

WAYS_IN = (
    "mention", "direct message", "thread reply", "command", "share", "message menu", "home", "assistant pane",
    "photo attached", "photo pasted", "photo dropped", "link to a picture", "sample",
)  # fmt: skip
BUTTONS = (
    "without", "similar", "save", "open", "more", "filters", "start_over", "thumb up", "thumb down",
)  # fmt: skip
OF_AN_OLD_MESSAGE = ("old: without", "old: similar", "old: save", "old: more", "old: filters")
FIELDS = ("price-min", "price-max", "category", "brand", "color", "material", "stock")
HOME = ("try", "again", "unsave", "language", "page_size", "forget")
PANEL = ("what happened", "japanese")
EVERYTHING = frozenset({*WAYS_IN, *BUTTONS, *OF_AN_OLD_MESSAGE, *FIELDS, *HOME, *PANEL})


def shows(*what: str) -> Callable[[Test], Test]:
    """Mark a browser test with what it uses."""
    assert set(what) <= EVERYTHING, set(what) - EVERYTHING
    return lambda test: test
