"""The tests: golden files for breadth, units for the edges, a real browser for what a visitor does."""
