"""Reusable types of fields: what may stand in a record, and how a mistake in it is told."""
