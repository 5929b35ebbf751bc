"""What a signer reads and what binds his signature: facts, papers and checks of one approval.

The signature is bound to the sha256 of the canonical facts, proposal and papers; checks are asked again each time.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from cases import briefs, hooks, journal
from cases.approvals import ACT, Act
from cases.hooks import Brief, Check
from cases.models import Approval, Case, Material

PAPER = "附件"


class Content(NamedTuple):
    facts: list[list[str]]  # [[label, text], …], papers at the end
    checks: list[Check]
    hash: str

    @property
    def red(self) -> list[str]:
        return [check.text for check in self.checks if check.state == "red"]

    @property
    def green(self) -> bool:
        return all(check.state == "green" for check in self.checks)


def read(approval: Approval, case: Case | None) -> Content:
    """The sheet as it stands now."""
    papers = approval.materials.order_by("pk") if approval.pk else ()
    return compose(approval.act, case, approval.subject, approval.proposal, papers)


def compose(act: str, case: Case | None, subject: str, proposal: dict, papers: Iterable[Material]) -> Content:
    """Join what every room's @brief says with what the maker proposes and the papers he attaches."""
    row, facts, checks = ACT[act], [], []
    for brief in hooks.of("brief", act):
        told: Brief = brief(case, subject)
        facts += [[label, str(text)] for label, text in told.facts]
        checks += told.checks
    facts += briefs.proposed(row, proposal)
    checks += [
        *briefs.step_checks(row, case),
        *briefs.longest(row, proposal),
        *briefs.bounds(row, proposal),
        *briefs.fined(row, proposal),
    ]
    papers = list(papers)
    facts += [[PAPER, paper_line(paper)] for paper in papers]
    checks += [Check(f"附件「{paper.title}」已作废", "red") for paper in papers if paper.voided_at]
    return Content(facts, checks, bound(row, case, subject, proposal, facts, papers))


def bound(row: Act, case: Case | None, subject: str, proposal: dict, facts, papers) -> str:
    """The hash that a signature is bound to; what the signer himself may choose is not part of it."""
    content = {
        "act": row.key,
        "case": case.pk if case else None,
        "subject": subject,
        "proposal": {key: value for key, value in proposal.items() if key != row.choice},
        "facts": facts,
        "papers": [paper.sha256 for paper in papers],
    }
    return hashlib.sha256(journal.canonical(content).encode()).hexdigest()


def paper_line(paper: Material) -> str:
    state = "（已作废）" if paper.voided_at else ""
    return f"{paper.title}　第{paper.version}版　{paper.sha256[:12]}{state}"


def changes(before: list[list[str]], now: list[list[str]]) -> list[list[str]]:
    """[[label, before, now], …]: which fact changed, from what to what; facts of one label are told in order."""
    old, new = _by_label(before), _by_label(now)
    found = []
    for label in dict.fromkeys([*old, *new]):
        was, is_now = old.get(label, []), new.get(label, [])
        for n in range(max(len(was), len(is_now))):
            one, other = (texts[n] if n < len(texts) else "" for texts in (was, is_now))
            if one != other:
                found.append([label, one, other])
    return found


def _by_label(facts: list[list[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, text in facts:
        found.setdefault(label, []).append(text)
    return found
