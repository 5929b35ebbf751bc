from reception.models.counter import Arrival, Contact
from reception.models.record import Clue, ReceptionRecord

__all__ = ["Arrival", "Clue", "Contact", "ReceptionRecord"]
