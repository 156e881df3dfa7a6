"""Question files in, `Question`s out: our JSON lines, or a folder in BEIR's layout.

One JSON object a line::

    {"id": "w-0001", "set": "words", "split": "test", "style": "plain", "text": "a cup for tea",
     "relevant": {"attributes": {"kind": "mug"}}}

- `set`: `photo`, `words`, `words_ja`, `composed`, `negation`, `typo`, `sku` or `absent`;
- `split`: `train`, `dev` or `test`;
- `text`, `photo` (a path relative to the file), or both;
- `relevant`: a list of product ids, or `{"attributes": {name: value or list of values}}`: every product of the
  catalogue that has them all (`options.handle` names a value within a value); an `absent` question has none;
- `excluded`: `{name: value or list}`: what no product of the answer should have;
- `style`: what sort of question it is, for the table by style.

A truth file beside the catalogue, `attributes.jsonl.gz`, has one object a product: `item_id` and its attributes;
without one, the facts that the catalogue itself tells are the truth.

BEIR's layout: `queries.jsonl` (`_id`, `text`) and `qrels/SPLIT.tsv` (query id, product id, score).
"""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

from indexing.product import Product

Facts: TypeAlias = Mapping[str, frozenset[str]]
"""Attributes of a product by name, each with its values, case-folded."""
Values: TypeAlias = Mapping[str, str | list[str]]
SetName: TypeAlias = Literal["photo", "words", "words_ja", "composed", "negation", "typo", "sku", "absent"]
SETS: tuple[SetName, ...] = get_args(SetName)


class BadQuestions(Exception):
    """A question file cannot be used; the message says which line and why."""


class ByAttributes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every product that has these attributes is right."""

    attributes: Mapping[str, str | list[str]]


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question with its true answers."""

    id: str
    set: SetName
    split: str = "test"
    style: str = ""
    text: str = ""
    photo: str = ""
    """A path; `read_questions` makes it absolute."""
    relevant: list[str] | ByAttributes = []
    excluded: Mapping[str, str | list[str]] = {}


def read_questions(path: Path, *, split: str) -> list[Question]:
    """Read the questions of one split, in the order of the files.

    Args:
        path: a `.jsonl` file, a folder of them, or a folder in BEIR's layout.
        split: `dev`, `test`, ...

    Raises:
        BadQuestions: nothing there, or a line that is no question.
    """
    if (path / "qrels").is_dir():
        return list(_beir(path, split))
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise BadQuestions(f"there are no questions in {path}: give a .jsonl file or a folder of them")
    questions = [question for file in files for question in _lines(file)]
    return [question for question in questions if question.split == split]


def _lines(file: Path) -> Iterator[Question]:
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = msgspec.json.decode(line, type=Question)
        except msgspec.MsgspecError as error:
            raise BadQuestions(f"line {number} of {file.name} is no question: {error}") from error
        if not (question.text or question.photo):
            raise BadQuestions(f"line {number} of {file.name} asks nothing: give it a text, a photo or both")
        if question.photo:
            photo = (file.parent / question.photo).resolve()
            if not photo.is_file():
                raise BadQuestions(f"line {number} of {file.name}: there is no photo {question.photo}")
            question = msgspec.structs.replace(question, photo=str(photo))
        yield question


def _beir(folder: Path, split: str) -> Iterator[Question]:
    qrels = folder / "qrels" / f"{split}.tsv"
    queries = folder / "queries.jsonl"
    if not qrels.is_file() or not queries.is_file():
        raise BadQuestions(f"{folder} lacks queries.jsonl or qrels/{split}.tsv")
    relevant: dict[str, list[str]] = {}
    for line in qrels.read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) < 3:
            raise BadQuestions(f"a line of {qrels.name} has no three columns: {line[:80]}")
        if float(fields[2]) > 0:
            relevant.setdefault(fields[0], []).append(fields[1])
    for row in queries.read_bytes().splitlines():
        query = msgspec.json.decode(row, type=dict[str, object])
        name = str(query.get("_id", ""))
        if name in relevant:
            yield Question(id=name, set="words", split=split, text=str(query.get("text", "")), relevant=relevant[name])


def read_facts(path: Path) -> dict[str, Facts]:
    """Read a truth file, `.jsonl` or `.jsonl.gz`: attributes by product id.

    Raises:
        BadQuestions: it is not there, or a line is no object with `item_id`.
    """
    if not path.is_file():
        raise BadQuestions(f"there is no truth file {path}")
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    facts: dict[str, Facts] = {}
    for number, line in enumerate(lines, 1):
        try:
            record = msgspec.json.decode(line, type=dict[str, object])
            facts[str(record.pop("item_id"))] = dict(_flat(record))
        except (msgspec.MsgspecError, KeyError) as error:
            raise BadQuestions(f"line {number} of {path.name} is no object with an item_id") from error
    return facts


def _flat(record: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            values = value if isinstance(value, list) else [value]
            yield f"{prefix}{name}", frozenset(str(one).casefold() for one in values)


def facts_of(products: Iterable[Product]) -> dict[str, Facts]:
    """The same from what the catalogue tells."""
    named = ("category", "brand", "color", "material")
    return {
        product.id: {
            **{name: frozenset({value.casefold()}) for name, value in product.attributes.items()},
            **{name: frozenset({str(getattr(product, name)).casefold()}) for name in named},
        }
        for product in products
    }


def matches(facts: Facts, wanted: Values) -> bool:
    """True where a product has, for each name, the value or one of the values, whatever their case."""
    return all(facts.get(name, frozenset()) & _several(values) for name, values in wanted.items())


def _several(values: str | list[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in ([values] if isinstance(values, str) else values))


def right_answers(question: Question, facts: Mapping[str, Facts]) -> frozenset[str]:
    """Ids of the products that answer a question; those by id count only where the catalogue has them."""
    if isinstance(question.relevant, ByAttributes):
        wanted = question.relevant.attributes
        return frozenset(name for name, own in facts.items() if matches(own, wanted))
    return frozenset(question.relevant)
