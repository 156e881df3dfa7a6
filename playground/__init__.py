"""A strict local Slack and its page: an unmodified Slack app speaks to it over the wire, people by code or browser."""

from playground.errors import AppDidNotAnswer, SlackError
from playground.local import LocalSlack, serve
from playground.samples import Samples

__all__ = ["AppDidNotAnswer", "LocalSlack", "Samples", "SlackError", "serve"]
