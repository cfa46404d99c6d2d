"""`python -m generator` is `proekt`."""

from generator.cli import run

run()
