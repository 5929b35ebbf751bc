"""What the signer picks from: preset sentences, and the teams a case may go to, by load."""

from cases.approvals import Act
from cases.context import Context
from cases.models import Approval
from cases.pages.loads import open_cases
from cases.present import present
from cases.signing import signers


def opinions(act: Act) -> tuple[str, ...]:
    """Preset sentences of the act; a sentence that ends with 退回 belongs to the return."""
    own = act.opinions if act.opinions != ("同意",) else (f"同意{act.label}",)
    return own if len(own) > 1 else (*own, "同意，请依法及时办理")


def choices(ctx: Context, approval: Approval) -> dict:
    """Teams the signer may choose, by load, the proposed one chosen; those whose leader is recused are left out."""
    case = present(approval.case)
    teams = [team for team in ctx.roster.teams_of(_kind(ctx, approval)) if team.id != case.team_id]
    recused = signers.recused_from([case], ctx.today).get(case.pk, frozenset())
    barred = [t for t in teams if ctx.roster.leader(t.id) in recused]
    teams = [t for t in teams if t not in barred]
    held = open_cases([t.id for t in teams])
    counts = [held.get(t.id, 0) for t in teams]
    least, most = min(counts, default=0), max([*counts, 1])
    ordered = sorted(teams, key=lambda t: (held.get(t.id, 0), t.code))
    wanted = str(approval.proposal.get("team", ""))
    if wanted not in {str(t.id) for t in ordered} and ordered:
        wanted = str(ordered[0].id)
    rows = [
        {
            "id": t.id,
            "name": t.name.removesuffix("团队"),
            "leader": ctx.roster.name(ctx.roster.leader(t.id)),
            "load": held.get(t.id, 0),
            "width": round(46 * held.get(t.id, 0) / most, 1),  # of a bar of 48
            "weight": _heavy(held.get(t.id, 0), least, most),
            "key": n if n <= 9 else "",
            "chosen": str(t.id) == wanted,
        }
        for n, t in enumerate(ordered, 1)
    ]
    return {
        "teams": rows,
        "left_out": "、".join(f"{t.name}（{ctx.roster.name(ctx.roster.leader(t.id))}回避）" for t in barred),
    }


def _kind(ctx: Context, approval: Approval) -> str:
    """Which kind of team the act leads to: 普执, the other track, or the same kind as now."""
    kind = ctx.roster.row(present(approval.case).team_id).kind
    if approval.act == "retriage":
        return "regular" if kind == "fast" else "fast"
    return "regular" if approval.act == "transfer_to_regular" else kind


def _heavy(load: int, least: int, most: int) -> str:
    """The colour of a bar: the lightest third, the middle, the heaviest; all alike are middling."""
    share = (load - least) / (most - least) if most > least else 0.5
    return "light" if share < 1 / 3 else "middle" if share < 2 / 3 else "heavy"
