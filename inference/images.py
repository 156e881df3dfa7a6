"""Bytes of a picture file -> `Pixels`, a thumbnail, or a smaller file; anything else -> `UnreadablePhoto`.

Pixels are what CLIP's own transform gives (bicubic, shorter side to px, centre crop), apart from what it does badly:
EXIF orientation is obeyed, transparency lies on white, and palettes and 16 bit become RGB before the resize. Strangers'
files belong in `inference.decoding`, which calls this module in a child process.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pi_heif
from numpy.typing import NDArray
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from inference.encoder import Pixels

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    GifImagePlugin.GifImageFile.format,
    AvifImagePlugin.AvifImageFile.format,
    pi_heif.HeifImageFile.format,
    BmpImagePlugin.BmpImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
)
"""The decoders that may run; Pillow has forty more, some of which start other programs."""
LARGE_JPEG_PIXELS = 1_000_000
"""From here on a JPEG is decoded at a fraction of its size."""
LONGEST_RESIZE = 100
"""Sides of a picture, in px, up to which it is resized whole; of a longer strip only the middle is."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # for sizes that a decoder meets after the header
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # damaged EXIF and the like: read without it
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class UnreadablePhoto(Exception):
    """The bytes are no picture that can be read; the message is one sentence that says why."""


def prepare(data: bytes, px: int) -> Pixels:
    """Decode a picture and make it the square that an encoder takes.

    A large JPEG is decoded at a fraction of its size; its vector keeps a cosine of .999 to the slow way's.

    Args:
        data: the file's bytes, at most `MAX_BYTES`, of at most `MAX_PIXELS`.
        px: side of the square, in pixels.

    Returns:
        uint8, shape (px, px, 3), RGB.

    Raises:
        UnreadablePhoto: not a picture, damaged, or over a limit.
    """
    [whole] = views(data, px, (1.0,))
    return whole


def views(data: bytes, px: int, zooms: Sequence[float]) -> list[Pixels]:
    """A photo as `prepare` makes it, and its middle from nearer, decoded once: what is asked about may be small in it.

    Args:
        data: as in `prepare`.
        px: side of the squares, in pixels.
        zooms: shares of the shorter side, 0 to 1; 1.0 is the whole picture. Below 0: the same, mirrored.

    Returns:
        For each zoom uint8, shape (px, px, 3), RGB.

    Raises:
        UnreadablePhoto: not a picture, damaged, or over a limit.
    """
    with _opened(data) as image:
        size = _resized(image.size, px)
        box = _draft(image, 2 * px)
        turn = _turn(image)
        opaque = _opaque(image)
        seen = {
            zoom: _whole(opaque, px, size, box, turn) if zoom >= 1 else _middle(opaque, px, zoom, box, turn)
            for zoom in sorted({abs(zoom) for zoom in zooms})
        }
        return [seen[zoom] if zoom > 0 else np.ascontiguousarray(seen[-zoom][:, ::-1]) for zoom in zooms]


def thumbnail(data: bytes, px: int) -> bytes:
    """A small upright JPEG of a picture, without metadata.

    Args:
        data: the file's bytes.
        px: longest side of the thumbnail; a smaller picture keeps its size.

    Raises:
        UnreadablePhoto: not a picture, damaged, or over a limit.
    """
    with _opened(data) as image:
        return _jpeg(_fitted(image, px), quality=85)


