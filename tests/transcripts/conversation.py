"""A transcript file in, its conversation held with the pure core, complaints out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from bot.answer import without_part
from bot.conversation import Context, Message, refine
from bot.doubts import is_doubtful
from bot.facts import fact_sentence
from bot.grammar_reading import Command
from bot.grammar_words import Lexicon
from bot.prices import price_sentence
from bot.query import Answer, PhotoRef, Query
from bot.search import search
from bot.sentences import say
from indexing.product import Product
from indexing.store import VectorStore
from indexing.wording import contains_phrase
from inference.encoder import Encoder
from inference.images import prepare

KEYS = frozenset(
    {
        "say",
        "photo",
        "understood",
        "first",
        "count",
        "command",
        "cheaper",
        "new",
        "like",
        "relaxed",
        "none",
        "remove",
        "nothing_close",
        "says",
    }
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation as its file tells it."""

    name: str
    language: str
    turns: tuple[Mapping[str, Any], ...]


def read_transcript(path: Path) -> Transcript:
    """Read a file; a key that is not known is a mistake in the file."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    turns = tuple(told["turns"])
    for turn in turns:
        unknown = set(turn) - KEYS
        if unknown:
            raise ValueError(f"{path.name} has a turn with {', '.join(sorted(unknown))}; README.md tells what there is")
    return Transcript(f"{path.parent.name}/{path.stem}", path.parent.name, turns)


@dataclass(kw_only=True)
class Talk:
    """A conversation under way; `hold` says a turn and yields what is not as it was expected."""

    encoder: Encoder
    store: VectorStore
    lexicon: Lexicon
    products: Sequence[Product]
    """The catalogue, to pick photos from."""
    pictures: Path
    language: str = "en"
    judges_products: bool = True
    """False where no trained model is there: only the understanding is checked."""
    _queries: list[Query] = field(default_factory=list)
    _answer: Answer | None = None
    _seen: set[str] = field(default_factory=set)

    def hold(self, turn: Mapping[str, Any]) -> Iterator[str]:
        """Say one turn; yield one sentence for each expectation that is not met."""
        before = self._answer
        asked = self._asked(turn)
        if isinstance(asked, Command):
            if asked.value != turn.get("command"):
                yield f"{turn.get('say')!r} was taken for the command {asked.value!r}"
            yield from self._unsaid(turn, asked)
            self._obey(asked)
            return
        if "command" in turn:
            yield f"{turn.get('say')!r} was not taken for a command"
        if not asked.is_empty:
            self._queries.append(asked)
            self._answer = self._found(asked)
        if self._answer is None or asked.is_empty:
            yield f"{turn.get('say')!r} left nothing to look for"
            return
        yield from self._unmet(turn, self._answer, before)
        self._seen |= {hit.product.id for hit in self._answer.hits}

    def _asked(self, turn: Mapping[str, Any]) -> Query | Command:
        previous = self._queries[-1] if self._queries else None
        if "remove" in turn:
            return without_part(previous or Query(), turn["remove"])
        photos = (self._photo(turn["photo"]),) if "photo" in turn else ()
        shown = tuple(hit.product for hit in self._answer.hits) if self._answer else ()
        message = Message(text=turn.get("say", ""), photos=photos, language=self.language)
        return refine(previous, message, Context(lexicon=self.lexicon, shown=shown))

    def _photo(self, wanted: Mapping[str, Any]) -> PhotoRef:
        product = next(p for p in self.products if all(_has(p, k, v) for k, v in wanted.items()))
        data = (self.pictures / product.pictures[0]).read_bytes()
        embedding = self.encoder.encode_pictures([prepare(data, self.encoder.picture_px)])[0]
        return PhotoRef.of(embedding, sha256=product.id, model_id=self.encoder.model_id)

    def _found(self, query: Query) -> Answer:
        answer = search(query, self.encoder, self.store, k=5)
        is_confident = answer.is_confident and not is_doubtful(answer, self.lexicon)
        return replace(answer, is_confident=is_confident)

    def _unsaid(self, turn: Mapping[str, Any], command: Command) -> Iterator[str]:
        if "says" not in turn:
            return
        text, voice = turn["say"], say(self.language)
        shown = [hit.product for hit in self._answer.hits] if self._answer else []
        if command is Command.PRICE:
            said = price_sentence(text, shown, self.lexicon, voice)
        else:
            said = fact_sentence(text, self._queries[-1], shown, self.store, self.lexicon, voice)
        if not fnmatchcase(said, turn["says"]):
            yield f"{turn.get('say')!r} was answered with {said!r}"

    def _obey(self, command: Command) -> None:
        if command is Command.START_OVER:
            self._queries.clear()
            self._answer = None
        elif command is Command.BACK and len(self._queries) > 1:
            self._queries.pop()
            self._answer = self._found(self._queries[-1])

    def _unmet(self, turn: Mapping[str, Any], answer: Answer, before: Answer | None) -> Iterator[str]:
        said = turn.get("say") or turn.get("remove") or "a photo"
        if "understood" in turn and not fnmatchcase(answer.understood, turn["understood"]):
            yield f"{said!r} was understood as {answer.understood!r}, not {turn['understood']!r}"
        relaxed = " ".join(answer.relaxations)
        if not fnmatchcase(relaxed, turn.get("relaxed", "")):
            yield f"{said!r} lifted conditions: {relaxed!r}, not {turn.get('relaxed', '')!r}"
        if not self.judges_products:
            return
        found = [hit.product for hit in answer.hits]
        if bool(turn.get("none")) != (not found):
            yield f"{said!r} found {len(found)} products"
        if bool(turn.get("nothing_close")) and answer.is_confident:
            yield f"{said!r} was answered as if that were close: {[product.title for product in found]}"
        count = len(found) if turn.get("count") == "all" else turn.get("count", 1)
        for name, value in turn.get("first", {}).items():
            wrong = [product.title for product in found[:count] if not _has(product, name, value)]
            if wrong or len(found) < count:
                yield f"{said!r}: {name} is not {value!r} in {wrong or 'what little was found'}"
        if turn.get("new") and self._seen & {product.id for product in found}:
            yield f"{said!r} repeated products"
        if before:
            yield from self._unmet_beside(turn, said, found, before)

    def _unmet_beside(
        self, turn: Mapping[str, Any], said: str, found: Sequence[Product], before: Answer
    ) -> Iterator[str]:
        earlier = [hit.product for hit in before.hits]
        if turn.get("cheaper"):
            alike = [p for p in earlier if p.category == earlier[0].category]
            middle = median(p.price.minor for p in (alike if len(alike) > 1 else earlier) if p.price)
            if any(p.price is None or p.price.minor >= middle for p in found):
                yield f"{said!r} found dearer ones"
        if "like" in turn and found[0].category != earlier[turn["like"] - 1].category:
            yield f"{said!r} found a {found[0].category}, not a {earlier[turn['like'] - 1].category}"


def _has(product: Product, name: str, value: Any) -> bool:
    if isinstance(value, list):
        return any(_has(product, name, one) for one in value)
    if name == "price":
        return product.price is not None and _is_within(product.price.minor / 100, value)
    if name == "in_stock":
        return (product.availability == "in_stock") is value
    if isinstance(value, str) and value.startswith("not "):
        return not _has(product, name, value.removeprefix("not "))
    own = product.attributes.get(name, "") if name not in product.__struct_fields__ else str(getattr(product, name))
    return contains_phrase(own, value)


def _is_within(amount: float, condition: str) -> bool:
    if condition.startswith("<"):
        return amount <= float(condition[1:])
    if condition.startswith(">"):
        return amount >= float(condition[1:])
    low, high = condition.split("-")
    return float(low) <= amount <= float(high)
