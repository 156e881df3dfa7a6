"""Where one encoding of a catalogue keeps what it has: what was asked, what was answered, in one prefix of a bucket.

A run is one catalogue and model. Each stage of `looksee aws encode` skips what the run has already:

```
RUN/rows.jsonl.gz               the catalogue's rows, pictures in S3 (indexing/aws_rows.py)
RUN/manifests/<digest>.jsonl    1,000 lines {"key": ..., "uri": "s3://..."}; never rewritten
RUN/words/<digest>.jsonl        for several instances: what 1,000 products are called, a JSON string a line
RUN/jobs/<job name>.json        what a job was given: the manifests (or pictures) that had no answers then
RUN/vectors/<digest>.jsonl.out  the answers, one line each, in that order; a bad picture costs its line
RUN/vectors/<name>.jpg.out      or, in the article's form, one picture's vector
RUN/words-vectors/<digest>.jsonl.out  the words' answers: a line each, whose key is the text that was encoded
```

An answer is also its manifest's done-marker: S3 shows an object whole or not at all, so that neither can be there
without the other. A picture is asked for once, whatever is killed: it is in a manifest or it is not, and a job gets
only manifests without answers. The ingest (`looksee aws ingest`) then finds every vector in the cache.

The encoder's image reads and writes runs too; nothing is imported here that it has not.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec

from inference import wire
from inference.ahead import ahead

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Form: TypeAlias = Literal["manifests", "article", "shards"]
"""One request for 1,000 pictures; one for each, as the article does it; or manifests and words, shared by instances."""
LINES_A_MANIFEST = 1000
"""At 100 bytes a line far below a request's limit, and minutes of work: what a failure costs at most."""
_READERS = 8
"""Answers that are on their way at once; a full one of 1,024 numbers a vector has 6 MB."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run keeps what it has; its name says the model, since vectors of two models must not mix."""

    bucket: str
    prefix: str
    """For example `runs/looksee-small-3f2a91/shop`."""

    @classmethod
    def at(cls, uri: str) -> "Run":
        """The run of an address.

        Raises:
            ValueError: not `s3://bucket/prefix`.
        """
        parts = urlsplit(uri)
        if parts.scheme != "s3" or not parts.netloc or not parts.path.strip("/"):
            raise ValueError(f"{uri!r} is no run; it looks like s3://bucket/runs/MODEL/CATALOGUE.")
        return cls(parts.netloc, parts.path.strip("/"))

    @property
    def uri(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"

    @property
    def model_id(self) -> str:
        return self.prefix.split("/")[-2] if "/" in self.prefix else ""

    @property
    def rows(self) -> str:
        return f"{self.prefix}/rows.jsonl.gz"

    @property
    def manifests(self) -> str:
        return f"{self.prefix}/manifests/"

    @property
    def jobs(self) -> str:
        return f"{self.prefix}/jobs/"

    @property
    def words(self) -> str:
        return f"{self.prefix}/words/"

    @property
    def vectors(self) -> str:
        return f"{self.prefix}/vectors/"

    @property
    def words_vectors(self) -> str:
        return f"{self.prefix}/words-vectors/"


def asked(s3: "S3Client", run: Run) -> Iterator[wire.ManifestLine]:
    """Every line of a run's manifests."""
    decoder = msgspec.json.Decoder(wire.ManifestLine)
    for _, body in _bodies(s3, run.bucket, run.manifests):
        yield from decoder.decode_lines(body)


def ask(s3: "S3Client", run: Run, uris: Iterable[str]) -> int:
    """Write manifests for the pictures that the run has not been asked for.

    Args:
        s3: a client.
        run: where to.
        uris: `s3://bucket/key`, in an order that is the same each time.

    Returns:
        How many pictures are new.
    """
    before = {line.uri for line in asked(s3, run)}
    new = (uri for uri in uris if uri not in before)
    return _written(
        s3, run, run.manifests, (wire.ManifestLine(key=urlsplit(uri).path.lstrip("/"), uri=uri) for uri in new)
    )


def ask_words(s3: "S3Client", run: Run, words: Iterable[str]) -> int:
    """The same for what products are called, without the model's prompt; each is asked for once.

    Returns:
        How many are new.
    """
    decoder = msgspec.json.Decoder(str)
    before = {text for _, body in _bodies(s3, run.bucket, run.words) for text in decoder.decode_lines(body)}
    return _written(s3, run, run.words, (text for text in dict.fromkeys(words) if text not in before))


def _written(s3: "S3Client", run: Run, folder: str, lines: Iterable[Any]) -> int:
    """Write lines, 1,000 an object that is called by what it holds; how many."""
    rest, count = iter(lines), 0
    while some := list(islice(rest, LINES_A_MANIFEST)):
        body = msgspec.json.Encoder().encode_lines(some)
        name = hashlib.sha256(body).hexdigest()[:16]
        s3.put_object(Bucket=run.bucket, Key=f"{folder}{name}.jsonl", Body=body)
        count += len(some)
    return count


def unanswered(s3: "S3Client", run: Run, form: Form = "manifests") -> list[str]:
    """The addresses of what has no answer yet: manifests, of words too where instances share them, or pictures."""
    if form == "article":
        return _without_answer(s3, run, [line.uri for line in asked(s3, run)], run.vectors)
    left = _without_answer(s3, run, _uris(s3, run, run.manifests), run.vectors)
    if form == "shards":
        left += _without_answer(s3, run, _uris(s3, run, run.words), run.words_vectors)
    return left


def _uris(s3: "S3Client", run: Run, folder: str) -> Iterator[str]:
    return (f"s3://{run.bucket}/{key}" for key in _keys(s3, run.bucket, folder))


def _without_answer(s3: "S3Client", run: Run, uris: Iterable[str], folder: str) -> list[str]:
    # SageMaker keeps the input's folders in the output's names, or does not, by how it was told of it; names suffice.
    answered = {PurePosixPath(key).name for key in _keys(s3, run.bucket, folder)}
    return [uri for uri in uris if f"{PurePosixPath(uri).name}.out" not in answered]


def manifest(s3: "S3Client", uri: str) -> bytes:
    """A manifest's bytes, which for pictures are a request's body."""
    place = urlsplit(uri)
    return _read(s3, place.netloc, place.path.lstrip("/"))


def answer(s3: "S3Client", run: Run, uri: str, body: bytes) -> None:
    """Put a manifest's whole answer where the run keeps it; from then on it counts as answered."""
    folder = run.words_vectors if is_of_words(run, uri) else run.vectors
    s3.put_object(Bucket=run.bucket, Key=f"{folder}{PurePosixPath(uri).name}.out", Body=body)


def is_of_words(run: Run, uri: str) -> bool:
    """True for a manifest of words, False for one of pictures."""
    return uri.startswith(f"s3://{run.bucket}/{run.words}")


def started_jobs(s3: "S3Client", run: Run) -> list[str]:
    """The names of a run's jobs, oldest first."""
    return sorted(PurePosixPath(key).stem for key in _keys(s3, run.bucket, run.jobs))


def note_job(s3: "S3Client", run: Run, name: str, uris: Sequence[str]) -> str:
    """Write what a job is given, before it is started: the name is then known, whatever is killed.

    Args:
        s3: a client.
        run: whose job.
        name: of the job.
        uris: of what it encodes, all in one bucket.

    Returns:
        The address of the list, for `transform_job`.
    """
    bucket = urlsplit(uris[0]).netloc
    listed = [{"prefix": f"s3://{bucket}/"}, *(urlsplit(uri).path.lstrip("/") for uri in uris)]
    s3.put_object(Bucket=run.bucket, Key=f"{run.jobs}{name}.json", Body=msgspec.json.encode(listed))
    return f"s3://{run.bucket}/{run.jobs}{name}.json"


def given(s3: "S3Client", run: Run, name: str) -> list[str]:
    """The addresses that `note_job` wrote for a job, in that order."""
    first, *keys = msgspec.json.decode(_read(s3, run.bucket, f"{run.jobs}{name}.json"))
    return [f"{first['prefix']}{key}" for key in keys]


def answers(s3: "S3Client", run: Run) -> Iterator[wire.ManifestResult]:
    """What became of each picture of a run, as far as it has answers.

    A result of the article's form has no sha256: that form tells nothing but the vector.
    """
    decoder = msgspec.json.Decoder(wire.ManifestResult)
    keys_by_name: dict[str, str] = {}
    for key, body in _bodies(s3, run.bucket, run.vectors):
        name = PurePosixPath(key).name.removesuffix(".out")
        if name.endswith(".jsonl"):
            yield from decoder.decode_lines(body)
            continue
        keys_by_name = keys_by_name or {PurePosixPath(line.key).name: line.key for line in asked(s3, run)}
        if name in keys_by_name:
            (row,) = wire.unit_rows(msgspec.json.decode(body, type=list[list[float]]))
            yield wire.ManifestResult(key=keys_by_name[name], embedding=wire.packed(row))


def words_answers(s3: "S3Client", run: Run) -> Iterator[wire.ManifestResult]:
    """The vectors of words, as far as they are answered; the key is the text that was encoded, prompt and all."""
    decoder = msgspec.json.Decoder(wire.ManifestResult)
    for _, body in _bodies(s3, run.bucket, run.words_vectors):
        yield from decoder.decode_lines(body)


def _bodies(s3: "S3Client", bucket: str, prefix: str) -> Iterator[tuple[str, bytes]]:
    """All objects under a prefix, by key, read ahead: S3 takes some 50 ms for each, and has many hands."""

    def read(key: str) -> tuple[str, bytes]:
        return key, _read(s3, bucket, key)

    return ahead(read, _keys(s3, bucket, prefix), threads=_READERS, most=_READERS)


def _read(s3: "S3Client", bucket: str, key: str) -> bytes:
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def _keys(s3: "S3Client", bucket: str, prefix: str) -> Iterator[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return (found["Key"] for page in pages for found in page.get("Contents", []))
