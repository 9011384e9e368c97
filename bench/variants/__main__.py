"""Writes the published table anew: python -m bench.variants."""

from bench.variants import PUBLISHED, write
from bench.variants.generate import rows

write(list(rows()))
print(PUBLISHED)
