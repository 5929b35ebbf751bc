"""What changes the staffing beyond a plain form: authority to sign, administrators, a leaver."""

from collections.abc import Iterable
from datetime import date

import pghistory
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from teams import hooks, moment, notices
from teams.actor import Actor
from teams.models import ADMINISTRATORS, LEADERS, Acting, DutyBailiff, DutyJudge, PairedJudge, Post, Posting, User
from teams.queries import postings_of

# The next post up, for a holder who cannot grant himself (flow §6).
ABOVE = {
    Post.VICE_PRESIDENT: (Post.COURT_PRESIDENT,),
    Post.BUREAU_DIRECTOR: (Post.VICE_PRESIDENT, Post.COURT_PRESIDENT),
    Post.BUREAU_COMMISSAR: (Post.BUREAU_DIRECTOR, Post.VICE_PRESIDENT, Post.COURT_PRESIDENT),
    Post.JUDGE: (Post.BUREAU_DIRECTOR, Post.VICE_PRESIDENT, Post.COURT_PRESIDENT),
    Post.ENFORCEMENT_OFFICER: (Post.BUREAU_DIRECTOR, Post.VICE_PRESIDENT, Post.COURT_PRESIDENT),
    Post.REGULAR_OFFICER: (Post.BUREAU_DIRECTOR, Post.VICE_PRESIDENT, Post.COURT_PRESIDENT),
    Post.COURT_PRESIDENT: (),
}
# Who may be given a power: judges' powers go to judges, a leader's to a leader or a judge.
MAY_DEPUTISE = {
    Post.COURT_PRESIDENT: (Post.VICE_PRESIDENT,),
    Post.VICE_PRESIDENT: (Post.COURT_PRESIDENT, Post.BUREAU_DIRECTOR, Post.JUDGE),
    Post.BUREAU_DIRECTOR: (Post.COURT_PRESIDENT, Post.VICE_PRESIDENT, Post.BUREAU_COMMISSAR, Post.JUDGE),
    Post.BUREAU_COMMISSAR: (Post.BUREAU_DIRECTOR, Post.JUDGE),
    Post.JUDGE: (Post.JUDGE,),
    Post.ENFORCEMENT_OFFICER: (Post.JUDGE, Post.ENFORCEMENT_OFFICER),
    Post.REGULAR_OFFICER: (Post.REGULAR_OFFICER, Post.JUDGE, Post.ENFORCEMENT_OFFICER),
}


# Who may take over what a leaver holds: the same kind of post. Cases of a judge or 执行员 go to one of them (民事诉讼法
# art 239: 执行员 enforce; flow §2), never to a clerk; what a clerk keeps may go to an officer of the team.
_HANDLERS = (Post.JUDGE, Post.ENFORCEMENT_OFFICER)
MAY_SUCCEED: dict[str, tuple[str, ...]] = {
    Post.JUDGE: _HANDLERS,
    Post.ENFORCEMENT_OFFICER: _HANDLERS,
    Post.REGULAR_OFFICER: (Post.REGULAR_OFFICER, *_HANDLERS),
    Post.CLERK: (Post.CLERK, Post.REGULAR_OFFICER),
    Post.ADJUDICATOR: (Post.ADJUDICATOR, Post.JUDGE),
    **dict.fromkeys(LEADERS, tuple(LEADERS)),
}


def may_succeed(leaver_post: str, post: str) -> bool:
    """Whether whoever has `post` may hold what came with `leaver_post`; posts not named go to the same post only."""
    return post in MAY_SUCCEED.get(leaver_post, (leaver_post,))


def may_grant(by: Actor, holder: User, post: str, day: date) -> bool:
    """The holder himself, or the next post up; the holder must have the post on the day."""
    if post not in ABOVE or not Posting.objects.on(day).filter(person=holder, post=post).exists():
        return False
    return by.post in ABOVE[post] or (by.user_id == holder.pk and by.post == post)  # type: ignore[index]


