"""Google Merchant feeds: the columns their specification names, and their XML (RSS 2.0, Atom) as records."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from indexing.sources.columns import Columns, Record, words_of_header
from indexing.sources.files import opened
from indexing.sources.source import BadRow, BadSource

KIND = "Google Merchant feed"
_GOOGLE = "{http://base.google.com/ns/1.0}"
_FIELDS = {
    "id": "id",
    "title": "title",
    "description": "description",
    "product type": "category",
    "google product category": "category",
    "brand": "brand",
    "color": "color",
    "material": "material",
    "price": "price",
    "sale price": "sale_price",
    "sale price effective date": "sale_period",
    "availability": "availability",
    "link": "url",
}
_PICTURES = ("image link", "additional image link")
_SIGNS = {"link", "image link", "price", "availability"}


def merchant_columns(headers: tuple[str, ...]) -> Columns | None:
    """The columns of a Merchant feed; None where the headers are not one's."""
    named = {words_of_header(header): header for header in reversed(headers)}
    if not {"id", "title", "image link"} <= named.keys() or len(_SIGNS & named.keys()) < 2:
        return None
    of: dict[str, str] = {}
    for words, field in _FIELDS.items():
        if words in named:
            of.setdefault(field, named[words])
    pictures = tuple(named[words] for words in _PICTURES if words in named)
    used = {*of.values(), *pictures}
    return Columns(of=of, pictures=pictures, unused=tuple(header for header in headers if header not in used))


@dataclass(frozen=True)
class MerchantXml:
    """An RSS 2.0 or Atom feed; read as a stream."""

    path: Path
    kind = KIND
    notes = ("XML.",)

    def expected_rows(self) -> int | None:
        with opened(self.path) as file:
            blocks = iter(lambda: file.read(1 << 20), b"")
            return sum(block.count(b"</item>") + block.count(b"</entry>") for block in blocks)

    def records(self) -> Iterator[Record | BadRow]:
        with opened(self.path) as file:
            parents: list[Element] = []
            try:
                for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                    if event == "start":
                        parents.append(element)
                        continue
                    parents.pop()
                    if _local(element.tag) in {"item", "entry"}:
                        yield _record(element)
                        if parents:
                            parents[-1].remove(element)  # or the whole feed would stay in memory
            except ParseError as error:
                raise BadSource(
                    f"{self.path} is not well-formed XML ({error}); mend the feed or fetch it again."
                ) from error
            except DefusedXmlException as error:
                raise BadSource(
                    f"{self.path} has a DTD or entities, which a feed does not need; remove them."
                ) from error
            except ValueError as error:  # an encoding that the parser cannot read
                raise BadSource(f"{self.path} cannot be read ({error}); save it as UTF-8.") from error


def _record(item: Element) -> Record:
    """An item's fields; Google's own win over the feed format's of the same name."""
    plain: dict[str, object] = {}
    google: dict[str, object] = {}
    for child in item:
        fields = google if child.tag.startswith(_GOOGLE) else plain
        name = {"summary": "description", "content": "description"}.get(_local(child.tag), _local(child.tag))
        if name == "link" and child.get("href"):
            text = child.get("href", "") if child.get("rel", "alternate") == "alternate" else ""
        else:
            text = "".join(child.itertext()).strip() if len(child) == 0 else ""
        if not text:
            continue
        before = fields.get(name)
        fields[name] = text if before is None else [*(before if isinstance(before, list) else [before]), text]
    return plain | google


def _local(tag: object) -> str:
    return str(tag).rsplit("}", 1)[-1]
