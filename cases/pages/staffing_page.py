"""编制与空缺: every team of the plan on one page; what is missing is a red or amber line with the link that mends it."""

from urllib.parse import urlencode

from django.urls import reverse

from cases import clock
from cases.pages.lights import short
from teams import vacancies
from teams.models import Post, TeamGroup
from teams.vacancies import Row, TeamRows


def page(request) -> dict:
    """Tiles, the duty roster and the teams by group; `?show=gaps` leaves the teams that lack something."""
    teams = vacancies.table(clock.today())
    total, show = vacancies.total(teams), request.GET.get("show", "")
    chosen = [each for each in teams if show != "gaps" or _wrong(each)]
    may = {name: request.user.has_perm(f"teams.{name}") for name in ("add_posting", "add_pairedjudge", "view_posting")}
    may |= {"duty": request.user.has_perm("teams.add_dutyjudge")}
    may |= {"establishment": request.user.has_perm("teams.change_establishmentline")}
    groups: dict[str, list[dict]] = {}
    for each in chosen:
        groups.setdefault(TeamGroup(each.team.group).label, []).append(_team(each, may))
    duties = vacancies.duties(clock.now())
    return {
        "date": f"{clock.today():%Y-%m-%d}",
        "tiles": _tiles(total, sum(len(each.away) for each in teams)),
        "groups": [{"name": name, "teams": rows} for name, rows in groups.items()],
        "show": show,
        "wrong": sum(map(_wrong, teams)),
        "teams": len(teams),
        "duties": duties | {"open_from": short(duties["open_from"], clock.today()) if duties["open_from"] else ""},
        "may": may,
    }


def _tiles(total: dict, away: int) -> list[dict]:
    return [
        {"label": "编制", "value": total["due"], "unit": "人"},
        {"label": "在岗", "value": total["present"], "unit": "人"},
        {"label": "空缺", "value": total["lacking"], "unit": "人", "state": "amber" if total["lacking"] else ""},
        {"label": "超编", "value": total["surplus"], "unit": "人", "state": "amber" if total["surplus"] else ""},
        {"label": "裁定无人签发", "value": total["red"], "unit": "个团队", "state": "red" if total["red"] else ""},
        {"label": "今日请假", "value": away, "unit": "人"},
    ]


def _wrong(each: TeamRows) -> bool:
    return bool(each.lacking or each.surplus or each.cannot_rule or not each.leader)


def _team(each: TeamRows, may: dict) -> dict:
    team = each.team
    listed = f"{reverse('admin:teams_posting_changelist')}?{urlencode({'team__id__exact': team.pk, 'state': 'now'})}"
    pair = f"{reverse('admin:teams_pairedjudge_add')}?{urlencode({'team': team.pk, 'from_on': clock.today()})}"
    return {
        "name": team.name,
        "leader": each.leader,
        "paired": each.paired,
        "officer_led": each.leader_post == Post.ENFORCEMENT_OFFICER,
        "signed_by": "团队法官" if each.leader_post == Post.JUDGE else "轮值法官",
        "cannot_rule": each.cannot_rule,
        "due": each.due,
        "present": each.present,
        "lacking": each.lacking,
        "surplus": each.surplus,
        "away": "、".join(each.away),
        "lines": [_line(row, team.pk, may) for row in each.rows],
        "url": listed if may["view_posting"] else "",
        "pair_url": pair if each.cannot_rule and may["add_pairedjudge"] else "",
    }


def _line(row: Row, team_id: int, may: dict) -> dict:
    asked = {"team": team_id, "post": row.post, "special": row.special, "from_on": clock.today()}
    add = f"{reverse('admin:teams_posting_add')}?{urlencode(asked)}"
    return {
        "title": row.title,
        "names": "、".join(row.names),
        "lacking": row.lacking,
        "surplus": row.surplus,
        "add": add if row.lacking and may["add_posting"] else "",
    }
