"""The child can neither write a file nor take the laptop's memory."""

import subprocess
import sys

import pytest

_TRY = """
from kzcase.paper.incoming.child import confine
{limits}
try:
    {deed}
except (OSError, MemoryError):
    print("held")
else:
    print("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
@pytest.mark.parametrize(
    "deed",
    ["open({path!r}, 'wb', 0).write(b'x' * 10)", "bytes(3 << 30)", "[open('/dev/null') for _ in range(200)]"],
)
@pytest.mark.parametrize(("limits", "said"), [("confine()", "held"), ("", "done")], ids=["confined", "free"])
def test_limits_hold(tmp_path: object, deed: str, limits: str, said: str) -> None:
    signals = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    program = signals + _TRY.format(limits=limits, deed=deed.format(path=f"{tmp_path}/out"))
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == said
