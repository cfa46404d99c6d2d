"""How the site looks elsewhere: pictures beside a link to it, signs on a screen, the open calls told to machines."""

from generator.sharing.drawing import DRAWN, drawn
from generator.sharing.machines import machines
from generator.sharing.shown import Shown, shown

__all__ = ["DRAWN", "Shown", "drawn", "machines", "shown"]
