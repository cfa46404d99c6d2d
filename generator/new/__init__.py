"""Begin a site, or a record of it: `proekt init` and `proekt new`."""

from generator.new.begun import begun_at
from generator.new.console import Console
from generator.new.given import UnfitOrderError
from generator.new.record import Order, make
from generator.new.site import OccupiedFolderError, begin

__all__ = ["Console", "OccupiedFolderError", "Order", "UnfitOrderError", "begin", "begun_at", "make"]
