"""Secret bytes that never show in a log and can be overwritten, and the key of the encrypted store."""

import ctypes
import hmac
import os
from typing import Final, NoReturn

from kzcase.domain.errors import NotPossibleNow

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
STORE_KEY_BYTES: Final = KEY_BYTES + SALT_BYTES


class Secret:
    """Bytes kept in one place, so that wiping them means something. Python may still have made copies."""

    __slots__ = ("_bytes",)
    __hash__ = None  # type: ignore[assignment]  # a secret is nobody's dictionary key

    def __init__(self, value: bytes | bytearray | memoryview) -> None:
        self._bytes = bytearray(value)

    @classmethod
    def fresh(cls, size: int = KEY_BYTES) -> "Secret":
        """`size` bytes from the operating system."""
        return cls(os.urandom(size))

    def reveal(self) -> bytearray:
        """The bytes themselves, not a copy; `NotPossibleNow` once they were wiped."""
        if not self._bytes:
            raise NotPossibleNow("keys")
        return self._bytes

    def wipe(self) -> None:
        """Overwrite and forget the bytes (best effort: not even swap or copies made by libraries)."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes = bytearray()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._bytes, other._bytes)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("secrets are not pickled")


def overwrite(value: bytes) -> None:
    """Overwrite bytes that a library handed over and nobody else refers to: Python would leave them in freed memory."""
    if len(value) > 1:  # shorter ones are shared by everybody
        ctypes.memset(id(value) + bytes.__basicsize__ - 1, 0, len(value))


class StoreKey(Secret):
    """What opens the encrypted database: 32 bytes of key and 16 bytes of SQLCipher salt."""

    __slots__ = ()

    def __init__(self, value: bytes | bytearray | memoryview) -> None:
        if len(value) != STORE_KEY_BYTES:
            raise ValueError("a store key has 48 bytes")
        super().__init__(value)

    @classmethod
    def fresh(cls, size: int = STORE_KEY_BYTES) -> "StoreKey":
        """A new key with a new salt."""
        return cls(os.urandom(size))

    @property
    def key(self) -> bytes:
        """The 32 bytes of key."""
        return bytes(self.reveal()[:KEY_BYTES])

    @property
    def salt(self) -> bytes:
        """The 16 bytes of salt."""
        return bytes(self.reveal()[KEY_BYTES:])

    def hex(self) -> str:
        """96 hexadecimal digits, key then salt, as `Connection.set_key()` takes them."""
        return self.reveal().hex()
