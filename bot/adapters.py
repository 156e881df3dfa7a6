"""Settings in, the adapters that they name out: memory, generations, encoders, pictures. `bot.app` and the doctor ask.

What belongs to AWS is imported where it is chosen, so that a bot on one machine needs none of it.
"""

import threading
from collections.abc import Callable
from typing import Any

from bot.catalogue import Catalogues, EncoderOf
from bot.memory import Memory
from bot.memory_sqlite import SqliteMemory
from bot.settings import BotSettings
from bot.thumbnails import OwnPictures, Pictures
from indexing.chosen import chosen_generations
from indexing.generation import Generations
from indexing.store import WrongModel
from inference.decoding import PictureDecoder
from inference.encoder import Encoder
from inference.model import BrokenModel, Model, NoSuchModel, find_model
from inference.onnx import OnnxEncoder


def memory_of(settings: BotSettings) -> Memory:
    """The memory: a file in the data folder, or a DynamoDB table."""
    if settings.memory == "sqlite":
        return SqliteMemory(settings.memory_file, retention_days=settings.retention_days)
    from bot.memory_dynamodb import DynamoMemory

    client = aws_client("dynamodb", timeout_s=2.0, attempts=3)
    return DynamoMemory(client, settings.memory_table, retention_days=settings.retention_days)


def generations_of(settings: BotSettings, catalogue: str) -> Generations:
    """The generations of a catalogue: in the data folder, or in OpenSearch."""
    return chosen_generations(settings.opensearch, settings.data_dir, catalogue)


def encoder_of(settings: BotSettings, given: Encoder | None = None) -> EncoderOf:
    """What finds the encoder that a generation names: the given one, a model in this process, or an endpoint."""
    opened: dict[str, Encoder] = {given.model_id: given} if given else {}
    make = _endpoint_encoder(settings) if settings.encoder == "sagemaker" else OnnxEncoder
    lock = threading.Lock()

    def find(model_id: str) -> Encoder:
        with lock:
            if model_id not in opened:
                if given is not None:
                    raise WrongModel(f"the index was built by {model_id}, and {given.model_id} asks")
                try:
                    opened[model_id] = make(find_model(model_id, settings.data_dir))
                except (NoSuchModel, BrokenModel) as error:
                    raise WrongModel(f"the index was built by {model_id}, which is not here") from error
            return opened[model_id]

    return find


def pictures_of(settings: BotSettings, catalogues: Catalogues, decoder: PictureDecoder) -> Pictures:
    """What shows pictures: the bot's own address, or a bucket behind CloudFront.

    Raises:
        BadSetting: the key that signs URLs is none.
    """
    key_file, wanted = settings.data_dir / "thumbnails.key", settings.picture_bucket
    if wanted is None:
        return OwnPictures(catalogues, decoder, settings.fetch, public_url=settings.public_url, key_file=key_file)
    from bot.thumbnails_s3 import BucketPictures, CloudFrontUrls

    urls = CloudFrontUrls(wanted.address, key_id=wanted.key_id, private_key=wanted.private_key)
    s3 = aws_client("s3", timeout_s=5.0, attempts=2)
    own = OwnPictures(catalogues, decoder, settings.fetch, public_url="", key_file=key_file)
    return BucketPictures(own, s3, wanted.bucket, urls)


def aws_client(service: str, *, timeout_s: float, attempts: int) -> Any:
    """A boto3 client for a question that somebody waits for.

    Args:
        service: as boto3 names it.
        timeout_s: silence after which an attempt is given up.
        attempts: tries in all; those after the first come after pauses of botocore's standard mode.
    """
    import boto3
    from botocore.config import Config

    retries: Any = {"mode": "standard", "total_max_attempts": attempts}
    config = Config(connect_timeout=2, read_timeout=timeout_s, retries=retries, max_pool_connections=32)
    return boto3.client(service, config=config)  # type: ignore[call-overload]  # its stub lists each service's name


def _endpoint_encoder(settings: BotSettings) -> Callable[[Model], Encoder]:
    """What asks the endpoint of a model, whose name is the prefix and the model_id."""
    import boto3

    from inference.sagemaker import EndpointModel, SageMakerEncoder, runtime_config

    runtime: Any = boto3.client("sagemaker-runtime", config=runtime_config())

    def make(model: Model) -> Encoder:
        about = model.description
        known = EndpointModel(model_id=model.model_id, dim=about.dim, picture_px=about.picture_px, prompt=about.prompt)
        name = f"{settings.endpoint_prefix}-{model.model_id}"
        return SageMakerEncoder(runtime, known, text_endpoint=name, image_endpoint=name)

    return make
