"""The sample catalogue's records, listings and questions; nothing here needs Blender."""

import gzip
import json
import random
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from examples.catalogue.abo import listing, split_of, write_gzip
from examples.catalogue.phone import phone_picture
from examples.catalogue.questions import absent_jobs, composed_questions, has, photo_jobs, photo_questions
from examples.catalogue.records import Product, all_products, products_of
from examples.catalogue.sheets import contact_sheet, picture_path
from examples.catalogue.specs import BRANDS, FIRST_KINDS, KINDS
from examples.catalogue.words import COLOURS, MATERIALS, PATTERNS

HERE = Path("examples/catalogue")


@pytest.fixture(scope="module")
def products() -> list[Product]:
    return list(all_products())


def test_there_are_enough_products_of_enough_kinds_in_enough_departments(products: list[Product]) -> None:
    assert len(products) >= 1600
    assert len(KINDS) >= 60
    assert len({product.kind.department for product in products}) >= 10


def test_every_product_has_its_own_id_and_its_own_pictures(products: list[Product]) -> None:
    assert len({product.id for product in products}) == len(products)
    pictures = [picture for product in products for picture in product.pictures]
    assert len(set(pictures)) == len(pictures)


def test_hardly_two_products_of_a_kind_look_the_same(products: list[Product]) -> None:
    looks = Counter(
        (p.kind.key, p.shape.key, p.material, p.colour, p.colour2, p.pattern, tuple(o.key for o in p.options.values()))
        for p in products
    )
    assert sum(number - 1 for number in looks.values()) <= 3


def test_a_kind_begins_alike_whatever_follows() -> None:
    kind = KINDS["mug"]
    assert [p.id for p in products_of(kind)[:10]][:2] == ["QVGVIOP32L", products_of(kind)[1].id]


def test_every_word_of_a_record_is_in_the_vocabulary(products: list[Product]) -> None:
    for product in products:
        assert product.colour in COLOURS
        assert product.colour2 is None or product.colour2 in COLOURS
        assert product.material in MATERIALS
        assert product.pattern in PATTERNS
        assert product.brand in BRANDS[product.kind.department]
        assert 0 < product.price < 4000


def test_a_listing_says_what_abo_says_in_two_languages(products: list[Product]) -> None:
    record = listing(products[0])
    assert {name["language_tag"] for name in record["item_name"]} == {"en_US", "ja_JP"}
    assert record["main_image_id"] == products[0].pictures[0]
    assert record["price"] == {"value": products[0].price, "currency": "USD"}
    assert "mug" in record["item_name"][0]["value"].lower()


def test_the_committed_first_lot_is_still_what_the_seed_says() -> None:
    lines = gzip.decompress((HERE / "listings/metadata/listings_first.json.gz").read_bytes()).splitlines()
    first = [product for key in FIRST_KINDS for product in products_of(KINDS[key])[:10]]
    assert [json.loads(line) for line in lines] == [listing(product) for product in first]
    assert all(picture_path(HERE, picture).is_file() for product in first for picture in product.pictures)


def test_the_split_is_by_product_and_about_seventy_to_thirty(products: list[Product]) -> None:
    shares = Counter(split_of(product) for product in products)
    assert 0.66 < shares["train"] / len(products) < 0.74
    assert min(shares["dev"], shares["test"]) > 120


def test_a_gzip_file_depends_on_its_text_alone(tmp_path: Path) -> None:
    write_gzip(tmp_path / "a.gz", "one")
    write_gzip(tmp_path / "b.gz", "one")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"one"


def test_phone_photos_are_asked_for_of_300_products_that_nobody_trains_on(products: list[Product]) -> None:
    jobs = photo_jobs(products)
    assert len(jobs) == 600
    assert len({product.id for _, _, product, _ in jobs}) == 300
    assert all(split_of(product) == split != "train" for _, split, product, _ in jobs)


def test_kinds_that_are_absent_from_the_test_are_other_than_those_of_dev() -> None:
    dev = {key for _, split, key in absent_jobs() if split == "dev"}
    test = {key for _, split, key in absent_jobs() if split == "test"}
    assert len(absent_jobs()) == 300
    assert not dev & test
    assert not (dev | test) & set(KINDS)


def test_a_composed_question_asks_for_the_same_kind_with_one_thing_changed(
    products: list[Product], tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    for name, *_ in photo_jobs(products)[:40]:
        (tmp_path / "photos" / f"{name}.jpg").write_bytes(b"")
    by_id = {product.id: product for product in products}
    photographed = {question["photo"]: question["relevant"][0] for question in photo_questions(products, tmp_path)}
    questions = composed_questions(products, tmp_path, number=60)
    assert len(questions) == 60
    for question in questions:
        source = photographed[question["photo"]]
        assert source not in question["relevant"]
        assert {by_id[name].kind.key for name in question["relevant"]} == {by_id[source].kind.key}


def test_a_plain_word_for_a_colour_takes_its_shades(products: list[Product]) -> None:
    navy = next(product for product in products if product.colour == "navy")
    assert has(navy, colour="blue")
    assert not has(navy, colour="blue", stuff="glass") or navy.material == "glass"


def test_a_phone_spoils_a_picture_the_same_way_each_time() -> None:
    clean = Image.new("RGB", (64, 64), (120, 60, 30))
    first, second = (phone_picture(clean, random.Random("a"), px=48) for _ in range(2))
    assert first.size == (48, 48)
    assert first.tobytes() == second.tobytes()
    assert first.tobytes() != clean.resize((48, 48)).tobytes()


def test_a_contact_sheet_holds_all_pictures(tmp_path: Path) -> None:
    paths = [tmp_path / f"{k}.png" for k in range(5)]
    for path in paths:
        Image.new("RGB", (8, 8), "red").save(path)
    contact_sheet(paths, tmp_path / "sheet.png", columns=3, px=10)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (30, 20)
