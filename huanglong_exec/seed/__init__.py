"""Demo data: about a hundred fictional cases, walked through the services on a settable clock."""
