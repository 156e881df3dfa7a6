"""Token ids are CLIP's own, whatever is typed."""

import html
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ftfy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.model import BrokenModel
from inference.tokenizer import END, START, Tokenizer, clean, clip_tokenizer, train_bpe

CAPTIONS = [
    "a red mug with a round handle",
    "two wooden chairs",
    "赤いマグカップ",
    "木の椅子",
    "don't drop it's glass",
] * 5

PIECES = [
    *("don't", "I'LL", "it's", "'ſ", "mugs", "RED", "cafÃ©", "&amp;", "&lt;b&gt;", "&amp;amp;", "naïve", "İstanbul"),
    *("ΣΑΣ", "ﬁne", "$40", "10%", "12,5", "½", "x²", "—", "“quoted”", "\u200b", "\t", "\n\n", "赤い", "マグカップ"),
    *(
        "👩‍👩‍👧",
        "<|",
        "|>",
        "_",
        "a_b",
        "###",
        "'s",
        "'T",
        "'re",
        "ß",
        "\u212a",
        "\x00",
        "\u3000",
        "\ufeff",
        "é",
        "e\u0301",
    ),
    *("ﾏｸﾞ", "…", "©", "#1", "<|startoftext", "ا", "ह", "한국", "\ud800", "🇯🇵", "https://a.b/c?d=e", "A4", "3.5mm"),
]


def odd_strings(count: int) -> Iterator[str]:
    """Strings that a tokenizer may stumble over, from a seed."""
    rng = random.Random(20261124)
    scripts = [(0x20, 0x7F), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x5D0, 0x5EA), (0x3041, 0x30FF)]
    scripts += [(0x4E00, 0x9FA5), (0xAC00, 0xD7A3), (0x1F300, 0x1F5FF), (0x2000, 0x206F), (0xFF01, 0xFF5E)]
    for number in range(count):
        if number % 4 == 0:
            yield " ".join(rng.choices(PIECES, k=rng.randrange(1, 30)))
        elif number % 4 == 1:
            yield "".join(chr(rng.randrange(*rng.choice(scripts))) for _ in range(rng.randrange(1, 60)))
        elif number % 4 == 2:
            yield "".join(rng.choices("abcdefghij '`’.,;:!?&#x0123456789", k=rng.randrange(1, 200)))
        else:
            yield rng.choice(["a" * rng.randrange(300), "tea\u2028pot \x85" * 3, rng.randbytes(30).decode("latin-1")])


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_bpe(CAPTIONS, 600, context_length=16)


def test_a_row_is_start_words_end_and_padding(tokenizer: Tokenizer) -> None:
    short, long = tokenizer.encode(["red", "a red mug with a round handle"])
    end = tokenizer.vocabulary_size - 1
    assert short.dtype == np.int64
    assert short[0] == long[0] == end - 1
    assert short.argmax() == 2
    assert (short[3:] == 0).all()
    assert long[-1] == end


def test_a_batch_is_as_long_as_its_longest_text(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode(["red"]).shape == (1, 3)
    assert tokenizer.encode(["red", ""]).shape == (2, 3)
    assert tokenizer.encode([""]).shape == (1, 2)
    assert tokenizer.encode([]).shape == (0, 2)


def test_a_long_text_loses_its_tail_and_keeps_its_end(tokenizer: Tokenizer) -> None:
    whole = tokenizer.encode(["red " * 14])[0]
    cut = tokenizer.encode(["red " * 5_000_000])[0]
    assert cut.shape == (16,)
    np.testing.assert_array_equal(cut, whole)
    assert (cut == tokenizer.vocabulary_size - 1).sum() == 1


@pytest.mark.parametrize("typed", [END, START, f"red {END} mug", END.upper(), f"&lt;|endoftext|&gt; {START}"])
def test_special_tokens_that_somebody_types_are_plain_text(tokenizer: Tokenizer, typed: str) -> None:
    row = tokenizer.encode([typed])[0]
    assert (row >= tokenizer.vocabulary_size - 2).sum() == 2
    assert row.argmax() == len(row) - 1


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "🇯🇵", "\u202e", "a" * 10_000])
def test_any_string_has_tokens(tokenizer: Tokenizer, text: str) -> None:
    row = tokenizer.encode([text])[0]
    assert 2 <= len(row) <= 16
    assert row[-1] == tokenizer.vocabulary_size - 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Red\n\tMUG ", "red mug"),
        ("caf&eacute;", "café"),
        ("cafÃ©", "café"),
        ("it&amp;#39;s", "it's"),
        ("“red”", '"red"'),
    ],
)
def test_a_text_is_mended_before_it_is_read(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_an_own_vocabulary_has_openais_layout(tokenizer: Tokenizer) -> None:
    tokens = tokenizer._vocabulary.get_vocab()
    assert len(tokens) == tokenizer.vocabulary_size <= 600
    assert tokens["!"] == 0
    assert tokens["!</w>"] == 256
    assert (tokens[START], tokens[END]) == (len(tokens) - 2, len(tokens) - 1)


def test_an_own_vocabulary_is_the_same_each_time_and_shortens_what_it_learnt(tokenizer: Tokenizer) -> None:
    assert train_bpe(CAPTIONS, 600, 16).to_json() == tokenizer.to_json()
    assert tokenizer.encode(["wooden chairs"]).shape[1] < tokenizer.encode(["qzxvkj wzqjx"]).shape[1]


def test_a_tokenizer_is_read_as_it_was_written(tokenizer: Tokenizer, tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_bytes(tokenizer.to_json())
    read = Tokenizer.read(path, 16)
    texts = list(odd_strings(200))
    np.testing.assert_array_equal(read.encode(texts), tokenizer.encode(texts))


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff", b'{"model": 3}'])
def test_a_file_that_is_no_tokenizer_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tokenizer.json").write_bytes(content)
    with pytest.raises(BrokenModel, match="is not a tokenizer"):
        Tokenizer.read(tmp_path / "tokenizer.json")


def test_a_vocabulary_without_the_special_tokens_is_refused(tokenizer: Tokenizer, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes(tokenizer.to_json().replace(b"<|endoftext|>", b"<|theend|>"))
    with pytest.raises(BrokenModel, match="lacks"):
        Tokenizer.read(tmp_path / "tokenizer.json")


@pytest.mark.parametrize("content", [b"", b"not gzip", b"\x1f\x8b\x08"])
def test_merges_that_are_not_openais_are_refused(content: bytes) -> None:
    with pytest.raises(BrokenModel, match="merges"):
        clip_tokenizer(content)


def test_eight_threads_get_the_ids_of_one(tokenizer: Tokenizer) -> None:
    texts = list(odd_strings(100))
    alone = [tokenizer.encode([text]).tolist() for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: tokenizer.encode([text]).tolist(), texts)) == alone


@pytest.mark.live
@pytest.mark.filterwarnings("default")
def test_ids_are_those_of_the_clip_package_on_a_thousand_odd_strings() -> None:
    clip = pytest.importorskip("clip")
    ours = clip_tokenizer(Path(clip.simple_tokenizer.default_bpe()).read_bytes())
    assert ours.vocabulary_size == 49408
    for text in odd_strings(1000):
        theirs = clip.tokenize([text], truncate=True).numpy()[0]
        row = ours.encode([text])[0]
        assert theirs[: len(row)].tolist() == row.tolist(), ascii(text)
        assert (theirs[len(row) :] == 0).all()


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_plain_ascii_needs_no_mending(text: str) -> None:
    mended = html.unescape(html.unescape(ftfy.fix_text(text))).strip()
    assert clean(text) == re.sub(r"\s+", " ", mended).strip().lower()
