"""What may be said of an OpenSearch, and what is refused before anything is sent."""

import pytest

from indexing.opensearch_client import connect
from indexing.opensearch_settings import OpenSearchSettings
from indexing.settings import BadSetting


def read(**env: str) -> OpenSearchSettings:
    return OpenSearchSettings.from_env({f"LOOKSEE_OPENSEARCH_{name}": value for name, value in env.items()})


def test_an_address_alone_is_enough_for_this_machine() -> None:
    settings = read(URL="http://127.0.0.1:9200")

    assert (settings.access, settings.engine, settings.prefix) == ("none", "faiss", "looksee")
    assert settings.is_loopback


def test_a_user_means_basic_access_and_the_password_is_never_shown() -> None:
    settings = read(URL="https://search.example.com", USER="looksee", PASSWORD="hunter2")

    assert settings.access == "basic"
    assert "hunter2" not in repr(settings)


def test_several_nodes_are_parted_by_spaces() -> None:
    assert read(URL="http://localhost:9200 http://localhost:9201/").urls == (
        "http://localhost:9200",
        "http://localhost:9201",
    )


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({}, "must be an address"),
        ({"URL": "search.example.com"}, "must be an address"),
        ({"URL": "https://search.example.com/path"}, "must be an address"),
        ({"URL": "https://search.example.com"}, "without credentials is used on this machine only"),
        ({"URL": "http://search.example.com", "USER": "u", "PASSWORD": "p"}, "must begin with https"),
        ({"URL": "http://127.0.0.1:9200 http://10.0.0.1:9200"}, "this machine only"),
        ({"URL": "https://search.example.com", "ACCESS": "basic"}, "needs LOOKSEE_OPENSEARCH_USER"),
        ({"URL": "https://search.example.com", "ACCESS": "es"}, "needs LOOKSEE_OPENSEARCH_REGION"),
        ({"URL": "https://search.example.com", "ACCESS": "magic"}, "may be none, basic, es, aoss"),
        ({"URL": "https://x.aoss.amazonaws.com", "ACCESS": "aoss"}, "Serverless cannot hold a catalogue"),
        ({"URL": "http://127.0.0.1:9200", "ENGINE": "nmslib"}, "may be faiss, lucene"),
        ({"URL": "http://127.0.0.1:9200", "ENGINE": "lucene", "COMPRESSION": "fp16"}, "no compression fp16"),
        ({"URL": "http://127.0.0.1:9200", "M": "many"}, "whole number"),
        ({"URL": "http://127.0.0.1:9200", "REPLICAS": "-1"}, "whole number"),
        ({"URL": "http://127.0.0.1:9200", "PREFIX": "Looksee"}, "small letters"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(env: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadSetting, match=sentence):
        read(**env)


def test_an_aws_signature_needs_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")

    with pytest.raises(BadSetting, match="no AWS credentials"):
        connect(read(URL="https://search.example.com", ACCESS="es", REGION="us-east-1"))
