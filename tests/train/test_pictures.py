from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from inference.train.pictures import PX, PictureCache, product_masks


def _product(path: Path, background: str = "#f4f4f3") -> Path:
    picture = Image.new("RGB", (300, 200), background)
    ImageDraw.Draw(picture).ellipse((110, 60, 190, 140), fill="#a02020")
    picture.save(path)
    return path


def test_a_picture_is_decoded_once_and_found_again(tmp_path: Path) -> None:
    red, broken = _product(tmp_path / "red.png"), tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")

    rows = PictureCache(tmp_path / "cache").rows([red, broken])
    again = PictureCache(tmp_path / "cache")

    assert rows == [0, None]
    assert again.rows([red, broken]) == rows
    assert again.open().shape == (1, PX, PX, 4)


def test_a_row_that_was_cut_off_is_decoded_again(tmp_path: Path) -> None:
    paths = [_product(tmp_path / f"{n}.png", background) for n, background in enumerate(("white", "grey"))]
    PictureCache(tmp_path / "cache").rows(paths[:1])
    with (tmp_path / "cache" / f"pictures-{PX}.u8").open("ab") as data:
        data.write(b"half a row")

    cache = PictureCache(tmp_path / "cache")

    assert cache.rows(paths) == [0, 1]
    assert cache.open()[1, 0, 0, :3].tolist() == [128, 128, 128]


def test_the_mask_holds_the_product_and_not_its_paper(tmp_path: Path) -> None:
    picture = np.asarray(Image.open(_product(tmp_path / "p.png")).resize((PX, PX)))

    mask = product_masks(picture[None])[0]

    assert mask[PX // 2, PX // 2] == 255
    assert mask[5, 5] == 0
    assert 0.05 < (mask > 128).mean() < 0.3


def test_a_photo_with_a_busy_border_is_kept_whole() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (1, PX, PX, 3), dtype=np.uint8)

    assert product_masks(noise).min() == 255
