"""A distribution as CloudFront answers: the signature and the end of a URL are checked, then the object is read."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_ID = "K2JCJMDEHXQW5F"
ADDRESS = "https://d111111abcdef8.cloudfront.net"


class Distribution:
    """One that serves `thumbnails/` of a bucket to those who bring a signed URL."""

    def __init__(self, public_key: str, s3: Any, bucket: str, *, now_s: Callable[[], float] = time.time) -> None:
        key = serialization.load_pem_public_key(public_key.encode())
        assert isinstance(key, rsa.RSAPublicKey)
        self._key = key
        self._s3 = s3
        self._bucket = bucket
        self._now_s = now_s

    def get(self, url: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        name = urlsplit(url).path.lstrip("/")
        if not self.is_signed(url):
            return 403, "text/xml", b""
        if not name.startswith("thumbnails/"):  # the bucket's policy gives CloudFront nothing else
            return 403, "text/xml", b""
        try:
            found = self._s3.get_object(Bucket=self._bucket, Key=name)
        except ClientError:
            return 403, "text/xml", b""
        return 200, found["ContentType"], found["Body"].read()

    def is_signed(self, url: str) -> bool:
        """True for an address that the key's owner signed and that has not ended."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        if asked.get("Key-Pair-Id") != KEY_ID or int(asked.get("Expires", "0")) <= self._now_s():
            return False
        told = {
            "Resource": url.partition("?")[0],
            "Condition": {"DateLessThan": {"AWS:EpochTime": int(asked["Expires"])}},
        }
        policy = json.dumps({"Statement": [told]}, separators=(",", ":")).encode()
        signature = base64.b64decode(asked["Signature"].translate(str.maketrans("-_~", "+=/")))
        try:
            self._key.verify(signature, policy, padding.PKCS1v15(), hashes.SHA1())
        except InvalidSignature:
            return False
        return True


def key_pair() -> tuple[str, str]:
    """An RSA key and its public half, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()
