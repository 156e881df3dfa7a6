"""A key and its arguments in, a sentence in the person's language out; errors in, the key of their sentence out."""

from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal, get_currency_name, get_currency_precision
from fluent.runtime import FluentBundle, FluentResource

from bot.memory import MemoryUnavailable
from bot.photo_errors import (
    LinkRefused,
    NotAPhoto,
    PhotoElsewhere,
    PhotoGone,
    PhotoLate,
    PhotoNeedsScope,
    PhotoOutOfReach,
    PhotoTooLarge,
)
from bot.query import EmptyQuery
from indexing.product import Money
from indexing.store import NoCatalogue, StoreUnavailable, WrongModel
from inference.decoding import DecoderUnavailable
from inference.encoder import EncoderUnavailable, EncoderWakingUp
from inference.images import UnreadablePhoto

LANGUAGES = ("en", "ja")
"""The languages that the bot speaks; the first is spoken to everybody else."""

SORRY: dict[type[Exception], str] = {
    EmptyQuery: "sorry-empty",
    EncoderUnavailable: "sorry-encoder",
    EncoderWakingUp: "sorry-waking",
    StoreUnavailable: "sorry-store",
    NoCatalogue: "sorry-no-catalogue",
    WrongModel: "sorry-wrong-model",
    UnreadablePhoto: "sorry-unreadable-photo",
    DecoderUnavailable: "sorry-no-decoder",
    MemoryUnavailable: "sorry-memory",
    PhotoNeedsScope: "sorry-photo-scope",
    PhotoGone: "sorry-photo-gone",
    PhotoTooLarge: "sorry-photo-large",
    PhotoElsewhere: "sorry-photo-elsewhere",
    NotAPhoto: "sorry-not-a-photo",
    PhotoOutOfReach: "sorry-photo-out-of-reach",
    PhotoLate: "sorry-photo-late",
    LinkRefused: "sorry-link",
    Exception: "sorry-unknown",
}
"""What is said for an error: the sentence of its nearest class. Never the error's own text."""


class Voice:
    """Speaks one language; prices and numbers as in one locale of it."""

    def __init__(self, language: str, locale: Locale) -> None:
        self.language = language
        """`en` or `ja`."""
        self.locale = locale
        self._bundle = FluentBundle([str(locale).replace("_", "-"), language], use_isolating=False)
        text = files("bot").joinpath("locales", language, "looksee.ftl").read_text(encoding="utf-8")
        self._bundle.add_resource(FluentResource(text))

    def sentence(self, key: str, **arguments: str | int | float) -> str:
        """The sentence of a key; numbers among the arguments are written as the locale does.

        Raises:
            LookupError: no such sentence, or an argument of it is missing.
        """
        if not self._bundle.has_message(key):
            raise LookupError(f"no sentence {key!r} in {self.language}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"the sentence {key!r} is empty in {self.language}")
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise LookupError(f"the sentence {key!r} lacks an argument in {self.language}: {errors[0]}")
        return str(text)

    def money(self, price: Money) -> str:
        """A price as the locale writes it, without empty cents: `$40`, `$19.99`, `￥1,999`."""
        amount = Decimal(price.minor).scaleb(-get_currency_precision(price.currency))
        is_whole = amount == amount.to_integral_value()
        return format_currency(amount, price.currency, locale=self.locale, currency_digits=not is_whole,
                               format=_whole(self.locale) if is_whole else None)  # fmt: skip

    def currency(self, code: str) -> str:
        """A currency's name as prices are said to be in it: "US dollars" of USD."""
        return get_currency_name(code, count=2, locale=self.locale)

    def whole(self, currency: str) -> int:
        """One whole unit of a currency in minor units: 100 for USD, 1 for JPY."""
        return int(10 ** get_currency_precision(currency))

    def number(self, value: float) -> str:
        """A number as the locale writes it."""
        return format_decimal(value, locale=self.locale)


def say(locale: str) -> Voice:
    """The voice for a person's locale, as Slack (`ja-JP`) or a query (`ja`) gives it; English where it is unknown."""
    return _voice(locale.replace("_", "-"))


@lru_cache(maxsize=64)
def _voice(tag: str) -> Voice:
    language = tag.split("-")[0].lower()
    if language not in LANGUAGES:
        language, tag = LANGUAGES[0], "en-US"
    try:
        locale = Locale.parse(tag if "-" in tag else {"en": "en-US", "ja": "ja-JP"}[language], sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    return Voice(language, locale)


def sorry(error: Exception, locale: str) -> str:
    """What is said to a person when this error ended their question."""
    key = next(SORRY[kind] for kind in type(error).__mro__ if kind in SORRY)
    return say(locale).sentence(key)


def _whole(locale: Locale) -> str:
    return str(locale.currency_formats["standard"].pattern).replace(".00", "")
