"""What the child may still take: processor time for the next step, and memory that grows only with what was made.

A file that is no good shall cost little. So the first decoding has to do with little memory and time; what turns out
sound gets more. Where the system knows no such limits, the one who asked waits no longer than `SECONDS` twice.
"""

import signal

_state: dict[str, int] = {}
"""The least and the most address space; empty while this process is not confined."""


def begin(least: int, most: int) -> None:
    """From now on this process has so many bytes of address space; later it may have the most."""
    import resource

    _state.update(least=least, most=most)
    resource.setrlimit(resource.RLIMIT_AS, (least, most))


def more_memory(count: int) -> None:
    """This many bytes more than at the beginning, because what was read so far is sound."""
    if not _state:
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (min(_state["least"] + count, _state["most"]), _state["most"]))


def all_memory() -> None:
    """As much as there is: it was decoded, and is only made anew."""
    more_memory(_state.get("most", 0))


def seconds(count: float) -> None:
    """From now on so much processor time; then the system ends this process, wherever it is."""
    if _state:
        signal.setitimer(signal.ITIMER_PROF, count)
