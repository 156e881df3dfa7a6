"""A person in; the voice that speaks to them, and how many products an answer shows them, out."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.memory import Memory, MemoryUnavailable, Person, Preferences
from bot.sentences import Voice, say

_KEPT = 10_000
_KEPT_S = 3600.0


class People:
    """Asks Slack for a person's locale once an hour. Thread-safe."""

    def __init__(self, memory: Memory, now_s: Callable[[], float] = time.monotonic) -> None:
        self._memory = memory
        self._now_s = now_s
        self._locales: OrderedDict[Person, tuple[float, str]] = OrderedDict()
        self._lock = threading.Lock()

    def voice(self, client: WebClient, person: Person) -> Voice:
        """In the language that the person chose in Home, else in that of their Slack."""
        return say(self._chosen(person).locale or self._slack_locale(client, person))

    def page_size(self, person: Person) -> int:
        """Products in an answer."""
        return self._chosen(person).page_size

    def _chosen(self, person: Person) -> Preferences:
        try:
            return self._memory.preferences(person)
        except MemoryUnavailable:
            return Preferences()  # whoever needs more of the memory says that it is away

    def forget(self, person: Person) -> None:
        """Drop what is kept of a person here."""
        with self._lock:
            self._locales.pop(person, None)

    def _slack_locale(self, client: WebClient, person: Person) -> str:
        with self._lock:
            asked_s, locale = self._locales.get(person, (float("-inf"), ""))
        if self._now_s() - asked_s < _KEPT_S:
            return locale
        try:
            told = client.users_info(user=person.user, include_locale=True)
            locale = str((told.get("user") or {}).get("locale") or "")
        except (SlackClientError, HTTPException, OSError):
            return locale  # English, or what it was an hour ago; asked again at the next question
        with self._lock:
            self._locales[person] = (self._now_s(), locale)
            self._locales.move_to_end(person)
            while len(self._locales) > _KEPT:
                self._locales.popitem(last=False)
        return locale
