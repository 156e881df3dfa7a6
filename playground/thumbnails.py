"""The bytes of a picture -> a smaller PNG, as Slack makes of every picture that is uploaded."""

import io

from PIL import Image, ImageOps


def thumbnail(content: bytes, edge_px: int) -> bytes:
    """Return a PNG whose longer edge is at most `edge_px` pixels; `content` is what `pictures.checked` has accepted."""
    edge_px = min(edge_px, 1024)
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (edge_px, edge_px))
        upright = ImageOps.exif_transpose(image)
        small = upright.convert("RGBA" if upright.mode in ("RGBA", "LA", "P", "PA") else "RGB")
        small.thumbnail((edge_px, edge_px))
        buffer = io.BytesIO()
        small.save(buffer, "PNG")
    return buffer.getvalue()
