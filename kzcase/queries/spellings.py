"""Which spellings of a name go on paper: those whose letters it can show, so that one in Latin letters is enough."""

from collections.abc import Iterable


def on_paper(shown: str, written: Iterable[str]) -> tuple[str, ...]:
    """The spellings paper can show, the one shown on screen first.

    All of them where it can show none: then the paper is refused and says why.
    """
    from kzcase.paper.fonts import composed, missing

    every = [name for name in dict.fromkeys((shown, *written)) if name]
    return tuple(name for name in every if not missing(composed(name))) or tuple(every)
