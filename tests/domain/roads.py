"""The shipped pathways, read without the room above."""

from kzcase.domain.pathways import Pathway
from kzcase.domain.pathways_reading import read_common, read_pathway
from tests.domain.shipped import text

KINDS = ("trafficking", "stateless", "child", "missing", "stranded", "asylum", "detention")
COMMON = read_common(text("rules", "pathway_common.toml"), "rules/pathway_common.toml")
FILES = {kind: text("pathways", f"{kind}.toml") for kind in KINDS}
SHIPPED: dict[str, Pathway] = {
    kind: read_pathway(source, f"pathways/{kind}.toml", COMMON) for kind, source in FILES.items()
}
