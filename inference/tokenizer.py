"""Texts -> token ids exactly as CLIP's own tokenizer gives them, without torch; and vocabularies of one's own.

The one wanted difference: `<|endoftext|>` typed by a user is plain text, so nobody's words are cut off by it.
"""

import gzip
import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
import tokenizers
from numpy.typing import NDArray
from tokenizers import decoders, models, pre_tokenizers, trainers

from inference.model import BrokenModel

START, END = "<|startoftext|>", "<|endoftext|>"
WORD_END = "</w>"
MAX_CHARACTERS = 20_000
"""Of a text that is longer, the rest is not read; 77 tokens never reach as far."""
CLIP_MERGES = 49152 - 256 - 2
"""Of the merges in OpenAI's file, those that its tokenizer uses."""

_LETTER = r"\p{L}\x{2EBF0}-\x{2EE5D}\x{31350}-\x{33479}"
"""Letters; the ranges are those of Unicode 15 to 17 that the library's tables do not hold yet."""
_WORDS = rf"'[sſ]|'t|'re|'ve|'m|'ll|'d|[{_LETTER}]+|[\p{{N}}]|[^\s\p{{N}}{_LETTER}]+"
"""OpenAI's pattern without its two special tokens; `ſ` is what its case-insensitive `'s` matches besides."""


class Tokenizer:
    """A vocabulary and a context length. Thread-safe."""

    def __init__(self, vocabulary: tokenizers.Tokenizer, context_length: int = 77) -> None:
        """Take a vocabulary that holds start-of-text and end-of-text, the latter with the highest id.

        Args:
            vocabulary: of the Hugging Face `tokenizers` library.
            context_length: tokens that a text has at most, start and end included; 2 or more.

        Raises:
            BrokenModel: a special token is missing, or end-of-text has not the highest id.
        """
        vocabulary.encode_special_tokens = True  # plain text, where the file lists them as special
        vocabulary.no_truncation()
        vocabulary.no_padding()
        start, end = vocabulary.token_to_id(START), vocabulary.token_to_id(END)
        if start is None or end is None:
            raise BrokenModel(f"The tokenizer lacks {START} or {END}; export the model again.")
        if end != vocabulary.get_vocab_size() - 1:
            raise BrokenModel(f"{END} has not the highest id of the tokenizer; export the model again.")
        self._vocabulary = vocabulary
        self._start, self._end = int(start), int(end)
        self.context_length = context_length

    @classmethod
    def read(cls, path: Path, context_length: int = 77) -> Self:
        """Read a `tokenizer.json`.

        Raises:
            BrokenModel: it cannot be read, or is not a vocabulary of CLIP's kind.
        """
        try:
            vocabulary = tokenizers.Tokenizer.from_file(str(path))
        except Exception as error:
            # The library raises Exception itself.
            raise BrokenModel(f"{path} is not a tokenizer; export the model again.") from error
        return cls(vocabulary, context_length)

    @property
    def vocabulary_size(self) -> int:
        return self._end + 1

    def encode(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Token ids of texts, each `start, ..., end`, padded with 0; a long text loses its tail, never its end token.

        Args:
            texts: N strings, any Unicode.

        Returns:
            int64, shape (N, T), T the longest of these texts in tokens, 2 to context_length.
        """
        rows = [self._ids(text) for text in texts]
        tokens = np.zeros((len(rows), max(map(len, rows), default=2)), dtype=np.int64)
        for row, ids in zip(tokens, rows, strict=True):
            row[: len(ids)] = ids
        return tokens

    def to_json(self) -> bytes:
        """What `tokenizer.json` holds."""
        return str(self._vocabulary.to_str()).encode()

    def _ids(self, text: str) -> list[int]:
        found = self._vocabulary.encode(clean(text), add_special_tokens=False).ids
        return [self._start, *found[: self.context_length - 2], self._end]


def clean(text: str) -> str:
    """A text as CLIP sees it: mended Unicode, no HTML entities, single spaces, lower case."""
    mended = text[:MAX_CHARACTERS]
    if not (mended.isascii() and mended.isprintable() and "&" not in mended):  # else there is nothing to mend
        import ftfy  # takes 50 ms of a start that most first questions can do without

        mended = html.unescape(html.unescape(ftfy.fix_text(mended)))
    return re.sub(r"\s+", " ", mended.strip()).strip().lower()


def clip_tokenizer(merges_file: bytes, context_length: int = 77) -> Tokenizer:
    """The tokenizer of OpenAI's checkpoints, from the bytes of their `bpe_simple_vocab_16e6.txt.gz`.

    Raises:
        BrokenModel: not that file.
    """
    try:
        lines = gzip.decompress(merges_file).decode().split("\n")[1 : CLIP_MERGES + 1]
        merges = [(left, right) for left, right in (line.split() for line in lines)]
    except (OSError, EOFError, ValueError) as error:
        raise BrokenModel("The merges are not OpenAI's bpe_simple_vocab_16e6.txt.gz.") from error
    if len(merges) != CLIP_MERGES:
        raise BrokenModel("The merges are not OpenAI's bpe_simple_vocab_16e6.txt.gz.")
    return Tokenizer(_vocabulary(merges), context_length)


def train_bpe(texts: Iterable[str], vocabulary_size: int, context_length: int = 77) -> Tokenizer:
    """A vocabulary learnt from texts, in OpenAI's layout: every byte, every byte at a word's end, merges, specials.

    Args:
        texts: captions in any languages, as users write them.
        vocabulary_size: ids at most, 514 or more; few texts give fewer.
        context_length: tokens that a text has at most.
    """
    trained = tokenizers.Tokenizer(models.BPE(end_of_word_suffix=WORD_END))
    trained.pre_tokenizer = _splitter()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size - 2,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        # Without these it numbers letters at a word's end as it meets them, in no order, and merges differ each time.
        special_tokens=[character + WORD_END for character in _byte_characters()],
        end_of_word_suffix=WORD_END,
        show_progress=False,
    )
    trained.train_from_iterator(map(clean, texts), trainer)
    merges = [(left, right) for left, right in msgspec.json.decode(trained.to_str())["model"]["merges"]]
    return Tokenizer(_vocabulary(merges[: vocabulary_size - 2 * 256 - 2]), context_length)


def _vocabulary(merges: Sequence[tuple[str, str]]) -> tokenizers.Tokenizer:
    """Ids in OpenAI's order, with their way of splitting into words."""
    alphabet = _byte_characters()
    tokens = [*alphabet, *(character + WORD_END for character in alphabet)]
    tokens += [left + right for left, right in merges]
    tokens = list(dict.fromkeys([*tokens, START, END]))
    vocabulary = {token: number for number, token in enumerate(tokens)}
    built = tokenizers.Tokenizer(models.BPE(vocabulary, list(merges), end_of_word_suffix=WORD_END))
    built.pre_tokenizer = _splitter()
    built.decoder = decoders.ByteLevel()
    return built


def _splitter() -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(tokenizers.Regex(_WORDS), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def _byte_characters() -> list[str]:
    """The character that stands for each byte, in OpenAI's order: the printable ones, then the others."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = 256 - len(printable)
    return [*map(chr, printable), *(chr(256 + number) for number in range(others))]
