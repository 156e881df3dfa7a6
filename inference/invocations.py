"""A request's content type and body in, its answer's bytes out: `/invocations`, whatever server is around it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Literal, Protocol, TypeAlias

import msgspec

from inference import wire
from inference.ahead import ahead
from inference.encoder import Embedding, Encoder, Pixels
from inference.images import UnreadablePhoto

EncodeType: TypeAlias = Literal["TEXT", "IMAGE", "BOTH"]
"""What `ENCODE_TYPE` selects, as in the article; `BOTH` serves the two kinds from one endpoint."""
ReadUri: TypeAlias = Callable[[str], bytes]
"""The bytes behind a manifest's URI; raises `OSError` where there are none."""


class Decoder(Protocol):
    """Bytes to pixels: `inference.decoding.PictureDecoder`, or `inference.images` where the process is a sandbox."""

    def prepare(self, data: bytes, px: int) -> Pixels:
        """See `inference.images.prepare`."""
        ...

    def prepare_many(self, pictures: Iterable[bytes | UnreadablePhoto], px: int) -> Iterator[Pixels | UnreadablePhoto]:
        """See `inference.decoding.PictureDecoder.prepare_many`."""
        ...


PICTURES_A_RUN = 16
"""The encoder is given so many at once, while the decoder is at those that follow."""
FETCHED_AT_ONCE = 8


class Invocations:
    """What one encoder answers. Thread-safe, as its parts are.

    Args:
        encoder: loaded and warm.
        decoder: opens strangers' pictures.
        serves: the kinds that are answered; the others get a 415.
        read: how a manifest's pictures are fetched; without it manifests get a 415.
    """

    def __init__(
        self, encoder: Encoder, decoder: Decoder, *, serves: EncodeType = "BOTH", read: ReadUri | None = None
    ) -> None:
        self._encoder = encoder
        self._decoder = decoder
        forms: dict[str, Callable[[bytes], bytes]] = {wire.BATCH: self._batch}
        if serves in {"TEXT", "BOTH"}:
            forms[wire.JSON] = self._texts
        if serves in {"IMAGE", "BOTH"}:
            forms[wire.IMAGE] = self._picture
            if read is not None:
                forms[wire.LINES] = partial(self._lines, read)
        self._serves = serves
        self._forms = forms

    def form(self, content_type: str) -> Callable[[bytes], bytes]:
        """What answers bodies of a content type.

        Raises:
            BadRequest: nothing does.
        """
        if content_type not in self._forms:
            known = ", ".join(sorted(self._forms))
            raise wire.BadRequest(f"This endpoint takes {known}; the request says {content_type!r}.", 415)
        return self._forms[content_type]

    def answer(self, content_type: str, body: bytes) -> bytes:
        """Answer one request; the answer is `application/json`.

        Raises:
            BadRequest: it cannot be answered; the message is one sentence.
        """
        if len(body) > wire.MAX_BODY_BYTES:
            raise too_large()
        return self.form(content_type)(body)

    def _texts(self, body: bytes) -> bytes:
        return msgspec.json.encode(self._encoder.encode_texts(wire.read_texts(body)).tolist())

    def _picture(self, body: bytes) -> bytes:
        if not body:
            raise wire.BadRequest("The body must be a picture's bytes; it is empty.")
        try:
            pixels = self._decoder.prepare(body, self._encoder.picture_px)
        except UnreadablePhoto as error:
            raise wire.BadRequest(str(error)) from error
        return msgspec.json.encode(self._encoder.encode_pictures([pixels]).tolist())

    def _batch(self, body: bytes) -> bytes:
        request = wire.read_batch(body)
        if request.texts:
            self._must_serve("TEXT")
            packed: list[str | None] = [wire.packed(row) for row in self._encoder.encode_texts(request.texts)]
            return self._batch_answer(packed, {})
        self._must_serve("IMAGE")
        results = list(self._encoded(map(_decoded, request.pictures)))
        reasons = {str(i): str(result) for i, result in enumerate(results) if isinstance(result, UnreadablePhoto)}
        return self._batch_answer([_packed(result) for result in results], reasons)

    def _batch_answer(self, embeddings: list[str | None], reasons: dict[str, str]) -> bytes:
        answer = wire.BatchAnswer(
            model_id=self._encoder.model_id, dim=self._encoder.dim, embeddings=embeddings, reasons=reasons
        )
        return msgspec.json.encode(answer)

    def _must_serve(self, kind: EncodeType) -> None:
        if self._serves not in {kind, "BOTH"}:
            raise wire.BadRequest(f"This endpoint encodes {self._serves}, not {kind}.", 415)

    def _lines(self, read: ReadUri, body: bytes) -> bytes:
        lines = wire.read_lines(body)
        sums: list[str] = []

        def contents() -> Iterator[bytes | UnreadablePhoto]:
            uris = (line.uri for line in lines)
            for content in ahead(partial(_fetched, read), uris, threads=FETCHED_AT_ONCE, most=FETCHED_AT_ONCE):
                sums.append("" if isinstance(content, UnreadablePhoto) else hashlib.sha256(content).hexdigest())
                yield content

        results = list(self._encoded(contents()))
        told = [
            wire.ManifestResult(key=line.key, reason=str(result))
            if isinstance(result, UnreadablePhoto)
            else wire.ManifestResult(key=line.key, embedding=wire.packed(result), sha256=sha256)
            for line, sha256, result in zip(lines, sums, results, strict=True)
        ]
        return msgspec.json.Encoder().encode_lines(told)

    def _encoded(self, pictures: Iterable[bytes | UnreadablePhoto]) -> Iterator[Embedding | UnreadablePhoto]:
        """A vector for each picture, or the reason why there is none, in the order given."""
        outcomes = self._decoder.prepare_many(pictures, self._encoder.picture_px)
        while some := list(islice(outcomes, PICTURES_A_RUN)):
            pixels = [outcome for outcome in some if not isinstance(outcome, UnreadablePhoto)]
            rows = iter(self._encoder.encode_pictures(pixels))
            yield from (outcome if isinstance(outcome, UnreadablePhoto) else next(rows) for outcome in some)


def _decoded(text: str) -> bytes | UnreadablePhoto:
    data = wire.decoded_picture(text)
    return UnreadablePhoto("The picture is not base64.") if data is None else data


def _packed(result: Embedding | UnreadablePhoto) -> str | None:
    return None if isinstance(result, UnreadablePhoto) else wire.packed(result)


def _fetched(read: ReadUri, uri: str) -> bytes | UnreadablePhoto:
    try:
        return read(uri)
    except OSError:
        return UnreadablePhoto("The picture could not be fetched.")


def too_large() -> wire.BadRequest:
    """The refusal of a body that is larger than an endpoint takes."""
    return wire.BadRequest(f"A request may have at most {wire.MAX_BODY_BYTES // 1024**2} MB.", 413)
