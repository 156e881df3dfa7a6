"""Google Merchant feeds are read as their specification says: TSV, CSV, RSS and Atom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexing.product import Money
from indexing.sources import BadSource, open_source
from tests.indexing.catalogues import products_of, write_csv

RSS = """<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>
<title>Shop</title><link>https://shop.example</link>
<item>
  <g:id>M1</g:id><title>Red mug &amp; saucer</title><description>&lt;p&gt;A mug.&lt;/p&gt;</description>
  <link>https://shop.example/m1</link><g:image_link>https://shop.example/m1.jpg</g:image_link>
  <g:additional_image_link>https://shop.example/m1b.jpg</g:additional_image_link>
  <g:additional_image_link>https://shop.example/m1c.jpg</g:additional_image_link>
  <g:price>19.99 USD</g:price><g:sale_price>14.99 USD</g:sale_price><g:availability>in_stock</g:availability>
  <g:brand>Kiln</g:brand><g:color>red</g:color><g:material>stoneware</g:material>
  <g:product_type>Home &gt; Kitchen &gt; Mugs</g:product_type><g:item_group_id>G1</g:item_group_id>
  <g:shipping><g:country>US</g:country><g:price>5 USD</g:price></g:shipping>
</item>
<item><g:id>M2</g:id><title>Blue mug</title><g:price>5 USD</g:price><g:availability>preorder</g:availability></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<title>Shop</title>
<entry><id>urn:1</id><g:id>A1</g:id><title>Green bowl</title><link rel="alternate" href="https://shop.example/a1"/>
<summary>A bowl.</summary><g:image_link>https://shop.example/a1.jpg</g:image_link><g:price>8.00 EUR</g:price>
<g:availability>out of stock</g:availability></entry></feed>"""


def test_an_rss_feed_gives_all_that_it_says(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    source = open_source(tmp_path / "feed.xml")
    first, second = products_of(source)
    assert source.describe().kind == "Google Merchant feed"
    assert (first.id, first.title, first.description) == ("M1", "Red mug & saucer", "A mug.")
    assert first.price == Money(minor=1499, currency="USD")
    assert first.pictures == tuple(f"https://shop.example/m1{x}.jpg" for x in ("", "b", "c"))
    assert (first.brand, first.color, first.material, first.category) == ("Kiln", "red", "stoneware", "Mugs")
    assert first.attributes["item_group_id"] == "G1"
    assert (first.url, first.availability) == ("https://shop.example/m1", "in_stock")
    assert (second.id, second.availability, second.pictures) == ("M2", "preorder", ())


def test_an_atom_feed_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(ATOM, encoding="utf-8")
    (product,) = products_of(open_source(tmp_path / "feed.xml"))
    assert (product.id, product.title, product.description) == ("A1", "Green bowl", "A bowl.")
    assert (product.url, product.availability) == ("https://shop.example/a1", "out_of_stock")
    assert product.price == Money(minor=800, currency="EUR")


@pytest.mark.parametrize("delimiter", ["\t", ","])
@pytest.mark.parametrize("space", [" ", "_"])
def test_a_tabular_feed_is_known_by_its_columns(tmp_path: Path, delimiter: str, space: str) -> None:
    row = {
        "id": "T1",
        "title": "Mug",
        "description": "A mug.",
        "link": "https://shop.example/t1",
        f"image{space}link": "https://shop.example/t1.jpg",
        f"additional{space}image{space}link": "https://shop.example/t1b.jpg,https://shop.example/t1c.jpg",
        "price": "5.00 GBP",
        "availability": "backorder",
    }
    source = open_source(write_csv(tmp_path / "feed.txt", [row], delimiter=delimiter))
    (product,) = products_of(source)
    assert source.describe().kind == "Google Merchant feed"
    assert product.pictures == tuple(f"https://shop.example/t1{x}.jpg" for x in ("", "b", "c"))
    assert product.price == Money(minor=500, currency="GBP")
    assert product.availability == "backorder"


@pytest.mark.parametrize(("starts", "ends", "minor"), [(-2, 2, 300), (-3, -1, 500), (1, 3, 500)])
def test_a_sale_price_counts_while_the_sale_lasts(tmp_path: Path, starts: int, ends: int, minor: int) -> None:
    now = datetime.now(UTC)
    row = {
        "id": "T1",
        "title": "Mug",
        "image_link": "https://shop.example/t1.jpg",
        "price": "5 GBP",
        "sale_price": "3 GBP",
        "sale_price_effective_date": "/".join((now + timedelta(days=d)).isoformat() for d in (starts, ends)),
        "availability": "in_stock",
    }
    (product,) = products_of(open_source(write_csv(tmp_path / "feed.csv", [row])))
    assert product.price == Money(minor=minor, currency="GBP")


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        (RSS[:900], "is not well-formed XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><rss><channel/></rss>', "has a DTD or entities"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><rss/>', "has a DTD or entities"),
        ("<rss><channel></channel></rss>", "holds no rows"),
    ],
)
def test_a_broken_or_dangerous_feed_is_refused_whole(tmp_path: Path, xml: str, sentence: str) -> None:
    (tmp_path / "feed.xml").write_text(xml, encoding="utf-8")
    with pytest.raises(BadSource, match=sentence):
        products_of(open_source(tmp_path / "feed.xml"))