def grant_acting(
    *,
    holder: User,
    deputy: User,
    post: str,
    acts: Iterable[str],
    from_on: date,
    to_on: date,
    reason: str,
    by: Actor,
) -> Acting:
    """授权代签: give the holder's power for some acts and days to a deputy who may have it."""
    acting = Acting(
        holder=holder,
        deputy=deputy,
        post=post,
        acts=sorted(acts),
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
        granted_by=by.user,
        granted_at=moment.now(),
    )
    acting.full_clean(exclude=["acts"])
    check_grant(acting, by)
    with transaction.atomic(), pghistory.context(user=by.user_id, what="授权代签"):
        acting.save()
        until = f"{from_on:%Y-%m-%d}至{to_on:%Y-%m-%d}"
        text = f"{by.name}授权{deputy.name}代{holder.name}（{acting.get_post_display()}）签批，{until}：{acting.reason}"
        notices.tell([holder, deputy], text, key=f"acting:{acting.pk}")
    return acting


def check_grant(acting: Acting, by: Actor) -> None:
    if not may_grant(by, acting.holder, acting.post, acting.from_on):
        raise ValidationError("授权代签由权力人本人授权；本人不能授权的，由其上一级职务授权。")
    if acting.from_on < moment.today():
        raise ValidationError({"from_on": "授权不溯及既往，开始日期不能早于今天。"})
    if known := dict(hooks.acts):
        strange = [act for act in acting.acts if act not in known]
        if strange:
            raise ValidationError({"acts": "所选事项不得授权：" + "、".join(strange)})
    posts = {posting.post for posting in postings_of(acting.deputy, acting.from_on)}
    if not posts & set(MAY_DEPUTISE[acting.post]):  # type: ignore[index]
        raise ValidationError({"deputy": "受托人的职务不得行使该项签批权（裁定须由员额法官签发）。"})


def revoke_acting(acting: Acting, by: Actor) -> None:
    """Take the power back from today on: whoever could give it may."""
    if not (by.user_id == acting.granted_by_id or may_grant(by, acting.holder, acting.post, moment.today())):
        raise ValidationError("只有授权人、权力人本人或其上一级职务可以撤回。")
    with pghistory.context(user=by.user_id, what="撤回授权代签"):
        acting.revoked_on = moment.today()
        acting.save(update_fields=["revoked_on"])


def sync_administrator(person: User) -> None:
    """Let the staffing site and its group follow from the posting: an administrator today, or nobody there."""
    day = moment.today()
    open_posts = Posting.objects.touching(day, None).filter(person=person, post__in=ADMINISTRATORS)
    posts = list(open_posts.values_list("post", flat=True))
    person.groups.set(Group.objects.filter(name__in=[Post(post).label for post in posts]))
    if person.is_staff != bool(posts):
        person.is_staff = bool(posts)
        person.save(update_fields=["is_staff"])


def leaver_counts(person: User, by: Actor) -> list[dict]:
    """What the leaver holds, room by room: how many and how soon, no names of cases."""
    return _ask_rooms(person, None, by, dry_run=True) + _counted(duties_of(person, moment.today()))


def left_by(posting: Posting, by: Actor) -> int:
    """How much would lie about if this posting ended: what he holds in its team; all of it, if it is his only one."""
    others = [row for row in postings_of(posting.person, moment.today()) if row.pk != posting.pk]
    if others:
        return sum(line["count"] for line in _ask_rooms(posting.person, None, by, dry_run=True, team=posting.team_id))
    return sum(line["count"] for line in leaver_counts(posting.person, by))


