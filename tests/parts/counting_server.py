"""Our server around the bundled model, which counts the pictures it encodes; it stands for SageMaker's container."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from inference.decoding import PictureDecoder
from inference.encoder import Embeddings, Pixels
from inference.model import find_model
from inference.onnx import OnnxEncoder
from inference.server import build_server
from tests.parts.served import served


class CountingOnnx(OnnxEncoder):
    """Remembers how many pictures it was given."""

    pictures = 0

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        self.pictures += len(pictures)
        return super().encode_pictures(pictures)


@dataclass
class Container:
    """The server."""

    encoder: CountingOnnx
    address: str = ""
    readers: list[Callable[[str], bytes]] = field(default_factory=list)
    """What reads a manifest's pictures; put it in once there is an account."""

    @property
    def model_id(self) -> str:
        return self.encoder.model_id


@contextmanager
def container() -> Iterator[Container]:
    """Start it."""
    made = Container(CountingOnnx(find_model()))
    with PictureDecoder(workers=1) as decoder:
        app = build_server(made.encoder, decoder, serves="BOTH", read=lambda uri: made.readers[0](uri))
        with served(app) as address:
            made.address = address
            yield made
