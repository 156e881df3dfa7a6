"""JSON and JSON lines files in, flat records out: `{"price": {"value": 3}}` becomes `price.value`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import orjson

from indexing.sources.columns import Record
from indexing.sources.files import count_lines, encoding_of, opened
from indexing.sources.source import BadRow, BadSource, NoListing

_DEEPEST = 5


@dataclass(frozen=True)
class JsonLines:
    """One JSON object a line."""

    path: Path
    kind = "JSON lines"
    notes = ()

    def expected_rows(self) -> int | None:
        return count_lines(self.path)

    def records(self) -> Iterator[Record | BadRow]:
        encoding = encoding_of(self.path)
        with opened(self.path) as file:
            for line in file:
                text = line if encoding == "utf-8" else line.decode(encoding, "replace").encode()
                if text.strip(b"\xef\xbb\xbf \t\r\n"):
                    yield _record(text.removeprefix(b"\xef\xbb\xbf"))


@dataclass(frozen=True)
class JsonDocument:
    """One JSON array of objects, or an object that holds one; read whole."""

    path: Path
    kind = "JSON"

    @property
    def notes(self) -> tuple[str, ...]:
        return (f"Products are the list under {self._found[0]!r}.",) if self._found[0] else ()

    @cached_property
    def _found(self) -> tuple[str, list[object]]:
        encoding = encoding_of(self.path)
        with opened(self.path) as file:
            data = file.read()
        try:
            document = orjson.loads(data if encoding == "utf-8" else data.decode(encoding).encode())
        except ValueError as error:
            raise BadSource(f"{self.path} is not valid JSON ({error}); mend it, or write one object a line.") from error
        if isinstance(document, list):
            return "", document
        key, items = _longest_list(document)
        if not items:
            raise NoListing(f"{self.path} holds no list of products; write a JSON array of objects.")
        return key, items

    def expected_rows(self) -> int | None:
        return len(self._found[1])

    def records(self) -> Iterator[Record | BadRow]:
        for item in self._found[1]:
            yield flat(item) if isinstance(item, dict) else BadRow("The row is not a JSON object.")


def flat(value: Mapping[str, object], prefix: str = "", depth: int = 0) -> dict[str, object]:
    """An object's values by dotted path; lists of texts stay lists, lists of objects become lists by inner path."""
    record: dict[str, object] = {}
    for key, inner in value.items():
        path = f"{prefix}{key}"
        if isinstance(inner, dict) and depth < _DEEPEST:
            record.update(flat(inner, f"{path}.", depth + 1))
        elif isinstance(inner, list) and any(isinstance(item, dict) for item in inner) and depth < _DEEPEST:
            for item in inner:
                parts = flat(item, f"{path}.", depth + 1) if isinstance(item, dict) else {path: item}
                for name, part in parts.items():
                    record.setdefault(name, [])
                    listed = record[name]
                    if isinstance(listed, list):
                        listed += part if isinstance(part, list) else [part]
        elif not isinstance(inner, dict):
            record[path] = inner
    return record


def _record(line: bytes) -> Record | BadRow:
    try:
        value = orjson.loads(line)
    except ValueError as error:
        return BadRow(f"The line is not valid JSON: {error}.")
    return flat(value) if isinstance(value, dict) else BadRow("The line is not a JSON object.")


def _longest_list(document: object) -> tuple[str, list[object]]:
    """The longest list of objects in a document, with the path to it."""
    best: tuple[str, list[object]] = ("", [])
    waiting = [("", document)]
    while waiting:
        path, value = waiting.pop()
        if not isinstance(value, dict):
            continue
        for key, inner in value.items():
            name = f"{path}.{key}" if path else key
            if isinstance(inner, list) and inner and isinstance(inner[0], dict) and len(inner) > len(best[1]):
                best = (name, inner)
            elif isinstance(inner, dict) and name.count(".") < _DEEPEST:
                waiting.append((name, inner))
    return best
