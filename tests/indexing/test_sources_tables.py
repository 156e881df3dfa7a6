"""CSV, TSV, JSON and JSON lines are read whatever their encoding and separators; bad rows cost themselves only."""

import gzip
import json
from pathlib import Path

import pytest

from indexing.product import Money
from indexing.settings import FetchSettings
from indexing.sources import BadSource, open_source
from indexing.sources.records import availability_of
from tests.indexing.catalogues import picture, products_of, rejects_of, write_csv
from tests.indexing.shop_server import shop_server

JAPANESE = [{"商品コード": "1", "商品名": "青いマグカップ", "価格": "1,980円", "在庫": "在庫あり"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_japanese_table_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    source = open_source(write_csv(tmp_path / "list.csv", JAPANESE, delimiter=delimiter, encoding=encoding))
    (product,) = products_of(source)
    assert (product.id, product.title) == ("1", "青いマグカップ")
    assert product.price == Money(minor=1980, currency="JPY")
    assert product.availability == "in_stock"


def test_western_accents_in_latin_1_are_not_taken_for_japanese(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [{"id": "1", "name": "Crème brûlée set, größe 2"}], encoding="latin-1")
    assert products_of(open_source(path))[0].title == "Crème brûlée set, größe 2"


def test_a_gzipped_table_is_read_as_it_is(tmp_path: Path) -> None:
    plain = write_csv(tmp_path / "list.csv", [{"id": "1", "name": "Mug"}])
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert products_of(open_source(path))[0].title == "Mug"


def test_nested_json_is_read_by_its_inner_names(tmp_path: Path) -> None:
    items = [
        {
            "sku": 7,
            "info": {"name": "Mug", "price": {"value": 12.5, "currency": "EUR"}},
            "images": [{"url": "https://x.example/1.jpg"}, {"url": "https://x.example/2.jpg"}],
            "stock": 0,
        }
    ]
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"meta": {"count": 1}, "data": {"products": items}}), encoding="utf-8")
    source = open_source(path)
    (product,) = products_of(source)
    assert (product.id, product.title) == ("7", "Mug")
    assert product.price == Money(minor=1250, currency="EUR")
    assert product.pictures == ("https://x.example/1.jpg", "https://x.example/2.jpg")
    assert product.availability == "out_of_stock"
    assert "Products are the list under 'data.products'." in source.describe().notes