def shrink(data: bytes, max_bytes: int) -> bytes:
    """The same picture in at most `max_bytes`: as it is if it fits, else as a smaller JPEG.

    Raises:
        UnreadablePhoto: it does not fit, and is not a picture, damaged, or over a limit.
    """
    if len(data) <= max_bytes:
        return data
    with _opened(data) as image:
        image = _fitted(image, 2048)
        while len(smaller := _jpeg(image, quality=90)) > max_bytes:
            if max(image.size) < 16:
                raise UnreadablePhoto(f"The picture cannot be made to fit {max_bytes:,} bytes.")
            image.thumbnail((max(image.size) * 3 // 4,) * 2, Image.Resampling.BICUBIC)
        return smaller


def normalise(
    pictures: Sequence[Pixels] | Pixels, mean: tuple[float, float, float], std: tuple[float, float, float]
) -> NDArray[np.float32]:
    """What `image.onnx` takes.

    Args:
        pictures: N arrays, uint8, shape (px, px, 3), RGB; or one of shape (N, px, px, 3).
        mean: RGB, on a scale of 0 to 1.
        std: RGB, on a scale of 0 to 1.

    Returns:
        float32, shape (N, 3, px, px): `(pixel / 255 - mean) / std`, bit for bit what torchvision computes.
    """
    batch = np.asarray(pictures)  # (N, px, px, 3)
    mean_column, std_column = (np.array(values, dtype=np.float32).reshape(3, 1, 1) for values in (mean, std))
    planes = np.empty((len(batch), 3, *batch.shape[1:3]), dtype=np.float32)
    for picture, out in zip(batch, planes, strict=True):  # one at a time: a picture stays in the cache
        out[...] = picture.transpose(2, 0, 1)
        out /= np.float32(255)
        out -= mean_column
        out /= std_column
    return planes


def check_bytes(data: bytes) -> None:
    """Refuse a file that need not be opened.

    Raises:
        UnreadablePhoto: it is empty, or longer than `MAX_BYTES`.
    """
    if not data:
        raise UnreadablePhoto("The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadablePhoto(f"The file has {len(data) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB can be read.")


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture with its header read and its size checked; any failure inside becomes `UnreadablePhoto`."""
    check_bytes(data)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image.size)
            yield image
    except UnreadablePhoto:
        raise
    except UnidentifiedImageError as error:
        raise UnreadablePhoto("This is not a picture that can be read; a JPEG, PNG, WebP or HEIC is.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadablePhoto(
            f"The picture has more than {MAX_PIXELS / 1e6:.0f} megapixels, the most that can be read."
        ) from error
    except MemoryError as error:
        raise UnreadablePhoto("The picture takes more memory to read than there is for one.") from error
    except Exception as error:  # a broken file makes a decoder fail in any way there is
        raise UnreadablePhoto("The picture is damaged or cut off and cannot be read.") from error


def _whole(
    image: Image.Image,
    px: int,
    size: tuple[int, int],
    box: tuple[float, float, float, float] | None,
    turn: Image.Transpose | None,
) -> Pixels:
    """Shorter side to px, then the middle square, as CLIP's transform has it."""
    if box:
        image = _turned(image.resize(size, Image.Resampling.BICUBIC, box=box), turn)
    else:
        image = _resize(_turned(image, turn), px)
    left, top = (round((side - px) / 2.0) for side in image.size)
    return np.array(image.crop((left, top, left + px, top + px)).convert("RGB"))


def _middle(
    image: Image.Image,
    px: int,
    zoom: float,
    box: tuple[float, float, float, float] | None,
    turn: Image.Transpose | None,
) -> Pixels:
    """The square around the middle whose side is this share of the shorter side."""
    left, top, right, bottom = box or (0.0, 0.0, float(image.width), float(image.height))
    half = max(zoom * min(right - left, bottom - top), 1.0) / 2
    across, down = (left + right) / 2, (top + bottom) / 2
    near = (across - half, down - half, across + half, down + half)
    square = image.resize((px, px), Image.Resampling.BICUBIC, box=near)
    return np.array(_turned(square, turn).convert("RGB"))


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UnreadablePhoto("The picture has no pixels.")
    if width * height > MAX_PIXELS:
        raise UnreadablePhoto(
            f"The picture has {width * height / 1e6:.0f} megapixels; at most {MAX_PIXELS / 1e6:.0f} can be read."
        )


def _draft(image: Image.Image, shorter_px: int) -> tuple[float, float, float, float] | None:
    """Have a JPEG that is at least twice as large decoded at 1/2, 1/4 or 1/8; the box that the picture fills then."""
    is_large = image.width * image.height >= LARGE_JPEG_PIXELS and min(image.size) >= 2 * shorter_px
    if not is_large or not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None
    factor = min(image.size) / shorter_px
    drafted = image.draft(image.mode, (int(image.width / factor), int(image.height / factor)))
    return drafted[1] if drafted else None


def _opaque(image: Image.Image) -> Image.Image:
    """The picture in a mode whose values can be averaged: RGB, L, or CMYK; transparency on white."""
    if image.mode in {"RGB", "L", "CMYK", "YCbCr"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bit(image)
    if image.has_transparency_data:
        see_through = image if image.mode == "RGBA" else image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(see_through, mask=see_through)
        return white
    return image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits as 8 bits; the brightest value tells the scale."""
    values = np.nan_to_num(np.asarray(image).astype(np.float32, copy=False))
    brightest = float(values.max())
    scale = next((255 / top for top in (1.0, 255.0, 65535.0) if brightest <= top), 255 / brightest)
    if image.mode.startswith("I;16"):
        scale = 255 / 65535
    return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How the picture was held, by its EXIF orientation; a broken EXIF block tells nothing."""
    image.load()  # some decoders turn the picture themselves, and say so only afterwards
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - EXIF parsing fails in any way there is, and the picture is still a picture
        return None


def _turned(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    return image if turn is None else image.transpose(turn)


def _resized(size: tuple[int, int], px: int) -> tuple[int, int]:
    """The size at which the shorter side is px, rounded as torchvision rounds."""
    width, height = size
    return (px, int(px * height / width)) if width <= height else (int(px * width / height), px)


def _resize(image: Image.Image, px: int) -> Image.Image:
    """Shorter side to px; of a long strip only the middle, so that a hair of 40,000 x 1 costs no gigabytes."""
    size = _resized(image.size, px)
    longest = LONGEST_RESIZE * px
    if max(size) <= longest:
        return image.resize(size, Image.Resampling.BICUBIC)
    width, height = image.size
    across, down = ((side * longest / max(size)) if side == max(image.size) else side for side in image.size)
    box = ((width - across) / 2, (height - down) / 2, (width + across) / 2, (height + down) / 2)
    return image.resize((min(size[0], longest), min(size[1], longest)), Image.Resampling.BICUBIC, box=box)


def _fitted(image: Image.Image, px: int) -> Image.Image:
    """Upright RGB, no side longer than px."""
    image.draft("RGB", (2 * px, 2 * px))
    turn = _turn(image)
    image = _turned(_opaque(image), turn)
    image.thumbnail((px, px), Image.Resampling.BICUBIC)
    return image.convert("RGB")


def _jpeg(image: Image.Image, *, quality: int) -> bytes:
    image.info.clear()  # no EXIF, no comment, no profile goes on to others
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()
