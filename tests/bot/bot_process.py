"""A bot in a process of its own, for tests that kill it: settings as JSON on the command line, over a toy catalogue."""

import json
import sys
import threading
from pathlib import Path

from bot.app import build_app
from bot.settings import BotSettings, SlackSettings
from indexing.embedded import EmbeddedGenerations
from tests.shelf import ENCODER

if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    settings = BotSettings(
        data_dir=Path(told["data_dir"]), slack=SlackSettings(**told["slack"]), lease_s=told["lease_s"], workers=4
    )
    bot = build_app(settings, encoder=ENCODER, generations=EmbeddedGenerations(Path(told["shop"])))
    bot.start()
    threading.Event().wait()
