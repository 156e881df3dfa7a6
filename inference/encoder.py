"""The `Encoder` port: texts and pictures in, unit vectors of one shared space out."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Embedding: TypeAlias = NDArray[np.float32]
"""float32, shape (dim,), unit L2 norm."""

Embeddings: TypeAlias = NDArray[np.float32]
"""float32, shape (N, dim), unit L2 norm per row."""

Lengths: TypeAlias = NDArray[np.float32]
"""float32, shape (N,): L2 norm of each embedding before it was made 1; 0 where an encoder does not tell it."""

Pixels: TypeAlias = NDArray[np.uint8]
"""A picture ready for an encoder: uint8, shape (px, px, 3), RGB, 0 to 255; `inference.images` makes it from bytes."""


class EncoderUnavailable(Exception):
    """The encoder gave no answer in time; the same call may succeed later."""


class EncoderWakingUp(EncoderUnavailable):
    """The encoder is starting (a serverless cold start); it will answer within a minute."""


class Encoder(Protocol):
    """Places texts and pictures in one vector space. Thread-safe."""

    @property
    def model_id(self) -> str:
        """Names weights, precision, preprocessing and prompt, for example `small-3f2a91`."""
        ...

    @property
    def dim(self) -> int:
        """Length of an embedding."""
        ...

    @property
    def picture_px(self) -> int:
        """Side of the square pictures it takes, in pixels."""
        ...

    @property
    def prompt(self) -> str:
        """How words become a text for this model: a format string with one `{}`, for example `this is a {}`."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts as they are given; the caller applies `prompt`.

        Args:
            texts: N strings; CLIP reads the first 77 tokens of each.

        Returns:
            float32, shape (N, dim), unit L2 norm per row, in the order given.

        Raises:
            EncoderUnavailable: no answer within the timeout.
        """
        ...

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        """Encode pictures.

        Args:
            pictures: N arrays, uint8, shape (picture_px, picture_px, 3), RGB.

        Returns:
            float32, shape (N, dim), unit L2 norm per row, in the order given. A picture's vector does not depend on
            the other pictures of the call (within 1e-6).

        Raises:
            EncoderUnavailable: no answer within the timeout.
        """
        ...


@runtime_checkable
class TellsLengths(Protocol):
    """An encoder of this process that also tells how long its embeddings were; endpoints answer with unit vectors."""

    def encode_pictures_with_lengths(self, pictures: Sequence[Pixels]) -> tuple[Embeddings, Lengths]:
        """See `Encoder.encode_pictures`."""
        ...


def encode_with_lengths(encoder: Encoder, pictures: Sequence[Pixels]) -> tuple[Embeddings, Lengths]:
    """Encode pictures; their lengths are 0 where the encoder does not tell them. See `Encoder.encode_pictures`."""
    if isinstance(encoder, TellsLengths):
        return encoder.encode_pictures_with_lengths(pictures)
    rows = encoder.encode_pictures(pictures)
    return rows, np.zeros(len(rows), dtype=np.float32)
