"""The `Memory` port in one DynamoDB table: several bots on several machines may share it.

Partition key `pk` is the workspace, sort key `sk` the thing in it, so that a workspace is read and erased as one. An
open question has the attributes `open` and `lease_until_s`, the keys of the sparse index `open`. `expires_s` is the
table's time-to-live; since DynamoDB honours it only within days, `clean` erases punctually and reads leave out what is
over.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

from bot.memory import (
    MOST_RECENT,
    MOST_SAVED,
    QUESTION_LIFETIME_S,
    Claim,
    MemoryUnavailable,
    Person,
    Place,
    Preferences,
    QuestionKey,
    Recent,
    Saved,
    Thread,
    Turn,
    Verdict,
    Workspace,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_THREAD_BYTES = 350_000
"""An item may have 400 kB; the oldest turns go where photos' embeddings make a conversation larger."""
_OPEN = "open"
_ATTEMPTS = 10
_WRITE = TypeSerializer().serialize
_READ = TypeDeserializer().deserialize
Row = dict[str, Any]

TABLE: dict[str, Any] = {
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
        {"AttributeName": "open", "AttributeType": "S"},
        {"AttributeName": "lease_until_ms", "AttributeType": "N"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": _OPEN,
            "KeySchema": [
                {"AttributeName": "open", "KeyType": "HASH"},
                {"AttributeName": "lease_until_ms", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
"""The table as `infra/` makes it, and as tests do."""


class DynamoMemory:
    """See `Memory`. Thread-safe, as boto3's clients are."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        *,
        retention_days: float = 30.0,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        """Use a table that is there already.

        Args:
            client: a `dynamodb` client with short timeouts.
            table: made as `TABLE` says, with `expires_s` as its time-to-live.
            retention_days: how long conversations, searches and thumbs are kept.
            now_s: the clock, in seconds since 1970.
        """
        self._client = client
        self._table = table
        self._retention_s = retention_days * 24 * 3600
        self._now_s = now_s

    # Questions

    def claim(self, key: QuestionKey, *, user: str, payload: Mapping[str, Any], lease_s: float) -> Claim | None:
        """See `Memory.claim`."""
        now_s, holder = self._now_s(), secrets.token_hex(8)
        row = {
            **_of_question(key),
            "user": user,
            "holder": holder,
            "attempt": 1,
            "open": _OPEN,
            "lease_until_ms": _ms(now_s + lease_s),
            "received_ms": _ms(now_s),
            "payload": msgspec.json.encode(payload),
            "key": msgspec.json.encode(key),
            "expires_s": int(now_s + QUESTION_LIFETIME_S),
        }
        if not self._put(row, only_if="attribute_not_exists(pk)"):
            return None
        return Claim(key=key, user=user, holder=holder, attempt=1, payload=payload, received_s=now_s)

    def renew(self, claim: Claim, *, lease_s: float) -> bool:
        """See `Memory.renew`."""
        return self._update(
            _of_question(claim.key),
            "SET lease_until_ms = :until",
            {":until": _ms(self._now_s() + lease_s), ":holder": claim.holder},
            only_if="holder = :holder AND attribute_exists(payload)",
        )

    def finish(self, claim: Claim) -> None:
        """See `Memory.finish`."""
        # The index key goes too: an answered question is no longer in the index, and nothing of its text is left.
        self._update(
            _of_question(claim.key),
            "SET #user = :nobody REMOVE payload, #open, lease_until_ms",
            {":nobody": "", ":holder": claim.holder},
            only_if="holder = :holder",
            names={"#open": "open", "#user": "user"},
        )

    def take_expired(self, *, lease_s: float, most: int) -> list[Claim]:
        """See `Memory.take_expired`."""
        now_s = self._now_s()
        rows = self._query(
            "#open = :open AND lease_until_ms <= :now",
            {":open": _OPEN, ":now": _ms(now_s)},
            index=_OPEN,
            names={"#open": "open"},
        )
        found = [(msgspec.json.decode(row["key"], type=QuestionKey), row) for row in rows]
        taken: list[Claim] = []
        for key, row in sorted(found, key=lambda pair: pair[0].ts):
            if len(taken) == most:
                break
            if claim := self._taken(key, row, lease_s):
                taken.append(claim)
        return taken

    def _taken(self, key: QuestionKey, row: Row, lease_s: float) -> Claim | None:
        """The claim on an expired question, if nobody else was quicker."""
        holder, attempt = secrets.token_hex(8), int(row["attempt"]) + 1
        is_ours = self._update(
            _of_question(key),
            "SET holder = :new, attempt = :attempt, lease_until_ms = :until",
            {
                ":new": holder,
                ":attempt": attempt,
                ":until": _ms(self._now_s() + lease_s),
                ":old": row["holder"],
                ":seen": row["lease_until_ms"],
            },
            # The index may lag behind: a lease that was renewed, or a question that was answered, is not taken.
            only_if="holder = :old AND lease_until_ms = :seen AND attribute_exists(payload)",
        )
        if not is_ours:
            return None
        return Claim(
            key=key,
            user=row["user"],
            holder=holder,
            attempt=attempt,
            payload=msgspec.json.decode(row["payload"]),
            received_s=int(row["received_ms"]) / 1000,
        )

    def has_earlier(self, key: QuestionKey) -> bool:
        """See `Memory.has_earlier`."""
        own = _of_question(key)
        first = own["sk"].removesuffix(f"{key.ts}#{key.revision}")
        rows = self._query(
            "pk = :pk AND sk BETWEEN :first AND :own",
            {":pk": own["pk"], ":first": first, ":own": own["sk"]},
            only="attribute_exists(payload)",
        )
        return any(row["sk"] != own["sk"] for row in rows)

    # Conversations

    def thread(self, place: Place) -> Thread:
        """See `Memory.thread`."""
        row = self._get(_of_thread(place))
        if row is None:
            return Thread()
        return Thread(version=int(row["version"]), turns=msgspec.json.decode(row["turns"], type=tuple[Turn, ...]))

    def put_thread(self, place: Place, thread: Thread) -> bool:
        """See `Memory.put_thread`."""
        turns = thread.turns
        while len(encoded := msgspec.json.encode(turns)) > MOST_THREAD_BYTES and len(turns) > 1:
            turns = turns[1:]
        row = {
            **_of_thread(place),
            "version": thread.version + 1,
            "turns": encoded,
            "expires_s": int(self._now_s() + self._retention_s),
        }
        if thread.version == 0:
            return self._put(row, only_if="attribute_not_exists(pk)")
        return self._put(row, only_if="version = :seen", values={":seen": thread.version})

    # People

    def preferences(self, person: Person) -> Preferences:
        """See `Memory.preferences`."""
        row = self._get(_of_person(person, "preferences"))
        return msgspec.json.decode(row["chosen"], type=Preferences) if row else Preferences()

    def prefer(self, person: Person, preferences: Preferences) -> None:
        """See `Memory.prefer`."""
        self._put({**_of_person(person, "preferences"), "chosen": msgspec.json.encode(preferences)})

    def save(self, person: Person, saved: Saved) -> None:
        """See `Memory.save`."""
        kept = msgspec.structs.replace(saved, saved_s=self._now_s())
        self._put({**_of_person(person, "saved", saved.product), **self._touched(), "saved": msgspec.json.encode(kept)})
        self._keep_newest(person, "saved", MOST_SAVED)

    def unsave(self, person: Person, product: str) -> None:
        """See `Memory.unsave`."""
        self._delete([_of_person(person, "saved", product)])

    def saved(self, person: Person) -> list[Saved]:
        """See `Memory.saved`."""
        return [msgspec.json.decode(row["saved"], type=Saved) for row in self._newest(person, "saved")]

    def searched(self, person: Person, recent: Recent) -> None:
        """See `Memory.searched`."""
        kept = msgspec.structs.replace(recent, asked_s=self._now_s())
        name = hashlib.sha256(msgspec.json.encode(recent.query)).hexdigest()
        expires = {"expires_s": int(self._now_s() + self._retention_s)}
        row = {**_of_person(person, "search", name), **self._touched(), **expires}
        self._put({**row, "search": msgspec.json.encode(kept)})
        self._keep_newest(person, "search", MOST_RECENT)

    def recent(self, person: Person) -> list[Recent]:
        """See `Memory.recent`."""
        return [msgspec.json.decode(row["search"], type=Recent) for row in self._newest(person, "search")]

    def judge(self, person: Person, place: Place, ts: str, verdict: Verdict) -> None:
        """See `Memory.judge`."""
        expires = {"expires_s": int(self._now_s() + self._retention_s)}
        name = f"{place.channel}#{place.thread}#{ts}"
        self._put({**_of_person(person, "judged", name), **self._touched(), **expires, "verdict": verdict})

    # The end of things

    def forget(self, person: Person) -> None:
        """See `Memory.forget`."""
        workspace = _of_workspace(person.workspace)
        self._delete(self._in_workspace(workspace, _of_person(person, "")["sk"]))
        questions = self._query(
            "pk = :pk AND begins_with(sk, :question)",
            {":pk": workspace, ":question": "question#", ":user": person.user},
            only="#user = :user",
            names={"#user": "user"},
        )
        self._delete(questions)
        for row in list(self._in_workspace(workspace, "thread#")):
            self._forget_in_thread(row, person.user)

    def _forget_in_thread(self, row: Row, user: str) -> None:
        """Take a person's turns out of a conversation, however often others write to it meanwhile."""
        for _ in range(_ATTEMPTS):
            turns = msgspec.json.decode(row["turns"], type=tuple[Turn, ...])
            others = tuple(turn for turn in turns if turn.user != user)
            if len(others) == len(turns):
                return
            changed = {**row, "version": int(row["version"]) + 1, "turns": msgspec.json.encode(others)}
            seen = {":seen": row["version"]}
            if others and self._put(changed, only_if="version = :seen", values=seen):
                return
            if not others and self._delete_one(row, only_if="version = :seen", values=seen):
                return
            again = self._get({"pk": row["pk"], "sk": row["sk"]})
            if again is None:
                return
            row = again
        raise MemoryUnavailable("a conversation changes too fast to take a person's questions out of it")

    def uninstall(self, workspace: Workspace) -> None:
        """See `Memory.uninstall`."""
        if workspace.team:
            self._delete(self._in_workspace(_of_workspace(workspace), ""))
        else:
            self._delete(self._over("begins_with(pk, :enterprise)", {":enterprise": _of_workspace(workspace)}))

    def clean(self) -> None:
        """See `Memory.clean`."""
        self._delete(self._over("expires_s <= :now", {":now": int(self._now_s())}))

    def close(self) -> None:
        """Give connections back."""
        self._client.close()

    def _over(self, where: str, values: Mapping[str, Any]) -> Iterator[Row]:
        """The keys of what meets a condition, wherever it is: the whole table is read."""
        with _translated():
            pages = self._client.get_paginator("scan").paginate(
                TableName=self._table,
                FilterExpression=where,
                ExpressionAttributeValues={name: _WRITE(value) for name, value in values.items()},
                ProjectionExpression="pk, sk",
            )
            for page in pages:
                yield from (_read(item) for item in page["Items"])

    def _touched(self) -> Row:
        return {"touched_ms": _ms(self._now_s())}

    def _newest(self, person: Person, kind: str) -> list[Row]:
        rows = self._in_workspace(_of_workspace(person.workspace), _of_person(person, kind, "")["sk"])
        return sorted(rows, key=lambda row: int(row["touched_ms"]), reverse=True)

    def _keep_newest(self, person: Person, kind: str, most: int) -> None:
        self._delete(self._newest(person, kind)[most:])

    # DynamoDB

    def _in_workspace(self, pk: str, prefix: str) -> Iterator[Row]:
        if not prefix:
            return self._query("pk = :pk", {":pk": pk}, with_over=True)
        return self._query("pk = :pk AND begins_with(sk, :prefix)", {":pk": pk, ":prefix": prefix})

    def _get(self, key: Row) -> Row | None:
        with _translated():
            found = self._client.get_item(TableName=self._table, Key=_written(key), ConsistentRead=True)
        row = _read(found["Item"]) if "Item" in found else None
        return row if row is not None and not self._is_over(row) else None

    def _is_over(self, row: Row) -> bool:
        return "expires_s" in row and int(row["expires_s"]) <= self._now_s()

    def _put(self, row: Row, *, only_if: str = "", values: Row | None = None) -> bool:
        """Write an item whole; False where the condition does not hold."""
        condition: dict[str, Any] = {"ConditionExpression": only_if} if only_if else {}
        if values:
            condition["ExpressionAttributeValues"] = _written(values)
        with _translated():
            try:
                self._client.put_item(TableName=self._table, Item=_written(row), **condition)
            except self._client.exceptions.ConditionalCheckFailedException:
                return False
        return True

    def _update(self, key: Row, change: str, values: Row, *, only_if: str, names: dict[str, str] | None = None) -> bool:
        more: dict[str, Any] = {"ExpressionAttributeNames": names} if names else {}
        with _translated():
            try:
                self._client.update_item(
                    TableName=self._table,
                    Key=_written({"pk": key["pk"], "sk": key["sk"]}),
                    UpdateExpression=change,
                    ConditionExpression=only_if,
                    ExpressionAttributeValues=_written(values),
                    **more,
                )
            except self._client.exceptions.ConditionalCheckFailedException:
                return False
        return True

    def _query(
        self,
        condition: str,
        values: Row,
        *,
        index: str = "",
        only: str = "",
        names: dict[str, str] | None = None,
        with_over: bool = False,
    ) -> Iterator[Row]:
        asked: dict[str, Any] = {"IndexName": index} if index else {"ConsistentRead": True}
        if only:
            asked["FilterExpression"] = only
        if names:
            asked["ExpressionAttributeNames"] = names
        with _translated():
            pages = self._client.get_paginator("query").paginate(
                TableName=self._table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=_written(values),
                **asked,
            )
            for page in pages:
                rows = (_read(item) for item in page["Items"])
                yield from (row for row in rows if with_over or not self._is_over(row))

    def _delete(self, rows: Iterator[Row] | Sequence[Row]) -> None:
        for row in list(rows):
            self._delete_one(row)

    def _delete_one(self, row: Row, *, only_if: str = "", values: Row | None = None) -> bool:
        condition: dict[str, Any] = {"ConditionExpression": only_if} if only_if else {}
        if values:
            condition["ExpressionAttributeValues"] = _written(values)
        with _translated():
            try:
                key = _written({"pk": row["pk"], "sk": row["sk"]})
                self._client.delete_item(TableName=self._table, Key=key, **condition)
            except self._client.exceptions.ConditionalCheckFailedException:
                return False
        return True


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise MemoryUnavailable(f"DynamoDB did not do it: {type(error).__name__}") from error


def _ms(seconds: float) -> int:
    """Numbers are whole: DynamoDB takes no floats, and milliseconds are fine enough."""
    return round(seconds * 1000)


def _written(row: Row) -> dict[str, Any]:
    return {name: _WRITE(value) for name, value in row.items()}


def _read(item: Mapping[str, Any]) -> Row:
    # The deserializer would wrap bytes in a class of its own.
    return {name: value["B"] if "B" in value else _READ(value) for name, value in item.items()}


def _of_workspace(workspace: Workspace) -> str:
    return f"{workspace.enterprise}#{workspace.team}"


def _of_person(person: Person, kind: str, name: str | None = None) -> Row:
    parts = ["person", person.user, kind] if name is None else ["person", person.user, kind, name]
    return {"pk": _of_workspace(person.workspace), "sk": "#".join(parts)}


def _of_thread(place: Place) -> Row:
    return {"pk": _of_workspace(place.workspace), "sk": f"thread#{place.channel}#{place.thread}"}


def _of_question(key: QuestionKey) -> Row:
    place = key.place
    sk = f"question#{place.channel}#{place.thread}#{key.app}#{key.ts}#{key.revision}"
    return {"pk": _of_workspace(place.workspace), "sk": sk}
