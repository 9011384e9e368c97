"""The line about an open disk is there when the system says so, and only then."""

from pathlib import Path

import pytest

from kzcase.queries import laptop
from kzcase.ui.settings.disk_notice import DiskNotice
from kzcase.ui.work import InlineWork


@pytest.mark.parametrize("cover", laptop.DiskCover)
def test_it_shows_where_the_disk_is_open(
    cover: laptop.DiskCover, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laptop, "disk_cover", lambda _path: cover)
    work = InlineWork(object())
    notice = DiskNotice(work, Path("any"))
    assert notice.isHidden() is (cover is not laptop.DiskCover.OPEN)
    notice.closed.emit()
    notice.deleteLater()
    work.close()
