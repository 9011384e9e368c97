"""What servers and phones put on answers by themselves, known by where it lies: no answer of anybody, but needed when
answers return to where they came from."""

import re
from typing import Final

_MARK: Final = re.compile(
    r"meta/.+|formhub|start|end|today|__version__|_version_+|_version__\d{3}|_.*|start-geopoint|deviceid|phonenumber"
    r"|username|simserial|subscriberid|audit|orx_meta"
)
_STAYS_OUT: Final = re.compile(
    r"meta/(instanceID|audit|location|deviceID|deviceId|userID|username|phoneNumber|email|simSerial|subscriberID)"
    r"|_geolocation|_submitted_by|_attachments|start-geopoint|deviceid|phonenumber|username|simserial|subscriberid"
    r"|audit|orx_meta"
)
"""Where somebody was, and which colleague's telephone it was, concerns no case; the id is kept by itself."""
INSTANCE_NAME: Final = "meta/instanceName"
"""What the form calls a set of answers: often made of names of people."""


def is_mark(path: str) -> bool:
    """Whether servers or phones put this there, by its path in a set of answers; the form may still ask it."""
    return _MARK.fullmatch(path) is not None


def is_kept(path: str) -> bool:
    """Whether such a mark is kept and given back."""
    return is_mark(path) and not _STAYS_OUT.fullmatch(path)
