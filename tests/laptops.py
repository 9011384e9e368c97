"""Another laptop: a settings folder of its own, so that what is made there is not known here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import mkdtemp


@contextmanager
def another_laptop() -> Iterator[None]:
    """Whatever is made or opened inside happens on a laptop that this test has never seen."""
    before = os.environ["KZCASE_HOME"]
    os.environ["KZCASE_HOME"] = mkdtemp(prefix="kzcase-home-")
    try:
        yield
    finally:
        os.environ["KZCASE_HOME"] = before
