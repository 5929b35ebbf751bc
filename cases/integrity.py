"""What the nightly check has found, told to those who can mend it: each finding once, its page one click away."""

import re
from hashlib import sha256

from cases.context import Context
from cases.models import Case
from cases.verify import Finding
from teams.notices import tell

MOST = 20  # lines of one night; the rest is a number
PLACE = re.compile(r"^/(cases|items)/(\d+)/")
SEALED = "一件不公开案件有数据核查问题，由其承办人查看"


def announce(ctx: Context, findings: list[Finding]) -> None:
    """The director and the leaders of the quality team read what is wrong; the system administrator only that it is."""
    if not findings:
        return
    people = [*ctx.roster.office("bureau_director"), *(ctx.roster.leader(t.id) for t in ctx.roster.teams_of("quality"))]
    hidden = _confidential(findings)
    for finding in findings[:MOST]:
        text, url = (SEALED, "") if finding in hidden else (finding.text, finding.url)
        mark = sha256(f"{finding.text}{finding.url}".encode()).hexdigest()[:40]
        tell([person for person in people if person], f"夜间核查：{text}", url, key=f"integrity:{mark}")
    if len(findings) > MOST:
        tell(
            [person for person in people if person],
            f"夜间核查另有 {len(findings) - MOST} 处问题，请系统管理员执行 manage.py check_integrity 列出。",
            key=f"integrity:more:{ctx.today}",
        )
    text = f"夜间核查发现 {len(findings)} 处问题，已告知局长和综合质效负责人；manage.py check_integrity 可列出。"
    tell(ctx.roster.office("system_admin"), text, key=f"integrity:count:{ctx.today}")


def _confidential(findings: list[Finding]) -> set[Finding]:
    """Those on cases whose number is not said in a message (flow §7)."""
    places = {finding: (found[1], int(found[2])) for finding in findings if (found := PLACE.match(finding.url))}
    wanted = {kind: {pk for each, pk in places.values() if each == kind} for kind in ("cases", "items")}
    sealed = Case.objects.filter(confidential=True) | Case.objects.filter(state_secret=True)
    cases = set(sealed.filter(pk__in=wanted["cases"]).values_list("pk", flat=True))
    items = set(sealed.filter(items__in=wanted["items"]).values_list("items__pk", flat=True))
    return {finding for finding, (kind, pk) in places.items() if pk in (cases if kind == "cases" else items)}
