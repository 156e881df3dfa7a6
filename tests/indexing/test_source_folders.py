"""Folders are understood: with a listing and pictures named by id, by product, in columns, or pictures only."""

import json
from pathlib import Path

import pytest

from indexing.sources import BadSource, open_source
from tests.indexing.catalogues import picture, products_of, write_csv


def test_pictures_named_by_the_id_belong_to_that_product(tmp_path: Path) -> None:
    products = [{"Id": 1, "Name": "Mug"}, {"Id": 12, "Name": "Bowl"}, {"Id": "1_3", "Name": "Cup"}]
    (tmp_path / "catalog.json").write_text(json.dumps(products))
    for name in ("1", "1_2", "1_3", "12", "7"):
        picture(tmp_path / "pics" / f"{name}.png", "red")
    source = open_source(tmp_path)
    assert {product.id: product.pictures for product in products_of(source)} == {
        "1": ("pics/1.png", "pics/1_2.png"),
        "12": ("pics/12.png",),
        "1_3": ("pics/1_3.png",),
    }
    assert "Pictures are the files named by a product's id." in source.describe().notes


def test_columns_may_name_files_and_photos_lie_in_folders_named_like_the_product(tmp_path: Path) -> None:
    rows = [
        {
            "Class Name (str)": f"{name}-Apple",
            "Class ID (int)": str(i),
            "Iconic Image Path (str)": f"/iconic/{name}-Apple/{name}-Apple_Iconic.png",
            "Product Description Path (str)": f"/iconic/{name}-Apple/{name}-Apple_Description.txt",
        }
        for i, name in enumerate(("Red", "Green"))
    ]
    write_csv(tmp_path / "classes.csv", rows)
    (tmp_path / "train.txt").write_text("train/Fruit/Red-Apple/1.png, 0\n")
    for name in ("Red", "Green"):
        picture(tmp_path / f"iconic/{name}-Apple/{name}-Apple_Iconic.png", name.lower())
        (tmp_path / f"iconic/{name}-Apple/{name}-Apple_Description.txt").write_text(f"A {name} apple.\n")
        picture(tmp_path / f"train/Fruit/Apple/{name}-Apple/photo2.png", name.lower())
        picture(tmp_path / f"train/Fruit/Apple/{name}-Apple/photo10.png", name.lower())
        picture(tmp_path / f"val/Fruit/Apple/{name}-Apple/photo1.png", name.lower())
    source = open_source(tmp_path)
    red, green = products_of(source)
    assert (red.id, red.title, red.description) == ("0", "Red Apple", "A Red apple.")
    assert red.pictures == (
        "iconic/Red-Apple/Red-Apple_Iconic.png",
        "train/Fruit/Apple/Red-Apple/photo2.png",
        "train/Fruit/Apple/Red-Apple/photo10.png",
    )
    assert len(green.pictures) == 3
    assert "Left out as test pictures of a data set: val." in source.describe().notes


def test_a_folder_of_pictures_has_its_folders_as_labels(tmp_path: Path) -> None:
    picture(tmp_path / "summer_hat" / "b.png", "red")
    picture(tmp_path / "t-shirt" / "a.PNG", "blue")
    picture(tmp_path / "Green-mug.png", "green")
    (tmp_path / "notes.txt").write_text("not a picture")
    picture(tmp_path / ".hidden" / "x.png", "red")
    assert [(p.id, p.title, p.category) for p in products_of(open_source(tmp_path))] == [
        ("Green-mug.png", "Green mug", ""),
        ("summer_hat/b.png", "summer hat", "summer_hat"),
        ("t-shirt/a.PNG", "t-shirt", "t-shirt"),
    ]


def test_a_folder_named_test_is_an_ordinary_one_unless_it_lies_beside_train(tmp_path: Path) -> None:
    picture(tmp_path / "test" / "a.png", "red")
    picture(tmp_path / "tools" / "b.png", "red")
    assert len(products_of(open_source(tmp_path))) == 2


def test_a_bare_file_does_not_make_its_neighbours_searched(tmp_path: Path) -> None:
    write_csv(tmp_path / "list.csv", [{"id": "1", "name": "Mug"}])
    picture(tmp_path / "deep" / "1.png", "red")
    assert products_of(open_source(tmp_path / "list.csv"))[0].pictures == ()
    assert products_of(open_source(tmp_path / "list.csv", images=tmp_path))[0].pictures == ("deep/1.png",)


def test_a_picture_that_moved_is_found_by_its_name(tmp_path: Path) -> None:
    write_csv(tmp_path / "list.csv", [{"id": "1", "name": "Mug", "image": "C:\\export\\mug.png"}])
    picture(tmp_path / "images" / "mug.png", "red")
    assert products_of(open_source(tmp_path))[0].pictures == ("images/mug.png",)


def test_the_richer_of_two_listings_is_taken_and_equal_ones_are_a_question(tmp_path: Path) -> None:
    write_csv(tmp_path / "names.csv", [{"id": "1", "name": "Mug"}])
    write_csv(tmp_path / "products.csv", [{"id": "1", "name": "Mug", "price": "5"}])
    assert products_of(open_source(tmp_path))[0].price is not None
    write_csv(tmp_path / "prices.csv", [{"id": "1", "name": "Mug", "price": "6"}])
    with pytest.raises(BadSource, match=r"several listings, among them prices\.csv and products\.csv"):
        open_source(tmp_path)


def test_a_json_file_that_is_no_listing_does_not_hide_the_pictures(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{\n "private": true\n}')
    picture(tmp_path / "hat" / "a.png", "red")
    source = open_source(tmp_path)
    assert products_of(source)[0].title == "hat"
    assert any(note.startswith("package.json is no listing") for note in source.describe().notes)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty"),
        ("colour;stock\nred;5\n", "no column for a product's title"),
        ("PK\x03\x04\x00\x00", "not a text file"),
    ],
)
def test_a_listing_that_cannot_be_read_is_named_rather_than_its_pictures_indexed(
    tmp_path: Path, content: str, why: str
) -> None:
    (tmp_path / "products.csv").write_text(content)
    picture(tmp_path / "hat" / "a.png", "red")
    with pytest.raises(BadSource, match=rf"^products\.csv cannot be read.*{why}.*move the file out of"):
        open_source(tmp_path)


def test_a_broken_file_beside_a_good_listing_is_told(tmp_path: Path) -> None:
    (tmp_path / "more.json").write_text("[{")
    write_csv(tmp_path / "products.csv", [{"id": "1", "name": "Mug"}])
    source = open_source(tmp_path)
    assert [product.title for product in products_of(source)] == ["Mug"]
    (told,) = source.describe().unread
    assert told.startswith("more.json cannot be read as a listing of products")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="holds neither"):
        open_source(tmp_path)
    with pytest.raises(BadSource, match="is no folder; name the folder that holds the pictures"):
        open_source(tmp_path, images=tmp_path / "nowhere")
