"""What belongs together on paper: a heading with its part, a question with its boxes, a long list in fair parts."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final

from reportlab.platypus import Flowable, Spacer, Table

from kzcase.paper import style

LEAST: Final = 12 * style.MM  # of a parted block, on either page: two rows of tick boxes, three lines of text
MOST: Final = style.HEIGHT / 4  # what is not higher goes overleaf whole


class Gap(Spacer):  # type: ignore[misc] # ReportLab carries no types
    """Room between blocks, which no page begins or ends with."""

    def __init__(self, height: float) -> None:
        super().__init__(0, height)

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Its height; less at the foot of a page."""
        return 0.0, min(self.height, height)


class Kept(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """Blocks under each other; the first `heads` of them are never parted from what they head.

    Not higher than `most`, all of it stays on one page. Higher, it goes on overleaf, under `again`; it is not begun
    where less than `least` is left of the page.
    """

    def __init__(
        self, content: Sequence[Any], *, heads: int = 0, most: float = MOST, again: Any = None, least: float = 0.0
    ) -> None:
        super().__init__()
        self.content, self.heads, self.most, self.again, self.least = list(content), heads, most, again, least

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole width; as high as its blocks."""
        self.heights = [float(block.wrapOn(self.canv, width, height)[1]) for block in self.content]
        begins_page = getattr(getattr(self, "_frame", None), "_atTop", False)
        if begins_page and isinstance(self.content[0], Gap):
            self.heights[0] = 0.0
        self.width, self.height = width, sum(self.heights)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Two parts, of which the first fits; [] where all of it is to go to the next page."""
        self.wrap(width, height)
        on_top = height > style.HEIGHT - 1
        if (self.height <= self.most or height < self.least) and not on_top:
            return []
        fitting = sum(foot <= height for foot in accumulate(self.heights))
        here, rest = self.content[:fitting], self.content[fitting:]
        parts = self._parted(rest[0], width, height - sum(self.heights[:fitting])) if rest else []
        if parts:
            here, rest = [*here, parts[0]], [*parts[1:], *rest[1:]]
        elif not here or (fitting <= self.heads and not on_top):
            return []
        return [Kept(here, most=0), *self._overleaf(rest)]

    def _parted(self, block: Any, width: float, left: float) -> list[Any]:
        """A block cut at the foot of the page, if a fair part of it stays on either side."""
        least = max(LEAST, getattr(block, "least", 0.0))
        parts = block.splitOn(self.canv, width, left) if left >= least else []
        after = sum(self._own_height(part, width, left) for part in parts[1:])
        if parts and after < LEAST:
            parts = block.splitOn(self.canv, width, left - LEAST + after)
        return parts if len(parts) > 1 and self._own_height(parts[0], width, left) >= LEAST else []

    def _own_height(self, block: Any, width: float, left: float) -> float:
        """How high a block is, the head that a table repeats left out."""
        height = block.wrapOn(self.canv, width, left)[1]
        return float(height - sum(block._rowHeights[: block.repeatRows]) if isinstance(block, Table) else height)

    def _overleaf(self, rest: list[Any]) -> list[Any]:
        if not rest:
            return []
        head = [self.again] if self.again else []
        return [Kept([*head, *rest], heads=len(head), most=self.most, again=self.again)]

    def nearer(self, share: float) -> "Kept":
        """The same blocks with smaller gaps between them."""
        content = nearer(self.content, share)
        return Kept(content, heads=self.heads, most=self.most, again=self.again, least=self.least)

    def draw(self) -> None:
        """From the top downwards."""
        y = self.height
        for block, height in zip(self.content, self.heights, strict=True):
            y -= height
            block.drawOn(self.canv, 0, y)


def nearer(blocks: Sequence[Any], share: float) -> list[Any]:
    """The blocks, to be laid out once more, with only a share of each gap between them."""
    return [_nearer(block, share) for block in blocks]


def _nearer(block: Any, share: float) -> Any:
    if isinstance(block, Gap):
        return Gap(share * block.height)
    return block.nearer(share) if isinstance(block, Kept) else block
