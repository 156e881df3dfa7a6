"""What happens in, numbers that grow out: in Prometheus' form, and as log lines that CloudWatch counts (EMF).

The names are the same in both; the alarms and the dashboard in `infra/templates/app.yaml` use them.
"""

import json
import time
from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.photo_errors import PhotoError
from bot.query import Answer, EmptyQuery
from indexing.store import NoCatalogue
from inference.images import UnreadablePhoto

NAMESPACE = "Looksee"
"""In CloudWatch; on one machine the names begin with `looksee_`."""
DIMENSION = "Installation"
COUNTS = {
    "questions": "Messages, commands and clicks that asked for products.",
    "answers": "Questions that were answered, with products or with a sentence.",
    "no_hits": "Answers that found nothing, or nothing close.",
    "failed": "Questions that ended with an apology for a failure of ours, or without an answer.",
    "cold_starts": "Questions that found the encoder starting or throttled.",
}
TIMES = {
    "encode_ms": "Time to encode a question, photos fetched and decoded, in milliseconds.",
    "search_ms": "Time to search the store, in milliseconds.",
    "total_ms": "Time from a free thread to the finished answer, in milliseconds.",
    "waited_ms": "Time from the question's coming to its answer's being posted, in milliseconds.",
}
_BUCKETS_MS = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000)
_THEIRS = (EmptyQuery, PhotoError, UnreadablePhoto, NoCatalogue)
"""Errors that people or the keeper can mend: no failure of ours."""


class Figures:
    """Counts. Thread-safe."""

    def __init__(
        self,
        *,
        installation: str = "",
        write: Callable[[str], None] | None = None,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        """Begin at nought.

        Args:
            installation: whose figures these are, in CloudWatch.
            write: takes one line of JSON an event, without its end; None writes none.
            now_s: the clock, in seconds since 1970.
        """
        self._installation = installation
        self._write = write
        self._now_s = now_s
        self._registry = CollectorRegistry()
        self._counts = {
            name: Counter(f"looksee_{name}", text, registry=self._registry) for name, text in COUNTS.items()
        }
        self._times = {
            name: Histogram(f"looksee_{name}", text, registry=self._registry, buckets=_BUCKETS_MS)
            for name, text in TIMES.items()
        }

    def asked(self) -> None:
        """Somebody asked."""
        self._add({"questions": 1})

    def answered(self, answer: Answer | None, *, waited_ms: float | None = None) -> None:
        """A question was answered; None is a sentence."""
        numbers: dict[str, float] = {"answers": 1}
        if answer is not None:
            if not answer.hits or not answer.is_confident:
                numbers["no_hits"] = 1
            numbers |= {f"{step}_ms": ms for step, ms in answer.timings_ms.items() if f"{step}_ms" in TIMES}
        if waited_ms is not None:
            numbers["waited_ms"] = waited_ms
        self._add(numbers)

    def failed(self, error: Exception | None = None) -> None:
        """A question could not be answered; an error that people can mend themselves does not count."""
        if not isinstance(error, _THEIRS):
            self._add({"failed": 1})

    def met_cold_start(self) -> None:
        """A question found the encoder starting."""
        self._add({"cold_starts": 1})

    def exposition(self) -> bytes:
        """All figures in Prometheus' text form."""
        return generate_latest(self._registry)

    def _add(self, numbers: Mapping[str, float]) -> None:
        for name, value in numbers.items():
            if name in self._counts:
                self._counts[name].inc(value)
            else:
                self._times[name].observe(value)
        if self._write is not None:
            self._write(json.dumps(self._line(numbers), separators=(",", ":")))

    def _line(self, numbers: Mapping[str, float]) -> dict[str, object]:
        """An event in CloudWatch's embedded metric format."""
        metrics = [{"Name": name, "Unit": "Count" if name in COUNTS else "Milliseconds"} for name in numbers]
        about = {"Namespace": NAMESPACE, "Dimensions": [[DIMENSION]], "Metrics": metrics}
        told = {name: round(value, 2) for name, value in numbers.items()}
        frame = {"Timestamp": int(self._now_s() * 1000), "CloudWatchMetrics": [about]}
        return {"_aws": frame, DIMENSION: self._installation, **told}
