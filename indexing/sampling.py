"""Products in, a few of them out, chosen by chance yet the same ones for the same catalogue: for calibration."""

import hashlib
import heapq

from indexing.product import Product


class Sample:
    """Keeps the products with a picture whose ids have the smallest digests; memory does not grow with the source."""

    def __init__(self, size: int) -> None:
        """Begin with none."""
        self._size = size
        self._heap: list[tuple[int, str, str]] = []

    def consider(self, product: Product) -> None:
        """Take a product in, if it belongs there."""
        if not product.pictures:
            return
        digest = int.from_bytes(hashlib.blake2b(product.id.encode(), digest_size=8).digest(), "big")
        entry = (-digest, product.id, product.pictures[0])
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def chosen(self) -> list[tuple[str, str]]:
        """(id, URI of the main picture) of each."""
        return [(product_id, uri) for _, product_id, uri in sorted(self._heap, reverse=True)]
