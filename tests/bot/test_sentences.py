import re
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, VariableReference
from fluent.syntax.visitor import Visitor

import bot
from bot.sentences import LANGUAGES, SORRY, say, sorry
from indexing.product import Money
from indexing.store import StoreUnavailable

ROOM = Path(bot.__file__).parent
SOURCES = [*ROOM.rglob("*.py"), ROOM.parent / "looksee.py"]


class _Arguments(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 -- Fluent's name
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """Key -> names of the arguments, of every sentence of a language."""
    text = (ROOM / "locales" / language / "looksee.ftl").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, Message):
            visitor = _Arguments()
            visitor.visit(entry)
            assert entry.id.name not in found, f"{entry.id.name} is there twice in {language}"
            found[entry.id.name] = visitor.names
        else:
            assert type(entry).__name__ in {"Comment", "GroupComment", "ResourceComment"}, f"cannot be read: {entry}"
    return found


def keys_in_code() -> set[str]:
    """Every string of our code that has the form of a key; those that are sentences are used."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.exists())
    return set(re.findall(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""", text))


def keys_said() -> set[str]:
    """Every key that is handed to `sentence` as it is written."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.exists())
    return set(re.findall(r"""\.sentence\(\s*["']([\w-]+)["']""", text))


def test_every_language_has_the_same_sentences_with_the_same_arguments() -> None:
    first, *others = (messages(language) for language in LANGUAGES)

    for other in others:
        assert other == first


def test_no_sentence_is_missing() -> None:
    assert (keys_said() | set(SORRY.values())) - messages("en").keys() == set()


def test_no_sentence_is_unused() -> None:
    assert messages("en").keys() - keys_in_code() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    voice = say(language)

    for key, arguments in messages(language).items():
        for count in (1, 2):
            assert voice.sentence(key, **dict.fromkeys(arguments, count)).strip()


@pytest.mark.parametrize(
    ("locale", "price", "written"),
    [
        ("en-US", Money(4000, "USD"), "$40"),
        ("en-US", Money(1999, "USD"), "$19.99"),
        ("en-US", Money(1999, "JPY"), "¥1,999"),
        ("en-US", Money(123456, "EUR"), "€1,234.56"),
        ("ja-JP", Money(1999, "JPY"), "￥1,999"),
        ("ja-JP", Money(1999, "USD"), "$19.99"),
        ("en-GB", Money(1999, "GBP"), "£19.99"),
    ],
)
def test_prices_are_written_as_the_locale_does(locale: str, price: Money, written: str) -> None:
    assert say(locale).money(price) == written


@pytest.mark.parametrize("locale", ["", "xx", "de-DE", "pt_BR", "zh-Hant-TW", "nonsense-"])
def test_people_of_other_locales_are_spoken_to_in_english(locale: str) -> None:
    assert say(locale).language == "en"
    assert say(locale).locale == Locale("en", "US")


def test_numbers_in_a_sentence_are_written_as_the_locale_does() -> None:
    assert say("en").sentence("understood-page", text="mugs", page=1234) == "mugs, page 1,234"


def test_a_sentence_that_is_not_there_or_lacks_an_argument_is_a_bug() -> None:
    with pytest.raises(LookupError):
        say("en").sentence("no-such-sentence")
    with pytest.raises(LookupError):
        say("en").sentence("understood-under")


@pytest.mark.parametrize("kind", SORRY)
def test_every_error_has_a_sentence_that_never_contains_its_text(kind: type[Exception]) -> None:
    for language in LANGUAGES:
        assert "secret-7" not in sorry(kind("secret-7"), language)


def test_an_error_without_a_sentence_of_its_own_gets_that_of_its_kind() -> None:
    class StoreGone(StoreUnavailable):
        pass

    assert sorry(StoreGone(), "en") == sorry(StoreUnavailable(), "en")
    assert sorry(KeyError("x"), "en") == say("en").sentence("sorry-unknown")
