"""Begin a site, or a record of it, and keep up what was begun: `proekt init`, `proekt new`, `proekt upgrade`."""

from generator.new.begun import begun_at
from generator.new.console import Console
from generator.new.given import UnfitOrderError
from generator.new.record import Order, make
from generator.new.site import OccupiedFolderError, begin
from generator.new.upgrade import upgrade

__all__ = ["Console", "OccupiedFolderError", "Order", "UnfitOrderError", "begin", "begun_at", "make", "upgrade"]
