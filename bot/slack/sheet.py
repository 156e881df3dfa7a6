"""Thumbnails in, one numbered contact sheet out: for where Slack cannot load the catalogue's pictures."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

TILE_PX = 320
_COLUMNS = 3
_GAP_PX = 12
_BADGE_PX = 44


def contact_sheet(thumbnails: Sequence[bytes | None]) -> bytes:
    """A JPEG of numbered tiles, in order from 1; a missing picture is an empty tile.

    Args:
        thumbnails: JPEGs that `PictureDecoder.thumbnail` made, not strangers' files; at least one.
    """
    columns = min(_COLUMNS, len(thumbnails))
    rows = -(-len(thumbnails) // columns)
    step = TILE_PX + _GAP_PX
    sheet = Image.new("RGB", (columns * step + _GAP_PX, rows * step + _GAP_PX), "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=28)
    for place, jpeg in enumerate(thumbnails):
        left, top = _GAP_PX + place % columns * step, _GAP_PX + place // columns * step
        draw.rectangle((left, top, left + TILE_PX, top + TILE_PX), outline="#dddddd")
        if jpeg is not None:
            with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
                picture.thumbnail((TILE_PX, TILE_PX))
                sheet.paste(picture, (left + (TILE_PX - picture.width) // 2, top + (TILE_PX - picture.height) // 2))
        draw.ellipse((left + 6, top + 6, left + 6 + _BADGE_PX, top + 6 + _BADGE_PX), fill="#1d1c1d")
        middle = (left + 6 + _BADGE_PX / 2, top + 6 + _BADGE_PX / 2)
        draw.text(middle, str(place + 1), fill="white", font=font, anchor="mm")
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=85)
    return file.getvalue()
