"""Amazon Berkeley Objects' own layout is read: locales, several pictures, gaps."""

from pathlib import Path

import pytest

from indexing.product import Money
from indexing.sources import BadSource, open_source
from tests.indexing.catalogues import abo, picture, products_of, rejects_of


def said(**by_tag: str) -> list[dict[str, str]]:
    return [{"language_tag": tag, "value": value} for tag, value in by_tag.items()]


MUG: dict[str, object] = {
    "item_id": "B01",
    "item_name": said(ja_JP="赤いマグ", en_US="Red mug", de_DE="Roter Becher"),
    "brand": said(en_US="Kiln"),
    "color": [{"language_tag": "en_US", "value": "Red", "standardized_values": ["Red", "Orange"]}],
    "material": [*said(en_US="Stoneware"), {"language_tag": "en_US", "value": "Cork"}],
    "bullet_point": [
        *said(en_US="Holds tea"),
        {"language_tag": "en_US", "value": "Dishwasher safe."},
        *said(ja_JP="x"),
    ],
    "product_type": [{"value": "DRINKING_CUP"}],
    "main_image_id": "img1",
    "other_image_id": ["img2", "gone"],
    "item_dimensions": {"height": {"unit": "inches", "value": 3.5}},
    "model_number": [{"value": "K-1"}],
    "price": {"value": 12.5, "currency": "EUR"},
    "availability": "in stock",
}
FOREIGN: dict[str, object] = {"item_id": "B02", "item_name": said(es_ES="Taza", en_IN="Cup"), "main_image_id": "img3"}
IMAGES = {"img1": "red", "img2": "red", "img3": "blue"}


def test_a_listing_gives_all_that_it_says(tmp_path: Path) -> None:
    source = open_source(abo(tmp_path / "abo", [MUG, FOREIGN], IMAGES))
    mug, cup = products_of(source)
    assert (mug.id, mug.title, mug.brand, mug.color) == ("B01", "Red mug", "Kiln", "Red")
    assert mug.titles == {"ja-JP": "赤いマグ", "de-DE": "Roter Becher"}
    assert (mug.material, mug.category) == ("Stoneware, Cork", "Drinking cup")
    assert mug.description == "Holds tea. Dishwasher safe."
    assert mug.pictures == ("images/small/00/img1.png", "images/small/01/img2.png")
    assert (mug.price, mug.availability) == (Money(minor=1250, currency="EUR"), "in_stock")
    assert mug.attributes == {
        "height": "3.5 inches",
        "model_number": "K-1",
        "standard_color": "Red, Orange",
    }
    assert (cup.title, cup.titles) == ("Cup", {"es-ES": "Taza"})
    assert source.folder is not None
    assert all((source.folder / path).is_file() for path in (*mug.pictures, *cup.pictures))


def test_gaps_cost_what_is_missing_only(tmp_path: Path) -> None:
    listings: list[dict[str, object] | str] = [
        MUG,
        {"item_id": "B03"},
        {"item_name": said(en_US="No id")},
        "not json",
        {**FOREIGN, "item_id": "B01"},
    ]
    rejects = rejects_of(open_source(abo(tmp_path / "abo", listings, IMAGES)))
    assert [(r.row, r.product_id, r.picture) for r in rejects] == [
        (1, "B01", "gone"),
        (2, "B03", ""),
        (3, "", ""),
        (4, "", ""),
        (5, "B01", ""),
    ]
    assert rejects[0].reason == "The image id 'gone' is not in images.csv.gz."


@pytest.mark.parametrize("inner", [".", "listings", "listings/metadata", "listings/metadata/listings_0.json.gz"])
def test_any_folder_of_the_archive_may_be_named(tmp_path: Path, inner: str) -> None:
    root = abo(tmp_path / "abo", [MUG, FOREIGN], IMAGES)
    source = open_source(root / inner)
    assert products_of(source)[0].pictures[0] == "images/small/00/img1.png"
    assert source.folder == root


def test_another_folder_of_pictures_may_be_named(tmp_path: Path) -> None:
    root = abo(tmp_path / "abo", [MUG], IMAGES)
    source = open_source(root, images=root / "images" / "small")
    assert (source.folder, products_of(source)[0].pictures[0]) == (root / "images" / "small", "00/img1.png")


def test_without_a_table_of_images_the_files_names_are_their_ids(tmp_path: Path) -> None:
    root = abo(tmp_path / "abo", [MUG], {})
    (root / "images" / "metadata" / "images.csv.gz").unlink()
    picture(root / "images" / "original" / "ab" / "img1.png", "red")
    assert products_of(open_source(root))[0].pictures == ("images/original/ab/img1.png",)


def test_a_table_of_images_without_its_columns_is_refused(tmp_path: Path) -> None:
    root = abo(tmp_path / "abo", [MUG], IMAGES)
    (root / "images" / "metadata" / "images.csv.gz").write_bytes(b"a,b\n1,2\n")
    with pytest.raises(BadSource, match="lacks the columns image_id and path"):
        products_of(open_source(root))
