"""The parts that Block Kit rules are made of: a value and its JSON pointer -> Slack's complaints about it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str], Iterator[str]]
"""(value, JSON pointer) -> complaints such as `must be less than 76 characters [json-pointer:/blocks/0/text]`."""


def complaint(words: str, pointer: str) -> str:
    """Return a complaint as Slack writes it."""
    return f"{words} [json-pointer:{pointer}]"


def string(most: int, least: int = 0) -> Check:
    """Demand a string of `least` to `most` characters."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield complaint("must provide a string", pointer)
        elif len(value) < least:
            yield complaint(f"must be more than {least - 1} characters", pointer)
        elif len(value) > most:
            yield complaint(f"must be less than {most + 1} characters", pointer)

    return check


def one_of(*allowed: str) -> Check:
    """Demand one of a few words."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield complaint("must be a valid enum value", pointer)

    return check


def flag(value: Any, pointer: str) -> Iterator[str]:
    """Demand true or false."""
    if not isinstance(value, bool):
        yield complaint("must provide a boolean", pointer)


def number(least: int, most: int) -> Check:
    """Demand a whole number between two bounds, both allowed."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield complaint("must provide a number", pointer)
        elif not least <= value <= most:
            yield complaint(f"must be between {least} and {most}", pointer)

    return check


def web_address(value: Any, pointer: str) -> Iterator[str]:
    """Demand an http(s) URL of at most 3,000 characters."""
    yield from string(3000, 1)(value, pointer)
    if isinstance(value, str) and not value.startswith(("http://", "https://")):
        yield complaint("invalid url", pointer)


def anything(value: Any, pointer: str) -> Iterator[str]:
    """Demand nothing: the rule is unknown or does not matter here."""
    return iter(())


def many(check: Check, most: int, least: int = 1) -> Check:
    """Demand a list of `least` to `most` items that each pass `check`."""

    def check_list(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield complaint("must provide an array", pointer)
            return
        if len(value) < least:
            yield complaint(f"must provide at least {least} items", pointer)
        if len(value) > most:
            yield complaint(f"no more than {most} items allowed", pointer)
        for index, item in enumerate(value):
            yield from check(item, f"{pointer}/{index}")

    return check_list


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of an object: which exist, which must be there, and of which at least one must."""

    fields: Mapping[str, Check]
    required: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    also: Check = field(default=anything)
    """A rule over several fields at once."""

    def __call__(self, value: Any, pointer: str) -> Iterator[str]:
        """Return the complaints about an object."""
        if not isinstance(value, dict):
            yield complaint("must provide an object", pointer)
            return
        for name in self.required:
            if value.get(name) is None:
                yield complaint(f"missing required field: {name}", pointer)
        if self.either and all(value.get(name) is None for name in self.either):
            names = " or ".join(f"`{name}`" for name in self.either)
            yield complaint(f"must define either {names}", pointer)
        for name, item in value.items():
            check = self.fields.get(name)
            if check is None:
                if name != "type":
                    yield complaint(f"invalid additional property: {name}", pointer)
            elif item is not None:
                yield from check(item, f"{pointer}/{name}")
        yield from self.also(value, pointer)


def typed(shapes: Mapping[str, Shape], *allowed: str) -> Check:
    """Demand an object whose `type` is one of `allowed`, in that type's shape."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield complaint("must provide an object", pointer)
            return
        kind = value.get("type")
        if kind is None:
            yield complaint("missing required field: type", pointer)
        elif kind not in shapes or (allowed and kind not in allowed):
            yield complaint(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from shapes[kind](value, pointer)

    return check


def text(most: int, *kinds: str) -> Check:
    """Demand a text object of 1 to `most` characters, of one of the kinds (both where none is named)."""
    allowed = kinds or ("plain_text", "mrkdwn")
    shape = Shape({"text": string(most, 1), "emoji": flag, "verbatim": flag}, required=("text",))

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield complaint("must provide an object", pointer)
            return
        found = list(shape(value, pointer))
        if value.get("type") not in allowed:
            found.append(complaint("must be a valid enum value", f"{pointer}/type"))
        if value.get("type") == "plain_text" and "verbatim" in value:
            found.append(complaint("invalid additional property: verbatim", pointer))
        if value.get("type") == "mrkdwn" and "emoji" in value:
            found.append(complaint("invalid additional property: emoji", pointer))
        if found and len(allowed) > 1:  # Slack says this first where it tried both schemas
            yield complaint("failed to match all allowed schemas", pointer)
        yield from found

    return check


plain = "plain_text"
