"""A product and the number of one of its pictures in, a thumbnail out, read where the source has the picture."""

from pathlib import Path

from indexing.fetch import Fetcher, NotFetched
from indexing.product import Product
from indexing.settings import FetchSettings
from inference.decoding import PictureDecoder
from inference.images import UnreadablePhoto


class ProductPictures:
    """Reads pictures under the limits of the fetcher and decodes them outside this process. Thread-safe."""

    def __init__(self, pictures_folder: str, settings: FetchSettings, decoder: PictureDecoder | None = None) -> None:
        """Open nothing yet.

        Args:
            pictures_folder: the generation's; empty where its pictures are links.
            settings: limits of reading.
            decoder: shared with others; one of its own by default.
        """
        self._fetcher = Fetcher(settings, folder=Path(pictures_folder) if pictures_folder else None)
        self._decoder = decoder or PictureDecoder()

    def thumbnail(self, product: Product, picture: int, *, px: int) -> bytes | None:
        """A JPEG no side of which is longer than `px`; None where the picture is gone or cannot be read."""
        if not 0 <= picture < len(product.pictures):
            return None
        try:
            return self._decoder.thumbnail(self._fetcher.fetch(product.pictures[picture]).data, px)
        except (NotFetched, UnreadablePhoto):
            return None
