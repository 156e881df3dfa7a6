"""The indexing room's settings come from a mapping, and a wrong one is named."""

from pathlib import Path

import pytest

from indexing.product import Product
from indexing.rows import facts_hash, words_of
from indexing.settings import BadSetting, IndexSettings


def test_defaults_are_safe() -> None:
    settings = IndexSettings.from_env({}, data_dir=Path("data"))
    assert settings.currency == "USD"
    assert not settings.fetch.allow_private_addresses
    assert not settings.fetch.allow_outside_files
    assert settings.rejects_dir == Path("data/catalogues/default/rejects")


def test_what_is_set_is_obeyed() -> None:
    env = {"LOOKSEE_CURRENCY": "jpy", "LOOKSEE_ALLOW_PRIVATE_ADDRESSES": "yes", "LOOKSEE_ALLOW_OUTSIDE_FILES": "1"}
    settings = IndexSettings.from_env(env, data_dir=Path("data"), catalogue="shoes")
    assert (settings.currency, settings.catalogue) == ("JPY", "shoes")
    assert settings.fetch.allow_private_addresses
    assert settings.fetch.allow_outside_files


@pytest.mark.parametrize("env", [{"LOOKSEE_CURRENCY": "dollars"}, {"LOOKSEE_ALLOW_OUTSIDE_FILES": "maybe"}])
def test_a_wrong_setting_is_named(env: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=next(iter(env))):
        IndexSettings.from_env(env, data_dir=Path("data"))


def test_the_words_of_a_product_say_each_fact_once() -> None:
    mug = Product(id="1", title="Red stoneware mug", brand="Kiln", color="Red", material="stoneware", category="Mugs")
    assert words_of(mug) == "Red stoneware mug, Kiln, Mugs"


def test_the_hash_of_facts_does_not_depend_on_the_order_of_attributes() -> None:
    one = Product(id="1", title="Mug", attributes={"a": "1", "b": "2"})
    other = Product(id="1", title="Mug", attributes={"b": "2", "a": "1"})
    assert facts_hash(one) == facts_hash(other)
    assert facts_hash(one) != facts_hash(Product(id="1", title="Mug", attributes={"a": "1", "b": "3"}))
