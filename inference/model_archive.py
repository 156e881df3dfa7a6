"""A model's archive in S3 in, its folder among the models out: what a training job makes, and endpoints are given."""

import hashlib
import io
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from inference.model import BrokenModel, Model, read_model


def fetched_model(uri: str, models: Path, read: Callable[[str], bytes]) -> Model:
    """The model of an archive; fetched once.

    Args:
        uri: `s3://bucket/key` of a `model.tar.gz` with `model.json` at its root.
        models: the folder of models.
        read: the bytes behind an address; raises OSError.

    Raises:
        BrokenModel: it cannot be read, or is no model's.
    """
    marker = models / f".{hashlib.sha256(uri.encode()).hexdigest()[:16]}.fetched"
    if marker.is_file() and (models / marker.read_text()).is_dir():
        return read_model(models / marker.read_text())
    try:
        packed = read(uri)
    except OSError as error:
        raise BrokenModel(f"{uri} cannot be read ({error}); name an archive that `looksee aws train` made.") from error
    models.mkdir(parents=True, exist_ok=True)
    model = unpacked(packed, models, called=uri)
    marker.write_text(model.folder.name)
    return model


def unpacked(packed: bytes, models: Path, *, called: str) -> Model:
    """Unpack an archive among the models; one that is there already is left.

    Raises:
        BrokenModel: it is no archive, or no model's.
    """
    with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=models) as folder:
        pending = Path(folder) / "model"
        try:
            with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
                tar.extractall(pending, filter="data")
        except (tarfile.TarError, OSError, EOFError) as error:
            raise BrokenModel(f"{called} is no sound model.tar.gz; train or pack the model again.") from error
        model = read_model(pending)
        model.verify()
        target = models / model.model_id
        if not target.is_dir():
            shutil.move(pending, target)
    return read_model(target)
