"""Sealing: secrets that must be shown or used again are kept encrypted (AES-256-GCM)."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_LENGTH = 12


class Sealer:
    """Seals and opens short secrets with a key derived from the installation's secret."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(derived_key(key, purpose="sealing"))

    def seal(self, secret: str) -> bytes:
        """The secret encrypted: 12 bytes of nonce, then the text with its tag."""
        nonce = os.urandom(_NONCE_LENGTH)
        return nonce + self._cipher.encrypt(nonce, secret.encode(), None)

    def open(self, sealed: bytes) -> str:
        """The secret again. Raises cryptography.exceptions.InvalidTag when the key is another one."""
        return self._cipher.decrypt(sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:], None).decode()


def derived_key(key: bytes, *, purpose: str) -> bytes:
    """32 bytes for one purpose from the installation's secret (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"rolecall {purpose}".encode()).derive(key)
