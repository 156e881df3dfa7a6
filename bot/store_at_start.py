"""Settings in, what keeps the bot from starting on its OpenSearch out, and what whoever starts it should know.

A catalogue that is yet to be made keeps nobody from starting: it is answered from as soon as it is there.
"""

from collections.abc import Iterator

from bot.adapters import generations_of
from bot.settings import BotSettings
from indexing.generation import Generation
from indexing.store import NoCatalogue, StoreUnavailable
from inference.encoder import Encoder
from inference.model import BrokenModel, NoSuchModel, find_model


def refusal(settings: BotSettings, encoder: Encoder | None = None) -> str:
    """The first reason why the bot cannot answer from OpenSearch, with its mend; empty where it can.

    Args:
        settings: with an OpenSearch; without one nothing is looked at.
        encoder: the one that will be used, where it is not the one that each generation names.
    """
    if settings.opensearch is None:
        return ""
    from indexing.opensearch_check import check  # a third of a second that the embedded store does not need

    for name in _names(settings):
        if problems := check(settings.opensearch, name, needs_catalogue=False):
            return problems[0]
        try:
            live = generations_of(settings, name).live()
        except (StoreUnavailable, NoCatalogue) as error:
            return str(error)
        if live is not None and (reason := _other_model(live, settings, encoder)):
            return reason
    return ""


def notes(settings: BotSettings) -> Iterator[str]:
    """What is no reason not to start, a sentence each: a catalogue that is yet to be made, what the server lacks."""
    for name in _names(settings):
        try:
            live = generations_of(settings, name).live()
        except (StoreUnavailable, NoCatalogue):
            continue
        if live is None:
            option = "" if name == "default" else f" --catalogue {name}"
            yield (
                f"There is no catalogue {name} yet; `looksee index SOURCE{option}` makes one, and the bot answers "
                f"from it at once."
            )
    if settings.opensearch is not None:
        from indexing.opensearch_check import lacks

        yield from lacks(settings.opensearch)


def _names(settings: BotSettings) -> list[str]:
    return list(dict.fromkeys((settings.catalogue, *settings.channel_catalogues.values())))


def _other_model(live: Generation, settings: BotSettings, encoder: Encoder | None) -> str:
    """Why an index's vectors and those of the encoder do not belong together; empty where they do."""
    if encoder is not None:
        model_id, dim = encoder.model_id, encoder.dim
    else:
        try:
            model = find_model(live.model_id, settings.data_dir)
        except (NoSuchModel, BrokenModel):
            return (
                f"The index {live.name} was built by the model {live.model_id}, which is not here; "
                f"`looksee model get {live.model_id}`, or index again."
            )
        model_id, dim = model.model_id, model.description.dim
    if model_id != live.model_id:
        return (
            f"The index {live.name} was built by the model {live.model_id} and the encoder is {model_id}; "
            f"use that model, or index again."
        )
    if dim != live.dim:
        return f"The index {live.name} holds vectors of {live.dim} numbers and {model_id} makes {dim}; index again."
    return ""
