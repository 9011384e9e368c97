"""Every page of an encrypted database and of its log, decrypted by hand: what somebody with the store key can see."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
WAL_HEAD, FRAME_HEAD = 32, 24


def plain_pages(database: Path, key: bytes) -> Iterator[bytes]:
    """SQLCipher 4: AES-256-CBC, the vector in the last bytes of each page; page 1 begins with the salt."""
    content = database.read_bytes()
    for at in range(0, len(content), PAGE):
        yield _plain(content[at : at + PAGE], key, first=at == 0)
    log = database.with_name(database.name + "-wal")
    frames = log.read_bytes()[WAL_HEAD:] if log.exists() else b""
    for at in range(0, len(frames), FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        yield _plain(frames[at + FRAME_HEAD : at + FRAME_HEAD + PAGE], key, first=number == 1)


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    vector = page[PAGE - RESERVED :][:IV]
    closed = page[SALT if first else 0 : PAGE - RESERVED]
    decryptor = Cipher(algorithms.AES(key[:32]), modes.CBC(vector)).decryptor()
    return decryptor.update(closed) + decryptor.finalize()
