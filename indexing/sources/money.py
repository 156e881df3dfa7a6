"""Prices as people write them in, `Money` in minor units out, by each currency's own exponent."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_precision

from indexing.product import Money
from indexing.sources.source import BadRow

_SYMBOLS = {"€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "円": "JPY", "₽": "RUB", "₺": "TRY", "฿": "THB", "₫": "VND"}
_SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
_PREFIXED = {
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
}
_NOTHING = {"", "-", "--", "n/a", "na", "none", "null", "nan"}
_AMOUNT = re.compile(r"-?\d(?:[\d\s.,'’\u00a0\u202f]*\d)?")
_LARGEST = 10**15


@lru_cache(maxsize=512)
def is_currency(code: str) -> bool:
    """True for an ISO 4217 code that babel knows, upper case."""
    return bool(code in get_global("all_currencies"))


def money_of(amount: object, currency: str) -> Money | None:
    """An amount as `Money`; None where there is none.

    Args:
        amount: a number, or a text such as `19.99 USD`, `$1,299.00`, `1.299,00 €`, `1,980円`.
        currency: ISO 4217 of amounts that name none.

    Raises:
        BadRow: it is no amount of money, below zero, or in a currency that does not exist.
    """
    if amount is None or isinstance(amount, bool):
        return None
    if isinstance(amount, int | float | Decimal):
        return _money(str(amount), amount=Decimal(str(amount)), currency=currency)
    written = " ".join(str(amount).split())
    if written.casefold() in _NOTHING:
        return None
    found = _AMOUNT.search(written)
    if not found:
        raise BadRow(f"The price {written[:40]!r} is not an amount of money.")
    around = f"{written[: found.start()]} {written[found.end() :]}".strip()
    own = _currency_in(around, currency)
    return _money(written, amount=_decimal(found.group(), own), currency=own)


def _currency_in(around: str, default: str) -> str:
    """The currency that the text around an amount names."""
    if not around:
        return default
    for prefix, code in _PREFIXED.items():
        if prefix in around.upper():
            return code
    for symbol, code in _SYMBOLS.items():
        if symbol in around:
            return code
    for symbol, sharing in _SHARED.items():
        if symbol in around.casefold():
            return default if default in sharing else sharing[0]
    codes_named = [word for word in re.findall(r"[A-Za-z]+", around) if len(word) == 3]
    for code in map(str.upper, codes_named):
        if is_currency(code):
            return code
    if any(word.isupper() for word in codes_named):
        raise BadRow(f"The price is in {around[:20]!r}, which is no currency; write a code such as USD.")
    return default


def _decimal(digits: str, currency: str) -> Decimal:
    """Digits with separators of any country as a number: the last separator is the decimal one, if it can be."""
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", digits)
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands = "," if dot > comma else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif max(comma, dot) >= 0:
        separator = "," if comma >= 0 else "."
        head, _, tail = digits.rpartition(separator)
        is_grouping = len(tail) == 3 and head.lstrip("-0") != "" and get_currency_precision(currency) != 3
        digits = digits.replace(separator, "") if is_grouping or separator in head else f"{head}.{tail}"
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise BadRow(f"The price {digits[:40]!r} is not an amount of money.") from error


def _money(written: str, *, amount: Decimal, currency: str) -> Money:
    code = currency.strip().upper()
    if not is_currency(code):
        raise BadRow(f"The currency {currency[:20]!r} does not exist; write a code such as USD.")
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise BadRow(f"The price {written[:40]!r} is not an amount of money.")
    if amount < 0:
        raise BadRow(f"The price {written[:40]!r} is below zero.")
    return Money(minor=int((amount.scaleb(get_currency_precision(code))).to_integral_value()), currency=code)
