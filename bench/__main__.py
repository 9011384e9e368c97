"""Runs all measurements, or those named: `python -m bench [NAME…]`, the same as `kzcase bench`."""

import sys

from kzcase.cli import main

if __name__ == "__main__":
    sys.exit(main(["bench", *sys.argv[1:]]))
