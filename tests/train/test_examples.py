import csv
import gzip
import json
from pathlib import Path

import pytest
from PIL import Image

from inference.train.abo import abo_examples, is_abo
from inference.train.examples import Example, NothingToLearn, labelled_photos, with_dev_split


def _picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "red").save(path)
    return path


def test_folders_are_labels_and_the_outermost_may_be_the_split(tmp_path: Path) -> None:
    _picture(tmp_path / "train" / "Fruit" / "Apple" / "Golden-Delicious" / "1.jpg")
    _picture(tmp_path / "validation" / "hat" / "2.jpg")

    apple, hat = labelled_photos(tmp_path)

    assert (apple.split, hat.split) == ("train", "dev")
    assert [fact.value for fact in apple.facts] == ["golden delicious", "apple", "fruit"]
    assert "golden delicious apple" in apple.facts[0].words["en"]
    assert hat.group == "hat"


def test_a_folder_without_labels_is_refused_in_one_sentence(tmp_path: Path) -> None:
    _picture(tmp_path / "1.jpg")

    with pytest.raises(NothingToLearn, match="labelled folders"):
        list(labelled_photos(tmp_path))


def test_a_twentieth_of_the_products_is_kept_for_dev_where_nobody_chose() -> None:
    examples = [Example(picture=Path(f"{n}.jpg"), group=f"product {n // 2}") for n in range(2000)]

    split = with_dev_split(examples)

    dev = {e.group for e in split if e.split == "dev"}
    assert 25 < len(dev) < 80
    assert not dev & {e.group for e in split if e.split == "train"}
    assert with_dev_split(examples) == split


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    def both(english: str, japanese: str) -> list[dict[str, str]]:
        return [{"language_tag": "en_US", "value": english}, {"language_tag": "ja_JP", "value": japanese}]

    listings = [
        {
            "item_id": item,
            "item_name": both(f"Brand {colour} Toy Car", f"ブランド おもちゃの車 {ja}"),
            "product_type": [{"value": "TOY_CAR"}],
            "item_keywords": both("model car", "おもちゃの車"),
            "color": both(colour, ja),
            "main_image_id": f"{item}-1",
        }
        for item, colour, ja in (("A", "red", "レッド"), ("B", "navy and white", "ネイビー×ホワイト"))
    ]
    held = tmp_path / "listings" / "metadata" / "listings_toys.json.gz"
    held.parent.mkdir(parents=True)
    held.write_bytes(gzip.compress("\n".join(json.dumps(listing) for listing in listings).encode()))
    for item in "AB":
        _picture(tmp_path / "images" / "small" / "xx" / f"{item}-1.jpg")
        _picture(tmp_path / "views" / item / "0.jpg")
    with (tmp_path / "split.csv").open("w", newline="") as opened:
        csv.writer(opened).writerows([("item_id", "split"), ("A", "train"), ("B", "test")])
    return tmp_path


def test_an_abo_catalogue_tells_its_facts_in_its_languages(catalogue: Path) -> None:
    assert is_abo(catalogue)
    first, *_ = abo_examples(catalogue)

    assert [fact.key for fact in first.facts] == ["kind=toy car", "colour=red"]
    assert first.facts[0].words == {"en": ("toy car", "model car"), "ja": ("おもちゃの車",)}
    assert first.facts[1].words["ja"] == ("レッド",)
    assert "Brand red Toy Car" in first.captions


def test_a_product_of_two_colours_has_both_and_each(catalogue: Path) -> None:
    *_, last = abo_examples(catalogue)

    assert [f.key for f in last.facts[1:]] == ["colour=navy and white", "colour=navy", "colour=white"]
    assert last.facts[3].words["ja"] == ("ホワイト",)


def test_views_are_photos_of_their_product_in_its_split(catalogue: Path) -> None:
    found = [(e.group, e.split, e.photo) for e in abo_examples(catalogue, catalogue / "views")]

    assert found == [("A", "train", False), ("A", "train", True), ("B", "test", False), ("B", "test", True)]
