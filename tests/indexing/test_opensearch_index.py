"""A row as it is sent to OpenSearch, without a server."""

import numpy as np
import orjson

from indexing.opensearch_index import documents_of, encoded
from tests.indexing.shop import row


def test_a_vector_is_sent_in_whole_numbers_of_the_same_direction() -> None:
    sent = row(4)

    name, document = next(iter(documents_of(sent)))
    told = orjson.loads(encoded("index", name, document).splitlines()[1])["picture_vector"]

    assert all(isinstance(number, int) for number in told)
    own = sent.pictures[0].embedding
    cosine = np.dot(told, own) / np.linalg.norm(told) / np.linalg.norm(own)
    assert cosine > 1 - 1e-7
