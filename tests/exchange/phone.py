"""A phone for tests: it reads an XForm, fills it in and closes the answers, each written from the specification anew.

Nothing here is taken from the product but the names of classes: RSA-OAEP, the mask, CFB and padding stand in full.
"""

import base64
import hashlib
import io
import os
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.serialization import load_der_public_key

H = "{http://www.w3.org/1999/xhtml}"
X = "{http://www.w3.org/2002/xforms}"
SUBMISSIONS = "http://opendatakit.org/submissions"
META = "http://openrosa.org/xforms"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _mask(seed: bytes, length: int, digest: str) -> bytes:
    made, counter = b"", 0
    while len(made) < length:
        made += hashlib.new(digest, seed + counter.to_bytes(4, "big")).digest()
        counter += 1
    return made[:length]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def rsa_closed(public: bytes, message: bytes, mask: str = "sha256") -> bytes:
    """RFC 8017, 7.1.1: OAEP with SHA-256, an empty label, and a mask of either digest."""
    numbers = load_der_public_key(public).public_numbers()  # type: ignore[union-attr]
    size = (numbers.n.bit_length() + 7) // 8  # type: ignore[union-attr]
    label, seed = hashlib.sha256(b"").digest(), os.urandom(32)
    block = label + bytes(size - len(message) - 2 * 32 - 2) + b"\x01" + message
    masked = _xor(block, _mask(seed, len(block), mask))
    whole = b"\x00" + _xor(seed, _mask(masked, 32, mask)) + masked
    return pow(int.from_bytes(whole, "big"), numbers.e, numbers.n).to_bytes(size, "big")  # type: ignore[union-attr]


def aes_closed(key: bytes, vector: bytes, plain: bytes) -> bytes:
    """AES-256 in CFB with whole blocks of feedback, padded as PKCS #7 does."""
    count = 16 - len(plain) % 16
    padded, block, made = plain + bytes([count]) * count, vector, b""
    encryptor = Cipher(AES(key), ECB()).encryptor()
    for at in range(0, len(padded), 16):
        block = _xor(padded[at : at + 16], encryptor.update(block))
        made += block
    return made


@dataclass
class Phone:
    """One blank form on a phone."""

    blank: bytes
    mask: str = "sha256"
    photos: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root = ElementTree.fromstring(self.blank)
        model = self._root.find(f"{H}head/{X}model")
        assert model is not None
        instance = model.find(f"{X}instance")
        assert instance is not None
        self._primary = instance[0]
        submission = model.find(f"{X}submission")
        self.key = base64.b64decode(submission.get("base64RsaPublicKey", "")) if submission is not None else b""

    @property
    def form_id(self) -> str:
        return self._primary.get("id", "")

    @property
    def edition(self) -> str:
        return next((value for name, value in self._primary.attrib.items() if _local(name) == "version"), "")

    def filled(self, answers: Mapping[str, str], instance: str = "", case: str = "") -> bytes:
        """The instance with these answers by display path, as Collect would finish it."""
        root = ElementTree.fromstring(ElementTree.tostring(self._primary))
        for template in [inner for inner in root.iter() for child in inner if "template" in str(child.attrib)]:
            for child in [c for c in template if any(_local(n) == "template" for n in c.attrib)]:
                template.remove(child)
        for path, value in {**answers, **({"kzcase_case": case} if case else {})}.items():
            self._place(root, path).text = value
        meta = next(inner for inner in root if _local(inner.tag) == "meta")
        meta[0].text = instance or f"uuid:{uuid.uuid4()}"
        return ElementTree.tostring(root, encoding="utf-8")

    def _place(self, root: ElementTree.Element, path: str) -> ElementTree.Element:
        at = root
        for step in path.split("/"):
            name, _bracket, number = step.rstrip("]").partition("[")
            wanted = int(number or 1)
            while len(twins := [inner for inner in at if _local(inner.tag) == name]) < wanted:
                fresh = ElementTree.fromstring(ElementTree.tostring(twins[0]))
                for inner in fresh.iter():
                    inner.text = None
                at.insert(list(at).index(twins[-1]) + 1, fresh)
            at = twins[wanted - 1]
        return at

    def sent(self, answers: Mapping[str, str], instance: str = "", case: str = "") -> bytes:
        """A package as it comes from the phone: closed where the form brought a key."""
        plain = self.filled(answers, instance, case)
        return zipped(self.closed(plain) if self.key else {"submission.xml": plain, **self.photos})

    def closed(self, plain: bytes, outside: str = "") -> dict[str, bytes]:
        """The files of one closed submission; `outside`: another id than the one inside."""
        root = ElementTree.fromstring(plain)
        instance = outside or next(e.text or "" for e in root.iter() if _local(e.tag) == "instanceID")
        key = os.urandom(32)
        wrapped = base64.b64encode(rsa_closed(self.key, key, self.mask)).decode()
        seed = bytearray(hashlib.md5(instance.encode() + key, usedforsecurity=False).digest())
        files, lines = {}, [root.get("id", ""), self.edition, wrapped, instance]
        for at, (name, data) in enumerate([*self.photos.items(), ("submission.xml", plain)]):
            seed[at % 16] = (seed[at % 16] + 1) % 256
            files[f"{name}.enc"] = aes_closed(key, bytes(seed), data)
            lines.append(f"{name}::{hashlib.md5(data, usedforsecurity=False).hexdigest()}")
        digest = hashlib.md5("".join(f"{line}\n" for line in lines).encode(), usedforsecurity=False).digest()
        signature = base64.b64encode(rsa_closed(self.key, digest, self.mask)).decode()
        media = "".join(f"<media><file>{name}.enc</file></media>" for name in self.photos)
        manifest = (
            f'<data xmlns="{SUBMISSIONS}" id="{root.get("id", "")}" encrypted="yes" version="{self.edition}">'
            f"<base64EncryptedKey>{wrapped}</base64EncryptedKey>{media}"
            f"<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>"
            f"<base64EncryptedElementSignature>{signature}</base64EncryptedElementSignature>"
            f'<meta xmlns="{META}"><instanceID>{instance}</instanceID></meta></data>'
        )
        return {"submission.xml": manifest.encode(), **files}


def zipped(files: Mapping[str, bytes], folder: str = "one") -> bytes:
    """A package of files in one folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(f"{folder}/{name}" if folder else name, data)
    return out.getvalue()


def together(*packages: bytes) -> bytes:
    """Several packages as one, each in a folder of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for number, each in enumerate(packages):
            with zipfile.ZipFile(io.BytesIO(each)) as one:
                for name in one.namelist():
                    whole.writestr(f"{number}/{name.rpartition('/')[2]}", one.read(name))
    return out.getvalue()
