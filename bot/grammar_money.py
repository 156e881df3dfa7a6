"""A message in, the price it asks for out, with the rest of its words: "mugs under $40" -> up to 40.00 USD, "mugs"."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_precision

from indexing.store import Filters

SYMBOLS: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "buck": ("USD", "CAD", "AUD"),
    "ドル": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "€": ("EUR",),
    "euro": ("EUR",),
    "ユーロ": ("EUR",),
    "£": ("GBP",),
    "pound": ("GBP",),
    "quid": ("GBP",),
    "ポンド": ("GBP",),
    "¥": ("JPY", "CNY"),
    "yen": ("JPY",),
    "円": ("JPY",),
    "rupee": ("INR",),
    "₹": ("INR",),
    "ルピー": ("INR",),
    "元": ("CNY",),
    "won": ("KRW",),
    "₩": ("KRW",),
    "ウォン": ("KRW",),
}
"""What people call a currency, and what they may mean by it: the one that the catalogue has, else the first."""


@dataclass(frozen=True, slots=True)
class PriceRange:
    """What a product may cost, in minor units; None leaves an end open."""

    currency: str
    low: int | None
    high: int | None


_NAMES = r"dollars?|bucks?|euros?|pounds?|quid|yen|rupees?|won|ドル|ユーロ|ポンド|円|ルピー|元|ウォン"
_CODES = r"USD|EUR|GBP|JPY|INR|CAD|AUD|NZD|SGD|HKD|CNY|KRW|CHF|MXN"
_BEFORE = rf"(?:(?:US|CA|A|C|NZ)?[$€£¥₹₩]|\b(?:{_CODES}))\s?"
_AFTER = rf"\s?(?:(?:{_NAMES}|{_CODES})(?![a-z])|[$€£¥₹₩])"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?(?![\d])"
_TIMES = r"(?:k(?![a-z])|千|万)?"
# Not a price: a length, a weight, a count, a size.
_NOT_UNIT = (
    r"(?!\s?(?:cm|mm|m|km|inch(?:es)?|\"|ft|feet|foot|l|ml|litres?|liters?|kg|g|lbs?|oz|w|watts?|v|volts?|%|"
    r"pieces?|pcs|people|persons?|years?|months?|days?|hours?|minutes?|センチ|ミリ|メートル|リットル|キロ|グラム|個|枚|"
    r"人|歳|年|番|つ|点)(?![a-z]))"
)


def _money(name: str) -> str:
    return rf"(?P<{name}b>{_BEFORE})?(?P<{name}>{_NUMBER})(?P<{name}x>{_TIMES})(?P<{name}a>{_AFTER})?{_NOT_UNIT}"


_A, _B = _money("a"), _money("b")
_SIGNED = rf"(?:(?P<ab>{_BEFORE})(?P<a>{_NUMBER})(?P<ax>{_TIMES})|(?P<a2>{_NUMBER})(?P<a2x>{_TIMES})(?P<aa>{_AFTER}))"
_UNDER = (
    r"under|below|beneath|less\s+than|lower\s+than|cheaper\s+than|no\s+more\s+than|not\s+more\s+than|not\s+over|"
    r"at\s+most|up\s+to|max(?:imum)?(?:\s+of)?|within|"
    r"(?:(?:on|with|for|my|our|the|a)\s+)*budget(?:\s+(?:of|is|was|would\s+be|limit|max(?:imum)?|around|about|up\s+to))*"
    r"\s*[:=]?|<=?"
)
_OVER = r"over|above|more\s+than|at\s+least|min(?:imum)?(?:\s+of)?|starting\s+at|not\s+under|>=?"
_ABOUT = r"around|about|roughly|approximately|circa|~"

_RANGE = re.compile(
    rf"(?:\b(?:between|from)\s+{_A}\s*(?:and|to|-|–|~)\s*{_B})"
    rf"|(?:{_money('c')}\s*(?:から|以上|〜|～|~|–|-|より)\s*{_money('d')}(?:まで|以内|以下|未満|の間)?(?:で|の)?)",
    re.IGNORECASE,
)
_TO = re.compile(rf"(?:(?P<ab>{_BEFORE})(?P<a>{_NUMBER})\s+to\s+{_money('b')})", re.IGNORECASE)
_JA_UNDER = re.compile(
    rf"(?:予算(?:は|が)?\s*)?{_A}\s*(?:以下|以内|未満|まで|より安い|以下の|を切る)(?:のもの|の|で)?", re.IGNORECASE
)
_JA_BUDGET = re.compile(rf"予算(?:は|が)?\s*{_A}(?:くらい|ぐらい|ほど)?(?:の|で)?", re.IGNORECASE)
_JA_OVER = re.compile(rf"{_A}\s*(?:以上|より高い|を超える)(?:のもの|の|で)?", re.IGNORECASE)
_JA_FROM = re.compile(rf"{_A}台(?:のもの|の|で)?", re.IGNORECASE)
"""100ドル台: from 100 to 199."""
_JA_ABOUT = re.compile(rf"{_A}\s*(?:前後|くらい|ぐらい|程度|ほど)(?:のもの|の|で)?", re.IGNORECASE)
_EN_UNDER = re.compile(rf"(?:(?:for|at|costing|priced)\s+)?(?:\b(?:{_UNDER})|<=?)\s*{_A}", re.IGNORECASE)
_EN_UNDER_AFTER = re.compile(
    rf"{_A}\s*(?:or\s+(?:less|under|below|cheaper)|max(?:imum)?\b|tops\b|at\s+most|budget\b)", re.IGNORECASE
)
_EN_OVER = re.compile(rf"(?:(?:for|at|costing|priced)\s+)?(?:\b(?:{_OVER})|>=?)\s*{_A}", re.IGNORECASE)
_EN_OVER_AFTER = re.compile(rf"{_A}\s*(?:or\s+(?:more|over|above)|and\s+(?:up|over|above)|\+)", re.IGNORECASE)
_EN_ABOUT = re.compile(rf"\b(?:{_ABOUT})\s*{_SIGNED}", re.IGNORECASE)
_EN_FOR = re.compile(rf"(?:\bfor\s+)?{_SIGNED}", re.IGNORECASE)
ABOUT = Decimal("0.2")
"""How far "around $40" reaches to both sides."""


_NUMBER_WORDS = {
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100, "hundred": 100, "two hundred": 200,
    "three hundred": 300,
    "five hundred": 500, "a thousand": 1000, "one thousand": 1000,
}  # fmt: skip
_SPELT = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_SPELT_NUMBER = re.compile(
    rf"(?P<before>\b(?:{_UNDER}|{_OVER}|{_ABOUT}|between|from|and|to|for)\s+)(?P<a>{_SPELT})\b|(?P<b>\b(?:{_SPELT}))(?=\s+(?:{_NAMES})\b)",
    re.IGNORECASE,
)
_A_COUNT = re.compile(
    r"\b(?:at\s+least|more\s+than|over|minimum(?:\s+of)?)\s+(?:[1-9]|1[0-2])\b(?!\s?[$€£¥%.,\d])(?!\s*(?:dollar|buck|euro|pound|quid|yen))",
    re.IGNORECASE,
)
"""So few is a number of pieces where no currency is said: "at least 6"."""


def _with_digits(text: str) -> str:
    def digits(found: re.Match[str]) -> str:
        said = found.group("a") or found.group("b")
        return f"{found.group('before') or ''}{_NUMBER_WORDS[' '.join(said.lower().split())]}"

    return _SPELT_NUMBER.sub(digits, text)


def read_price(text: str, currencies: Collection[str]) -> tuple[PriceRange | None, str]:
    """The price range that a text asks for, and the text without it.

    Args:
        text: NFKC.
        currencies: ISO 4217 codes that the catalogue has prices in, the commonest first.
    """
    text = _A_COUNT.sub(" ", _with_digits(text))
    for pattern, first, second in ((_RANGE, "a", "b"), (_TO, "a", "b")):
        if found := pattern.search(text):
            names = (first, second) if found.group(first) else ("c", "d")
            if names[0] == "c" and not any(found.group(name) for name in ("cb", "ca", "db", "da")):
                continue  # "2-3 chairs" names no price
            currency = _currency(found, names, currencies)
            ends = sorted(_minor(found, name, currency) for name in names)
            return PriceRange(currency, ends[0], ends[1]), _without(text, found)
    if (found := _JA_FROM.search(text)) and (found.group("ab") or found.group("aa")):
        currency = _currency(found, ("a",), currencies)
        low = _minor(found, "a", currency)
        step = 10 ** (len(str(low)) - len(str(low).rstrip("0")))
        return PriceRange(currency, low, low + step - 1), _without(text, found)
    for pattern, has_low, has_high in _ONE_ENDED:
        if found := pattern.search(text):
            name = "a" if found.group("a") else "a2"
            currency = _currency(found, ("a",), currencies)
            value = _minor(found, name, currency)
            if has_low and has_high:
                spread = int(value * ABOUT)
                return PriceRange(currency, value - spread, value + spread), _without(text, found)
            return PriceRange(currency, value if has_low else None, value if has_high else None), _without(text, found)
    return None, text


def repriced(text: str, currency: str, filters: Filters) -> str:
    """A currency said alone, "dollars then", as the bounds so far in it; the text itself where it is none."""
    if currency.lower().removesuffix("s") not in SYMBOLS and currency.upper() not in _CODES.split("|"):
        return text
    ends = [filters.min_price_minor, filters.max_price_minor]
    low, high = (
        None if end is None else Decimal(end).scaleb(-get_currency_precision(filters.currency)) for end in ends
    )
    if low is not None and high is not None:
        return f"between {low} and {high} {currency}"
    if low is None and high is None:
        return text
    return f"under {high} {currency}" if low is None else f"over {low} {currency}"


_ONE_ENDED = (
    (_JA_UNDER, False, True),
    (_JA_BUDGET, False, True),
    (_JA_OVER, True, False),
    (_JA_ABOUT, True, True),
    (_EN_UNDER, False, True),
    (_EN_UNDER_AFTER, False, True),
    (_EN_OVER, True, False),
    (_EN_OVER_AFTER, True, False),
    (_EN_ABOUT, True, True),
    (_EN_FOR, False, True),
)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _currency(found: re.Match[str], names: Collection[str], currencies: Collection[str]) -> str:
    groups = found.groupdict()
    said = next((s for name in names for s in (groups.get(name + "b"), groups.get(name + "a")) if s), "").strip()
    own = next(iter(currencies), "USD")
    if not said:
        return own
    if said.upper() in _CODES.split("|"):
        return said.upper()
    marked = {"US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "NZ$": "NZD"}.get(said.upper())
    if marked:
        return marked
    name = said.lower() if said in SYMBOLS else said.lower().removesuffix("s")
    meant = SYMBOLS.get(name, (own,))
    return next((code for code in meant if code in currencies), meant[0])


def _minor(found: re.Match[str], name: str, currency: str) -> int:
    groups = found.groupdict()
    digits = groups[name]
    if "," in digits and re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")  # 19,99 as much of Europe writes it
    times = {"k": 1000, "千": 1000, "万": 10000}.get((groups.get(name + "x") or "").lower(), 1)
    amount = Decimal(digits.replace(",", "")) * times
    return int(amount.scaleb(get_currency_precision(currency)))
