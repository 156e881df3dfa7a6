"""Prices as shops write them become minor units of the right currency, or a sentence."""

import pytest

from indexing.product import Money
from indexing.sources.money import money_of
from indexing.sources.source import BadRow


@pytest.mark.parametrize(
    ("written", "currency", "minor", "expected"),
    [
        ("19.99 USD", "EUR", 1999, "USD"),
        ("USD 19.99", "EUR", 1999, "USD"),
        ("$1,299.00", "USD", 129900, "USD"),
        ("$12", "CAD", 1200, "CAD"),
        ("US$12", "CAD", 1200, "USD"),
        ("1.299,00 €", "USD", 129900, "EUR"),
        ("1 299,50 kr", "NOK", 129950, "NOK"),
        ("1'299.50 CHF", "USD", 129950, "CHF"),
        ("19,9", "EUR", 1990, "EUR"),
        ("1,980円", "USD", 1980, "JPY"),
        ("¥1,980", "USD", 1980, "JPY"),
        ("¥1,980", "CNY", 198000, "CNY"),
        ("1,980", "JPY", 1980, "JPY"),
        ("1.234.567", "EUR", 123456700, "EUR"),
        ("1.250 KWD", "USD", 1250, "KWD"),
        ("0.500", "USD", 50, "USD"),
        ("from 19.99 usd", "EUR", 1999, "USD"),
        (109.99, "USD", 10999, "USD"),
        (1980, "JPY", 1980, "JPY"),
        (0, "USD", 0, "USD"),
    ],
)
def test_a_price_is_read_in_its_own_currency_and_exponent(
    written: object, currency: str, minor: int, expected: str
) -> None:
    assert money_of(written, currency) == Money(minor=minor, currency=expected)


@pytest.mark.parametrize("written", [None, "", " ", "-", "N/A", "none", True])
def test_no_price_is_no_price(written: object) -> None:
    assert money_of(written, "USD") is None


@pytest.mark.parametrize(
    ("written", "currency", "sentence"),
    [
        ("call us", "USD", "not an amount of money"),
        ("-5", "USD", "below zero"),
        ("19.99 XQZ", "USD", "no currency"),
        ("19.99", "QQQ", "does not exist"),
        (float("nan"), "USD", "not an amount of money"),
        (float("inf"), "USD", "not an amount of money"),
        ("9" * 40, "USD", "not an amount of money"),
    ],
)
def test_what_is_no_price_is_refused_with_a_sentence(written: object, currency: str, sentence: str) -> None:
    with pytest.raises(BadRow, match=sentence):
        money_of(written, currency)
