"""A request's content type and body in, its answer's bytes out: `/invocations`, whatever server is around it."""

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal, Protocol, TypeAlias

import msgspec

from inference import wire
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
        results = self._encoded(map(wire.decoded_picture, request.pictures))
        reasons = {str(i): result for i, result in enumerate(results) if isinstance(result, str)}
        return self._batch_answer([None if isinstance(r, str) else wire.packed(r) for r in results], reasons)

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
        contents = [_fetched(read, line.uri) for line in lines]
        results = self._encoded(content if isinstance(content, bytes) else None for content in contents)
        told = []
        for line, content, result in zip(lines, contents, results, strict=True):
            if isinstance(content, str):
                told.append(wire.ManifestResult(key=line.key, reason=content))
            elif isinstance(result, str):
                told.append(wire.ManifestResult(key=line.key, reason=result))
            else:
                sha256 = hashlib.sha256(content).hexdigest()
                told.append(wire.ManifestResult(key=line.key, embedding=wire.packed(result), sha256=sha256))
        return msgspec.json.Encoder().encode_lines(told)

    def _encoded(self, pictures: Iterable[bytes | None]) -> list[Embedding | str]:
        """A vector for each picture, or the sentence that says why there is none."""
        results: list[Embedding | str] = []
        pixels: list[Pixels] = []
        places: list[int] = []
        for place, data in enumerate(pictures):
            results.append("The picture is not base64.")
            if data is None:
                continue
            try:
                pixels.append(self._decoder.prepare(data, self._encoder.picture_px))
                places.append(place)
            except UnreadablePhoto as error:
                results[place] = str(error)
        for place, row in zip(places, self._encoder.encode_pictures(pixels), strict=True):
            results[place] = row
        return results


def _fetched(read: ReadUri, uri: str) -> bytes | str:
    try:
        return read(uri)
    except OSError:
        return "The picture could not be fetched."


def too_large() -> wire.BadRequest:
    """The refusal of a body that is larger than an endpoint takes."""
    return wire.BadRequest(f"A request may have at most {wire.MAX_BODY_BYTES // 1024**2} MB.", 413)
