"""Bring records from what a library has today: `proekt import`."""

from generator.importers.bringing import Order, UnfitTableError, bring

__all__ = ["Order", "UnfitTableError", "bring"]
