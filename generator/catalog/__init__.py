"""Every record of a project, what the whole can tell of them, and the lists that outputs show."""

from generator.catalog.catalog import Catalog, Event
from generator.catalog.loading import Examined, examine, load

__all__ = ["Catalog", "Event", "Examined", "examine", "load"]
