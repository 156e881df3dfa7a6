"""The bot's role may do in DynamoDB what the memory asks of it, and nothing else."""

import re

from infra.stacks import TEMPLATES

ROOT = TEMPLATES.parents[1]
PAGED = {"scan": "Scan", "query": "Query"}


def test_the_bot_may_call_exactly_what_the_memory_calls() -> None:
    memory = (ROOT / "bot" / "memory_dynamodb.py").read_text()
    called = {name.title().replace("_", "") for name in re.findall(r"_client\.(\w+_item)\(", memory)}
    called |= {PAGED[name] for name in re.findall(r'get_paginator\("(\w+)"\)', memory)}
    template = (TEMPLATES / "app.yaml").read_text()
    bot_role = template[template.index("  BotRole:") : template.index("  IndexRole:")]
    assert set(re.findall(r"dynamodb:(\w+)", bot_role)) == called
