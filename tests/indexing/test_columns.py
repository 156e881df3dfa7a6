"""The columns of a listing are guessed from their names, in English and Japanese, and from what they hold."""

from collections.abc import Mapping

import pytest

from indexing.sources.columns import Columns, guess_columns


def guessed(**columns: str) -> Columns:
    return guess_columns([columns])


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            {"Id": "1", "Type": "Shoes", "Brand": "Daybird", "Name": "Boots", "Description": "x", "Price": "9.99"},
            {"id": "Id", "category": "Type", "brand": "Brand", "title": "Name", "description": "Description"},
        ),
        (
            {"sku": "A-1", "product_name": "Mug", "colour": "red", "retail price": "5", "in_stock": "yes"},
            {"id": "sku", "title": "product_name", "color": "colour", "price": "retail price"},
        ),
        (
            {
                "商品コード": "1",
                "商品名": "マグカップ",
                "販売価格": "1980",
                "カラー": "赤",
                "素材": "陶器",
                "在庫数": "3",
            },
            {"id": "商品コード", "title": "商品名", "price": "販売価格", "color": "カラー", "material": "素材"},
        ),
        (
            {"Class Name (str)": "Golden-Apple", "Class ID (int)": "1", "Coarse Class Name (str)": "Apple"},
            {"id": "Class ID (int)", "title": "Class Name (str)", "category": "Coarse Class Name (str)"},
        ),
        (
            {"Handle": "mug", "Title": "Mug", "Body (HTML)": "<p>x", "Vendor": "Kiln", "Variant Price": "4.00"},
            {
                "id": "Handle",
                "title": "Title",
                "description": "Body (HTML)",
                "brand": "Vendor",
                "price": "Variant Price",
            },
        ),
        ({"productID": "1", "Descripton": "typo", "tittle": "Mug"}, {"description": "Descripton", "title": "tittle"}),
    ],
)
def test_headers_are_understood(record: Mapping[str, str], expected: Mapping[str, str]) -> None:
    assert expected.items() <= guessed(**record).of.items()


def test_pictures_are_known_by_what_the_cells_hold() -> None:
    columns = guessed(id="1", name="Mug", alt="a/mug", thumb_nail_path="b/mug.webp", link="https://x.example/1")
    assert columns.pictures == ("thumb_nail_path",)
    assert guess_columns([{"name": "Mug", "media": "/img/a.jpg"}]).pictures == ("media",)
    assert guess_columns([{"name": "Mug", "image_url": "https://x.example/img/1"}]).pictures == ("image_url",)
    assert guess_columns([{"name": "Mug", "image_alt": "a mug.jpg"}]).pictures == ()


def test_titles_in_other_languages_keep_their_language() -> None:
    columns = guessed(id="1", title="Mug", title_ja="マグ", name_en_GB="Mug")
    assert columns.of["title"] == "title"
    assert columns.titles == {"ja": "title_ja", "en-GB": "name_en_GB"}


def test_a_listing_with_titles_by_language_only_has_the_english_one_as_title() -> None:
    columns = guessed(id="1", name_ja="マグ", name_en="Mug")
    assert columns.of["title"] == "name_en"
    assert columns.titles == {"ja": "name_ja"}


def test_a_column_that_contradicts_its_name_is_not_used_for_it() -> None:
    assert "price" not in guessed(id="1", name="Mug", price="on request").of
    assert "url" not in guessed(id="1", name="Mug", link="none").of


def test_what_no_field_fits_stays_unused() -> None:
    assert guessed(id="1", name="Mug", dishwasher_safe="yes").unused == ("dishwasher_safe",)
