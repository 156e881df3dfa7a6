"""Bytes become what CLIP's own transform makes of them, or are refused with a sentence."""

import io

import numpy as np
import pytest
from PIL import ExifTags, Image

from inference.images import MAX_BYTES, UnreadablePhoto, normalise, prepare, shrink, thumbnail, views
from inference.model import CLIP_MEAN, CLIP_STD
from tests.hostile import hostile_picture
from tests.toys import COLOURS, picture_of

SIZES = [(640, 480), (333, 517), (224, 224), (96, 97), (50, 70), (1000, 300), (3, 200), (1, 1)]


def photo(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Soft random colours, as photos have."""
    coarse = np.random.default_rng(width).integers(0, 255, (height // 40 + 2, width // 40 + 2, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def by_the_book(data: bytes, px: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """CLIP's transform, written again with Pillow alone; a live test compares with CLIP's own."""
    image: Image.Image = Image.open(io.BytesIO(data))
    short, long = sorted(image.size)
    rest = int(px * long / short)
    image = image.resize((px, rest) if image.width <= image.height else (rest, px), Image.Resampling.BICUBIC)
    left, top = round((image.width - px) / 2.0), round((image.height - px) / 2.0)
    return np.asarray(image.crop((left, top, left + px, top + px)).convert("RGB"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("WEBP", "RGB")]
)
def test_pixels_are_those_of_clips_transform(size: tuple[int, int], kind: str, mode: str) -> None:
    data = saved(photo(*size, mode), kind)
    for px in (96, 224):
        np.testing.assert_array_equal(prepare(data, px), by_the_book(data, px))


@pytest.mark.parametrize("size", [(4000, 3000), (1999, 2999), (1601, 1203)])
def test_a_large_jpeg_takes_the_fast_way_and_looks_the_same(size: tuple[int, int]) -> None:
    data = saved(photo(*size), "JPEG", quality=90)
    fast, slow = (pixels.astype(float).ravel() for pixels in (prepare(data, 96), by_the_book(data, 96)))
    assert np.abs(fast - slow).max() <= 8
    assert fast @ slow / np.linalg.norm(fast) / np.linalg.norm(slow) > 0.9999


def test_normalising_is_torchvisions_arithmetic() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (2, 4, 4, 3), dtype=np.uint8)
    planes = normalise(list(pictures), CLIP_MEAN, CLIP_STD)
    expected = (pictures / 255 - np.array(CLIP_MEAN)) / np.array(CLIP_STD)
    assert planes.shape == (2, 3, 4, 4)
    assert planes.dtype == np.float32
    np.testing.assert_allclose(planes, expected.transpose(0, 3, 1, 2), atol=1e-6)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("size", "kinds"), [((300, 200), ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")), ((1600, 1200), ("JPEG",))]
)
def test_a_photo_stands_as_it_was_held(orientation: int, size: tuple[int, int], kinds: tuple[str, ...]) -> None:
    upright = photo(*size)
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright.transpose(back) if back is not None else upright
    expected = prepare(saved(upright, "JPEG"), 64).astype(int)
    for kind in kinds:
        difference = prepare(saved(stored, kind, exif=exif), 64) - expected
        assert np.abs(difference).mean() < 3, kind


def test_transparency_lies_on_white() -> None:
    clear = Image.new("RGBA", (40, 40), (220, 30, 30, 0))
    assert (prepare(saved(clear, "PNG"), 8) == 255).all()
    palette = Image.new("P", (40, 40), 0)
    palette.putpalette([220, 30, 30])
    assert (prepare(saved(palette, "PNG", transparency=0), 8) == 255).all()


def test_sixteen_bits_become_eight() -> None:
    grey = Image.fromarray(np.full((20, 20), 40_000, dtype=np.uint16))
    for kind in ("PNG", "TIFF"):
        assert (prepare(saved(grey, kind), 8) == 40_000 // 257).all()


def test_a_palette_is_resized_as_colours_not_as_numbers() -> None:
    stripes = Image.fromarray(np.tile(np.array([[[255, 0, 0], [0, 0, 255]]], dtype=np.uint8), (64, 32, 1)))
    prepared = prepare(saved(stripes.quantize(2), "PNG"), 8)
    assert np.abs(prepared[2:6, 2:6].astype(int) - [128, 0, 128]).max() < 20


def test_the_first_frame_of_an_animation_is_the_picture() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG", "AVIF"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:])
        red, _, blue = prepare(data, 8).mean(axis=(0, 1))
        assert red > 240 > 20 > blue, kind


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF"])
def test_every_format_keeps_its_colours(kind: str) -> None:
    for colour in ("red", "teal", "white"):
        np.testing.assert_allclose(prepare(picture_of(colour, kind=kind), 8).mean(axis=(0, 1)), COLOURS[colour], atol=4)


def test_heic_is_read() -> None:
    data = hostile_picture("photo.heic").data
    red, green, blue = prepare(data, 48)[24, 24].astype(int)
    assert red > 180 > 60 > max(green, blue)


def test_a_file_over_the_limit_is_not_opened() -> None:
    with pytest.raises(UnreadablePhoto, match=r"The file has 20 MB; at most 20 MB can be read\."):
        prepare(picture_of("red") + bytes(MAX_BYTES), 8)


def test_a_thumbnail_is_a_small_upright_jpeg_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    small = thumbnail(saved(photo(3000, 1500), "JPEG", exif=exif, comment=b"secret"), 120)
    image = Image.open(io.BytesIO(small))
    assert (image.format, image.size, image.mode) == ("JPEG", (60, 120), "RGB")
    assert not {"exif", "comment", "icc_profile"} & set(image.info)
    assert len(small) < 10_000


def test_a_thumbnail_is_never_larger_than_its_picture() -> None:
    assert Image.open(io.BytesIO(thumbnail(picture_of("red", px=20), 300))).size == (20, 20)


def test_shrinking_keeps_what_fits_and_makes_the_rest_fit() -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (900, 1200, 3), dtype=np.uint8))
    large = saved(noise, "PNG")
    assert shrink(large, len(large)) is large
    small = shrink(large, 100_000)
    image = Image.open(io.BytesIO(small))
    assert len(small) <= 100_000
    assert image.format == "JPEG"
    assert image.width / image.height == pytest.approx(4 / 3, abs=0.05)


def test_what_cannot_be_made_to_fit_is_refused() -> None:
    with pytest.raises(UnreadablePhoto, match="cannot be made to fit"):
        shrink(picture_of("red", px=300), 10)


@pytest.mark.live
@pytest.mark.filterwarnings("default")
def test_pixels_are_those_of_the_clip_package() -> None:
    clip = pytest.importorskip("clip")
    for px in (96, 224):
        transform = clip.clip._transform(px)
        for size in SIZES:
            for kind, mode in (("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("WEBP", "RGB")):
                data = saved(photo(*size, mode), kind)
                theirs = transform(Image.open(io.BytesIO(data))).numpy()
                ours = normalise([prepare(data, px)], CLIP_MEAN, CLIP_STD)[0]
                np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_a_photos_views_are_the_photo_itself_and_its_middle_from_nearer() -> None:
    image = Image.new("RGB", (200, 100), "white")
    image.paste("red", (75, 25, 125, 75))
    whole, near = views(saved(image, "PNG"), 50, (1.0, 0.5))

    np.testing.assert_array_equal(whole, prepare(saved(image, "PNG"), 50))
    assert (whole == (255, 0, 0)).all(axis=2).mean() == pytest.approx(0.25, abs=0.02)
    assert (near == (255, 0, 0)).all()


def test_a_zoom_below_nothing_is_a_view_in_the_mirror() -> None:
    image = Image.new("RGB", (40, 30), "white")
    image.paste("red", (0, 0, 15, 20))
    data = saved(image, "PNG")
    whole, mirrored, near, near_mirrored = views(data, 16, (1.0, -1.0, 0.5, -0.5))

    np.testing.assert_array_equal(mirrored, whole[:, ::-1])
    np.testing.assert_array_equal(near_mirrored, near[:, ::-1])


def test_views_of_a_turned_photo_are_upright() -> None:
    image = Image.new("RGB", (1600, 1200), "white")
    image.paste("blue", (600, 400, 800, 800))  # the left half of its middle
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    _, near = views(file.getvalue(), 32, (1.0, 1 / 3))

    assert near[:14].mean(axis=(0, 1))[0] < 30  # above now
    assert near[18:].mean(axis=(0, 1))[0] > 225
