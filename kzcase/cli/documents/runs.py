"""What is said of the demonstration and of measurements."""

from kzcase.cli.documents.document import Document


class Step(Document, frozen=True, kw_only=True):
    """One step of the demonstration and how long it took."""

    act: str
    seconds: float


class Demonstration(Document, frozen=True, kw_only=True):
    """`kzcase demo`."""

    casebook: str
    passphrase_file: str
    papers: list[str]
    summary: list[str]
    steps: list[Step]


class Measured(Document, frozen=True, kw_only=True):
    """One bench: how it ended, how long it took, and the lines it printed with its ratios."""

    name: str
    ok: bool
    seconds: float
    lines: list[str]


class Bench(Document, frozen=True, kw_only=True):
    """`kzcase bench`."""

    benches: list[Measured]


class HelpPoint(Document, frozen=True, kw_only=True):
    """One point of a page of the help."""

    title: str
    text: str


class HelpPage(Document, frozen=True, kw_only=True):
    """`kzcase help`, in the language of the command."""

    title: str
    points: list[HelpPoint]
