"""What the filing list named as clues: written down at the counter, once (财产调查规定第2条)."""

import re

from cases.models import Case
from reception.models import Clue


def filed(case: Case) -> tuple[str, ...]:
    """The lines of the filing list that no reception of the case has written down yet."""
    if not case.clues.strip():
        return ()
    rows = Clue.objects.filter(record__case=case)
    known = {said.rstrip("。") for row in rows for said in (row.text, str(row))}
    fresh = [line for line in case.clues.splitlines() if line.strip().rstrip("。") not in known]
    parts = [part.strip() for line in fresh for part in re.split("[；;]", line)]
    return tuple(part for part in dict.fromkeys(parts) if part and part.rstrip("。") not in known)
