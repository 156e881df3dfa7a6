"""What answers are made of, in one bundle; `build_app` chooses each."""

from dataclasses import dataclass

from bot.catalogue import Catalogues
from bot.figures import Figures
from bot.memory import Memory
from bot.slack.delivery import Delivery
from bot.slack.installations import Installations
from bot.slack.people import People
from bot.slack.photos import Photos
from bot.thumbnails import Pictures


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """The adapters and helpers that listeners and answers share. All are thread-safe."""

    memory: Memory
    catalogues: Catalogues
    photos: Photos
    pictures: Pictures
    installations: Installations
    delivery: Delivery
    people: People
    figures: Figures
