"""The page speaks English and Japanese: each word of its own is in both, is used, and is written in no other place."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

SRC = Path(__file__).parents[2] / "playground" / "page" / "src"
LANGUAGES = ("en", "ja")
PARTS = sorted(SRC.glob("*.ts*"))
TEXT = re.compile(r">([^<>{}=;()]*[A-Za-z]{2,}[^<>{}=;()]*)</")
"""Words between two tags of JSX."""
ATTRIBUTE = re.compile(r"""(?:aria-label|title|placeholder|alt|label)=(?:"[^"]*[A-Za-z]|\{`[^`$]*[A-Za-z]{2,})""")
FALLBACK = re.compile(r"""(?:\|\||\?\?|\?|:) (?:"[A-Z][a-z]+[^"]*"|`[A-Z][a-z]+[^`]*`)""")
NO_WORDS = {"Enter"}
"""The name of a key on the keyboard."""


def words(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SRC / "words" / f"{language}.json").read_text("utf-8"))
    return found


def forms(said: str | Mapping[str, str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said.values())


def code(part: Path) -> str:
    return re.sub(r"^\s*(?://|/?\*).*$", "", part.read_text("utf-8"), flags=re.MULTILINE)


def keys_in_use() -> Iterator[str]:
    """Each key stands in a part as a string of its own."""
    for part in PARTS:
        yield from re.findall(r'"([a-z][a-z0-9-]*)"', code(part))


def test_each_language_has_every_sentence() -> None:
    assert set(words("ja")) == set(words("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_unused(language: str) -> None:
    used = set(keys_in_use())
    said = words(language)

    assert [key for key in said if not all(form.strip() for form in forms(said[key]))] == []
    assert sorted(set(said) - used) == []


def test_every_key_that_is_said_has_words() -> None:
    said = {key for part in PARTS for key in re.findall(r'\bsay\("([^"]+)"', code(part))}

    assert said - set(words("en")) == set()
    assert len(said) > 60


def test_both_languages_fill_in_the_same_values() -> None:
    english, japanese = words("en"), words("ja")

    def values(said: str | Mapping[str, str]) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", " ".join(forms(said))))

    assert [key for key in english if values(english[key]) != values(japanese[key])] == []


def test_what_is_counted_has_the_plural_forms_of_its_language() -> None:
    for key, said in words("en").items():
        if "{count}" in str(said) and not isinstance(said, str):
            assert set(said) == {"one", "other"}
            assert set(words("ja")[key]) == {"other"}


def test_japanese_is_japanese() -> None:
    def is_foreign(said: str) -> bool:
        own = re.sub(r"\{\w+\}", "", said)
        return bool(re.search("[A-Za-z]", own)) and not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", own)

    assert [key for key, said in words("ja").items() if any(map(is_foreign, forms(said)))] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: str(part.name))
def test_no_part_of_the_page_has_words_of_its_own(part: Path) -> None:
    text = code(part)
    found = [each.strip() for each in TEXT.findall(text)] if part.suffix == ".tsx" else []
    found += [each.group() for each in ATTRIBUTE.finditer(text)]
    found += [each.group() for each in FALLBACK.finditer(text)]

    assert [each for each in found if each and each not in NO_WORDS] == []
