"""A dry run tells what a build would find, shows its pictures, and changes nothing."""

import io
from pathlib import Path

from PIL import Image

from indexing.check import check_source
from indexing.settings import IndexSettings
from indexing.sources import open_source
from tests.indexing.catalogues import read_csv, shop, write_csv


def test_a_dry_run_counts_shows_and_writes_nothing(tmp_path: Path) -> None:
    folder = shop(tmp_path / "shop", 9)
    rows = read_csv(folder / "products.csv")
    rows[3]["price"] = "a lot"
    rows[4]["images"] = "pictures/gone.png"
    rows[5]["images"] = ""
    rows[6]["images"] = "pictures/broken.png"
    (folder / "pictures" / "broken.png").write_bytes(b"not a picture")
    write_csv(folder / "products.csv", rows)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    check = check_source(open_source(folder), settings=IndexSettings(data_dir=tmp_path / "data"))

    assert (check.read, check.products, check.rejected) == (9, 8, 1)
    assert (check.missing_pictures, check.priced) == (1, {"USD": 8})
    assert ("title", "title") in check.description.columns
    assert [reject.row for reject in check.first_rejects] == [4, 5]
    assert [product.id for product in check.first_products][:2] == ["p0", "p1"]
    sheet = Image.open(io.BytesIO(check.sheet))
    assert (sheet.format, sheet.size) == ("JPEG", (6 * 168 + 8, 168 + 8))
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_catalogue_without_pictures_has_no_sheet(tmp_path: Path) -> None:
    write_csv(tmp_path / "list.csv", [{"id": "1", "name": "Mug"}])
    check = check_source(open_source(tmp_path / "list.csv"), settings=IndexSettings(data_dir=tmp_path))
    assert (check.sheet, check.without_picture) == (b"", 1)
