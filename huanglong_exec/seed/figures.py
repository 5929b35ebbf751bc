"""The bulletins of the demo: the month before last was issued, last month's waits for the leader's words."""

from cases import clock
from cases.periods import add_months
from quality import bulletin
from quality.models import Bulletin

from . import officers
from .shelve import work_off

WORDS = {
    "findings": "本月收结案平稳。未结案件均在十二个月以内。立案当日完成率偏低，主要是案件集中到局、次日方能接待。",
    "problems": "个别案件立案当日未接待，也未制作未接待说明。",
    "measures": "一、初次接待团队下班前清零，当日接待不了的当日制作说明。\n二、各团队对照清单逐件核查超期事项，七日内报综合质效管理团队。",
}


def bulletins(scene) -> None:
    for ago in (2, 1):
        with clock.at(scene.day(0, 8)):
            first = clock.today().replace(day=1)
            leader = officers.actor("quality", "regular_officer")
            bulletin.ask(add_months(first, -ago), "", leader)
            work_off(bulletin.MAKE)
            if ago == 2:
                bulletin.ask_issue(Bulletin.objects.latest("pk"), WORDS, leader)
                work_off(bulletin.ISSUE)
