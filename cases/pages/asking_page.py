"""Beside the form of asking: what the signers would read, and a first sentence for the reason."""

from cases import context, steps
from cases.approvals import ACT, CONDITIONS, Act, Chain
from cases.models import Case
from cases.pages import evidence
from cases.pages.approval_page import ICON, weight
from cases.signing import sheets


def preview(act: str, case: Case) -> dict:
    """What the signers would read, beside the form of asking."""
    ctx, row = context.read(), ACT[act]
    content = sheets.compose(act, case, "", {}, [])
    checks = sorted(content.checks, key=weight)
    ways = {reason.text: reason for reason in steps.blockers([case], row.step).get(case.pk, [])} if row.step else {}
    return {
        "facts": content.facts,
        "table": evidence.recorded(ctx, case, act),
        "checks": [{"text": c.text, "state": c.state, "icon": ICON[c.state], "way": ways.get(c.text)} for c in checks],
        "red": bool(content.red),
        "chains": [_chain_words(chain, row) for chain in row.chains],
    }


def _chain_words(chain: Chain, act: Act) -> dict[str, str]:
    """签发法官 → 局长; with its condition where the act has several."""
    places = " → ".join(place.label for place in chain.places)
    condition = CONDITIONS[chain.when][0] if chain.when else "其他情形" if len(act.chains) > 1 else ""
    return {"label": f"{condition}：{places}" if condition else places}


def reason_of(act: str, table: dict | None) -> str:
    """A first sentence for the reason, from what is on record; the maker changes it as he likes."""
    if act != "transfer_to_regular" or table is None:
        return ""
    taken = "；".join(f"{row['subject'] or row['what']}（{row['on']}）" for row in table["rows"] if not row["state"])
    return f"已采取控制措施：{taken}。需评估、拍卖处置，符合移交普执条件。" if taken else ""