@transaction.atomic
def hand_over(person: User, successors: dict[int, User], last_day: date, by: Actor) -> list[dict]:
    """离岗交接: end the postings, each with its successor, and move what the person holds, in one transaction."""
    postings = [p for p in postings_of(person, moment.today()) if p.pk in successors]
    if not postings:
        raise ValidationError("没有可交接的任职。")
    check_successors(person, postings, successors, last_day)
    moved: list[dict] = []
    with pghistory.context(user=by.user_id, what="离岗交接"):
        if len(postings) > 1:
            for posting in postings:
                moved += _ask_rooms(person, successors[posting.pk], by, dry_run=False, team=posting.team_id)
        moved += _ask_rooms(person, successors[postings[0].pk], by, dry_run=False)
        if any(line["count"] for line in moved):
            check_posts(postings, successors)
        ended = end_duties(person, last_day)
        for posting in postings:
            posting.to_on = last_day
            posting.save(update_fields=["to_on"])
        sync_administrator(person)
    total = sum(line["count"] for line in moved)
    for successor in {s.pk: s for s in successors.values()}.values():
        text = f"{person.name}离岗，其经办事项已交接给您，共 {total} 项。"
        notices.tell([successor], text, "/", key=f"handover:{person.pk}:{last_day}")
    return moved + ended


def duties_of(person: User, last_day: date) -> dict[str, QuerySet]:
    """What stands beside a person's postings and cannot outlive them, by its name."""
    running = Q(to_on__isnull=True) | Q(to_on__gt=last_day)
    powers = Acting.objects.filter(running, Q(holder=person) | Q(deputy=person), revoked_on__isnull=True)
    return {
        "配对法官": PairedJudge.objects.filter(running, judge=person),
        "轮值法官": DutyJudge.objects.filter(running, judge=person),
        "值班法警": DutyBailiff.objects.filter(person=person, from_at__date__gt=last_day),
        "授权代签": powers,
    }


def end_duties(person: User, last_day: date) -> list[dict]:
    """Take them off the roster from the day after the last one; the staffing page then shows who is missing."""
    found = duties_of(person, last_day)
    ended = _counted(found)
    found["授权代签"].update(revoked_on=moment.today())
    for name in ("配对法官", "轮值法官"):
        found[name].filter(from_on__gt=last_day).delete()
        found[name].update(to_on=last_day)
    found["值班法警"].delete()
    return ended


def _counted(duties: dict[str, QuerySet]) -> list[dict]:
    counts = [(f"{name}（随任职结束，另行指定）", rows.count()) for name, rows in duties.items()]
    return [{"label": label, "count": count, "earliest_due": None} for label, count in counts if count]


def check_successors(person: User, postings: list[Posting], successors: dict[int, User], last_day: date) -> None:
    for posting in postings:
        successor = successors[posting.pk]
        if successor.pk == person.pk or not successor.is_active:
            raise ValidationError("接手人须为另一名在用人员。")
        if not Posting.objects.on(moment.today()).filter(person=successor, team=posting.team_id).exists():
            raise ValidationError(f"接手人{successor.name}目前不在{posting.team.name}，请先为其办理任职。")
        if last_day < posting.from_on:
            raise ValidationError("离岗日期不能早于到岗日期。")


def check_posts(postings: list[Posting], successors: dict[int, User]) -> None:
    """Whoever is to hold the leaver's cases and items has a post that may hold them, in that very team."""
    for posting in postings:
        successor, team = successors[posting.pk], posting.team
        held = Posting.objects.on(moment.today()).filter(person=successor, team=team)
        if not any(may_succeed(posting.post, row.post) for row in held):
            raise ValidationError(
                f"接手人{successor.name}为{held[0].get_post_display()}，不能接手{posting.get_post_display()}承办的案件和"
                f"事项：请选择{team.name}同类岗位的人员，没有的先办理任职。"
            )


def _ask_rooms(
    person: User, successor: User | None, by: Actor, *, dry_run: bool, team: int | None = None
) -> list[dict]:
    """Ask every room; only a leaver with several postings makes it a question of one team."""
    more = {"team": team} if team else {}
    lines = [line for room in hooks.leavers for line in room(person, successor, by, dry_run, **more)]
    return [{"label": label, "count": count, "earliest_due": earliest} for label, count, earliest in lines]