def test_a_bad_line_costs_that_line(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text('{"id": 1, "name": "Mug"}\n{"id": 2, "na\n[1]\n\n{"id": 3}\n{"id": 1, "name": "Cup"}\n')
    source = open_source(path)
    assert [product.title for product in products_of(source)] == ["Mug"]
    reasons = [(reject.row, reject.reason.split(":")[0].rstrip(".")) for reject in rejects_of(source)]
    assert reasons == [
        (2, "The line is not valid JSON"),
        (3, "The line is not a JSON object"),
        (4, "The row has no title"),
        (5, "Row 1 has the same id"),
    ]


def test_hostile_rows_are_rejected_with_a_reason_and_harm_no_other(tmp_path: Path) -> None:
    rows = [
        {"id": "ok", "name": "Mug <b>red</b> &amp; blue\x07", "price": "5"},
        {"id": "", "name": "No id", "price": "5"},
        {"id": "x" * 600, "name": "Long id", "price": "5"},
        {"id": "p", "name": "Bad price", "price": "a lot of money"},
        {"id": "m", "name": "Minus", "price": "-1"},
        {"id": "ok", "name": "Twice", "price": "5"},
    ]
    path = write_csv(tmp_path / "list.csv", [*rows, {"id": "last", "name": "Zero byte \x00", "price": "6"}])
    with path.open("a") as file:
        file.write("too,many,cells,here\n")
    source = open_source(path)
    assert [(p.id, p.title) for p in products_of(source)] == [("ok", "Mug red & blue"), ("last", "Zero byte")]
    assert [reject.row for reject in rejects_of(source)] == [2, 3, 4, 5, 6, 8]
    assert all(reject.reason.endswith(".") for reject in rejects_of(source))


def test_no_id_column_means_that_the_title_is_the_id(tmp_path: Path) -> None:
    source = open_source(write_csv(tmp_path / "list.csv", [{"name": "Mug"}, {"name": "Cup"}]))
    assert [product.id for product in products_of(source)] == ["Mug", "Cup"]
    assert any("taken for it" in note for note in source.describe().notes)


def test_category_paths_keep_their_last_part(tmp_path: Path) -> None:
    source = open_source(
        write_csv(tmp_path / "l.csv", [{"id": "1", "name": "Mug", "category": "Home > Kitchen > Mugs"}])
    )
    (product,) = products_of(source)
    assert product.category == "Mugs"
    assert product.attributes["category_path"] == "Home > Kitchen > Mugs"


def test_what_has_no_column_of_its_own_becomes_an_attribute(tmp_path: Path) -> None:
    source = open_source(write_csv(tmp_path / "l.csv", [{"id": "1", "name": "Mug", "GTIN": "4006381333931"}]))
    assert products_of(source)[0].attributes == {"gtin": "4006381333931"}


@pytest.mark.parametrize("cell", ["a.png|b.png", "a.png; b.png", "a.png, b.png", '["a.png", "b.png"]', "a.png\nb.png"])
def test_several_pictures_in_a_cell_are_several_pictures(tmp_path: Path, cell: str) -> None:
    picture(tmp_path / "a.png", "red")
    picture(tmp_path / "b.png", "blue")
    source = open_source(write_csv(tmp_path / "l.csv", [{"id": "1", "name": "Mug", "images": cell}]))
    assert products_of(source)[0].pictures == ("a.png", "b.png")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.csv", b"", "is empty"),
        ("list.csv", b"a,b\n1,2\n", "no column for a product's title; name one `title`. Its columns: a, b"),
        ("list.csv", b"id,title\n", "holds no rows"),
        ("list.json", b'[{"id": 1,', "is not valid JSON"),
        ("list.json", b'{\n"a": 1\n}', "holds no list of products"),
        ("list.xlsx", b"PK\x03\x04\x00", "is not a text file"),
        ("list.csv.gz", gzip.compress(b"id,title\n1,Mug\n" * 9999)[:-20], "damaged or cut-off gzip"),
        ("mug.png", b"\x89PNG", "single picture"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadSource, match=sentence):
        products_of(open_source(tmp_path / name))


def test_a_missing_place_and_a_strange_scheme_are_refused() -> None:
    with pytest.raises(BadSource, match="is not there; name a folder"):
        open_source("no/such/place")
    with pytest.raises(BadSource, match="s3:// sources cannot be read here"):
        open_source("s3://bucket/key")


def test_a_linked_feed_is_downloaded_and_read() -> None:
    with shop_server() as server:
        server.serve("/feed.csv?key=secret", b"id,title,image\n1,Mug,https://shop.example/1.jpg\n")
        here = FetchSettings(allow_private_addresses=True)
        source = open_source(f"{server.url}/feed.csv?key=secret", fetch=here)
        assert products_of(source)[0].pictures == ("https://shop.example/1.jpg",)
        assert source.describe().location == f"{server.url}/feed.csv"
        with pytest.raises(BadSource, match="cannot be read: The link leads to an address that is not public"):
            open_source(f"{server.url}/feed.csv?key=secret")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("in stock", "in_stock"),
        ("https://schema.org/InStock", "in_stock"),
        ("3", "in_stock"),
        ("0", "out_of_stock"),
        ("sold out", "out_of_stock"),
        ("在庫なし", "out_of_stock"),
        ("preorder", "preorder"),
        ("on backorder", "backorder"),
        ("ask us", "unknown"),
        ("", "unknown"),
    ],
)
def test_availability_is_understood(written: str, expected: str) -> None:
    assert availability_of(written) == expected
