"""What the court must confirm or may set: one line each, the program's value beside it (page 「待院里确认」).

Clocks marked `?` in table 3 join the list under `clock.<rule>` with the length given there.
"""

from datetime import time
from typing import NamedTuple


class Setting(NamedTuple):
    key: str
    label: str
    default: str
    kind: str  # time, number, flag, text
    why: str = ""


# fmt: off
SETTINGS = (
    Setting("cut_off",               "当日起算截止时间",             "16:30", "time",   "在此之前到局的，立案当日起算；之后到局的，次一工作日起算"),
    Setting("list_morning",          "上午清单时间",                 "11:30", "time",   "同日事项按团队一行提示"),
    Setting("list_afternoon",        "下午清单时间",                 "16:00", "time",   "同日事项按团队一行提示"),
    Setting("soft_end",              "下班时间（软截止）",           "17:30", "time",   "页面显示的当日截止"),
    Setting("hard_end",              "当日硬截止",                   "24:00", "text",   "此后计为超期，开出超期说明单"),
    Setting("paper_route_president", "院长、副院长可纸质签批",       "1",     "flag",   "打印、手签、扫描、另一人核对原件后生效"),
    Setting("same_debtor_cap",       "同一被执行人集中办理上限",     "10",    "number", "分流时同一被执行人的案件归同一团队"),
    Setting("quality_sample",        "卷宗抽检比例（%）",            "10",    "number", "第二人抽检"),
    Setting("closing_by_judge",      "执行完毕由员额法官结案",       "1",     "flag",   "核验全部通过时由签发法官结案"),
    Setting("disbursement_tier",     "案款发放由副院长审批的起点",   "500000", "number", "金额达到此数须分管副院长审批（元）"),
    Setting("own_numbering",         "执恢、执保由本局编号",         "",      "flag",   "空：按运行方式（演示环境开启）"),
    Setting("import_files_years",    "导入文件保存年数",             "3",     "number", ""),
)
# fmt: on
SETTING = {setting.key: setting for setting in SETTINGS}


class Settings:
    """Values by key; what the court has not set has the program's default. `length(rule)` answers for clocks."""

    def __init__(self, stored: dict[str, str]):
        self.stored = stored

    def get(self, key: str) -> str:
        return self.stored.get(key) or SETTING[key].default

    def number(self, key: str) -> int:
        return int(self.get(key))

    def flag(self, key: str) -> bool:
        return self.get(key) == "1"

    def time(self, key: str) -> time:
        return time.fromisoformat(self.get(key))

    def length(self, rule: str) -> int | None:
        value = self.stored.get(f"clock.{rule}")
        return int(value) if value else None
