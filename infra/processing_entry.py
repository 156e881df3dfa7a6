"""What SageMaker starts on each instance of a Processing job: its share of a run's manifests in, their answers out.

```
/opt/ml/config/resourceconfig.json   {"current_host": "algo-2", "hosts": ["algo-1", "algo-2", ...]}
/opt/ml/output/message               one sentence, where it failed
```

Instance i of N takes every N-th manifest of what the job was given, from the i-th on; that list does not change, so no
two take the same. What is answered already is passed over. The encoder's image runs it: nothing is imported here
that is not in requirements/encoder.txt.
"""

import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import msgspec
from botocore.config import Config

from indexing import aws_run
from indexing.aws_run import Run
from inference import wire
from inference.decoding import PictureDecoder
from inference.encoder import Encoder
from inference.invocations import Invocations
from inference.model import find_model
from inference.model_archive import fetched_model
from inference.onnx import OnnxEncoder
from inference.s3 import reader

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_TEXTS_A_RUN = 256
_MOST_BYTES = 1000
"""SageMaker keeps 1 KB of what all instances say."""


class WrongModel(Exception):
    """The image or archive holds another model than the run's; the message says which."""


def main(root: Path, run: str, job: str, archive: str = "") -> int:
    """Encode this instance's share of a job; the exit code.

    Args:
        root: `/opt/ml`.
        run: the run's address.
        job: the name under which `note_job` wrote what the job is given.
        archive: address of the model's archive; empty where the model is in the image.
    """
    try:
        place = Run.at(run)
        config = json.loads((root / "config" / "resourceconfig.json").read_text())
        s3 = boto3.client("s3", config=Config(retries={"mode": "standard", "total_max_attempts": 8}))
        mine = share(aws_run.given(s3, place, job), config["current_host"], config["hosts"])
        print(f"{config['current_host']} of {len(config['hosts'])}: {len(mine):,} manifests", flush=True)
        encode_share(place, mine, s3, encoder_of(place, archive), _print)
    except Exception as error:  # noqa: BLE001 - whatever it is, the job's record must say it
        traceback.print_exc()
        _fail(root, str(error) or type(error).__name__)
        return 1
    return 0


def share(manifests: Sequence[str], host: str, hosts: Sequence[str]) -> list[str]:
    """Every N-th manifest, from this host's place among the N on."""
    return list(manifests[sorted(hosts).index(host) :: len(hosts)])


def encode_share(
    run: Run, manifests: Sequence[str], s3: "S3Client", encoder: Encoder, tell: Callable[[str], None]
) -> None:
    """Answer manifests one after another; each answer is put whole, or not at all.

    Args:
        run: where the answers go.
        manifests: their addresses.
        s3: a client.
        encoder: of the run's model.
        tell: given a line for each manifest.

    Raises:
        BadRequest: a manifest is none.
        ClientError, BotoCoreError: S3 refuses, or is away.
    """
    left = set(aws_run.unanswered(s3, run, "shards"))
    with PictureDecoder(workers=max(2, (os.cpu_count() or 2) // 2)) as decoder:
        decoder.warm()
        invocations = Invocations(encoder, decoder, serves="IMAGE", read=reader())
        for uri in manifests:
            if uri not in left:
                continue
            started, asked = time.monotonic(), aws_run.manifest(s3, uri)
            if aws_run.is_of_words(run, uri):
                answer = _of_words(asked, encoder)
            else:
                answer = invocations.answer(wire.LINES, asked)
            aws_run.answer(s3, run, uri, answer)
            lines, took_s = answer.count(b"\n"), time.monotonic() - started
            tell(f"answered {uri}: {lines:,} lines in {took_s:.1f} s")


def _of_words(asked: bytes, encoder: Encoder) -> bytes:
    """Answers for what products are called, with the text around it that the model wants."""
    texts = [encoder.prompt.format(words) for words in msgspec.json.Decoder(str).decode_lines(asked)]
    told: list[wire.ManifestResult] = []
    for start in range(0, len(texts), _TEXTS_A_RUN):
        some = texts[start : start + _TEXTS_A_RUN]
        vectors = map(wire.packed, encoder.encode_texts(some))
        told += (wire.ManifestResult(key=text, embedding=row) for text, row in zip(some, vectors, strict=True))
    return msgspec.json.Encoder().encode_lines(told)


def encoder_of(run: Run, archive: str) -> OnnxEncoder:
    """The encoder of a run's model.

    Args:
        run: whose.
        archive: address of the model's archive; empty where the model is in the image.

    Raises:
        WrongModel: the archive holds another.
        NoSuchModel, BrokenModel: see `find_model` and `fetched_model`.
    """
    folder = Path(tempfile.gettempdir()) / "looksee-models"  # where the image's user may write
    model = fetched_model(archive, folder, reader()) if archive else find_model(run.model_id)
    if model.model_id != run.model_id:
        raise WrongModel(f"The job has the model {model.model_id}, and the run is of {run.model_id}.")
    return OnnxEncoder(model)


def _fail(root: Path, sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
    short = sentence.encode()[:_MOST_BYTES].decode(errors="ignore")
    with suppress(OSError):  # the image's user is not root: SageMaker may not let it write here
        (root / "output").mkdir(parents=True, exist_ok=True)
        (root / "output" / "message").write_text(f"{short}\n", encoding="utf-8")


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
