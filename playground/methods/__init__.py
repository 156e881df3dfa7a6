"""The Web API's methods, one module for each family; importing this package fills the table in `calls`."""

from playground.methods import apps, assistant, chat, conversations, files, people, views

__all__ = ["apps", "assistant", "chat", "conversations", "files", "people", "views"]
