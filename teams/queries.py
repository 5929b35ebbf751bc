"""Pure reads of the staffing: who is where, leads, is away, signs for whom on a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.http import HttpRequest

from teams import moment
from teams.models import Acting, DutyBailiff, DutyJudge, Leave, PairedJudge, Post, Posting, User


def postings_of(user: User, day: date) -> list[Posting]:
    """The postings of a person in force on the day; where he leads first."""
    rows = Posting.objects.on(day).filter(person=user, team__active=True).select_related("team", "person")
    return list(rows.order_by("-leads", "from_on", "id"))


def current_posting(request: HttpRequest) -> Posting | None:
    """The posting chosen in this session if still in force, else the first; never two."""
    if not request.user.is_authenticated:
        return None
    postings = postings_of(request.user, moment.today())
    request.postings = postings  # type: ignore[attr-defined]  # the frame lists them too
    chosen = request.session.get("posting")
    return next((posting for posting in postings if posting.pk == chosen), postings[0] if postings else None)


def leaders(team_ids: Iterable[int], day: date) -> dict[int, User]:
    rows = Posting.objects.on(day).filter(team__in=list(team_ids), leads=True, person__is_active=True)
    return {row.team_id: row.person for row in rows.select_related("person").order_by("from_on", "id")}


def leader_of(team_id: int, day: date) -> User | None:
    return leaders([team_id], day).get(team_id)


def paired_judge(team_id: int, day: date) -> User | None:
    row = PairedJudge.objects.on(day).filter(team=team_id).select_related("judge").order_by("-from_on").first()
    return row.judge if row else None


def duty_judge(day: date) -> User | None:
    row = DutyJudge.objects.on(day).select_related("judge").order_by("-from_on").first()
    return row.judge if row else None


def duty_bailiffs(at: datetime) -> list[User]:
    rows = DutyBailiff.objects.filter(from_at__lte=at, to_at__gt=at).select_related("person").order_by("id")
    return [row.person for row in rows]


def holders(post: str, day: date) -> list[User]:
    """Who holds a post of the bureau or the court."""
    rows = Posting.objects.on(day).filter(post=post, person__is_active=True).select_related("person")
    return [row.person for row in rows.order_by("from_on", "id")]


def on_leave(user_ids: Iterable[int], day: date) -> dict[int, int | None]:
    """{user: stand-in or None} of those who are away."""
    rows = Leave.objects.on(day).filter(person__in=list(user_ids))
    return dict(rows.values_list("person_id", "stand_in_id"))


def acting_for(holder_id: int, act: str, day: date) -> User | None:
    """Who holds the power to sign this act for the holder on the day, and is there."""
    rows = Acting.objects.on(day).filter(holder=holder_id, revoked_on__isnull=True).select_related("deputy")
    powers = [row for row in rows.order_by("-id") if not row.acts or act in row.acts]
    away = on_leave([row.deputy_id for row in powers], day) if powers else {}
    return next((row.deputy for row in powers if row.deputy_id not in away), None)


def members(team_id: int, day: date, post: str | None = None) -> list[User]:
    rows = Posting.objects.on(day).filter(team=team_id, person__is_active=True).select_related("person")
    if post:
        rows = rows.filter(post=post)
    return list(dict.fromkeys(row.person for row in rows.order_by("-leads", "from_on", "id")))


def officer_led_without_judge(day: date) -> set[int]:
    """Teams led by an 执行员 that have no judge of their own and no paired judge: nothing they rule can go out."""
    led = Posting.objects.on(day).filter(leads=True, post=Post.ENFORCEMENT_OFFICER, team__active=True)
    teams = set(led.values_list("team_id", flat=True))
    judges = Posting.objects.on(day).filter(post=Post.JUDGE).values("person")
    paired = PairedJudge.objects.on(day).filter(team__in=teams, judge__is_active=True, judge__in=judges)
    own = Posting.objects.on(day).filter(team__in=teams, post=Post.JUDGE)
    return teams - set(paired.values_list("team_id", flat=True)) - set(own.values_list("team_id", flat=True))
