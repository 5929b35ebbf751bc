"""What the court must confirm or may set: one line each, the program's value beside it (page 「待院里确认」).

Clocks marked `?` in table 3 join the list under `clock.<rule>` with the length given there.
"""

from datetime import time
from typing import NamedTuple


class Setting(NamedTuple):
    key: str
    label: str
    default: str
    kind: (
        str  # time, number, text, flag, auto (a flag that may be left to the mode), fixed (said here, changed nowhere)
    )
    why: str
    effect: str  # what changes the moment another value is saved
    unit: str = ""
    comes: str = ""  # the room that will read it; until then the value is kept and does nothing


UNCONFIRMED = "（待院里确认）"  # stands in a text nobody has given yet; papers of the court treat it as missing
ON_PAPER = "保存后制作的文书；已签发的不变"


# fmt: off
SETTINGS = (
    Setting("cut_off", "当日起算截止时间", "16:30", "time",
            "在此之前到局的，立案当日起算；之后到局的，次一工作日起算", "保存后新登记的案件；已起算的不变"),
    Setting("list_morning", "上午清单时间", "11:30", "time", "同日事项按团队一行提示", "次日起的提示"),
    Setting("list_afternoon", "下午清单时间", "16:00", "time", "同日事项按团队一行提示", "次日起的提示"),
    Setting("soft_end", "下班时间（软截止）", "17:30", "time", "页面显示的当日截止，不影响是否超期", "页面显示"),
    Setting("hard_end", "当日硬截止", "24:00", "fixed", "此后计为超期，开出超期说明单", "期间按日计算，届满日终了为止，不设修改"),
    Setting("paper_route_president", "院长、副院长可纸质签批", "1", "flag",
            "打印、手签、扫描、另一人核对原件后生效", "院长、副院长待签的审批出现或不再出现「打印签批单」"),
    Setting("closing_by_judge", "执行完毕由员额法官结案", "1", "flag",
            "核验全部通过时由签发法官结案；否则再报局长", "保存后报请的结案"),
    Setting("disbursement_tier", "案款发放由副院长审批的起点", "500000", "number",
            "达到此数须分管副院长审批", "保存后报请的案款发放", unit="元"),
    Setting("own_numbering", "执恢、执保由本局编号", "", "auto",
            "否则由立案庭给号，在「移送立案表」登记；演示环境默认开启，正式运行默认关闭", "保存后发出的移送立案表"),
    Setting("same_debtor_cap", "同一被执行人集中办理上限", "10", "number",
            "分流时同一被执行人的案件归同一团队", "保存后的分流建议和分流", unit="件"),
    Setting("living_reserve", "自然人必需生活费用保留额", "2000", "number",
            "网络冻结时每名自然人被执行人留出的存款余额（查封扣押冻结规定第3条）", "保存后提出的网络冻结", unit="元"),
    Setting("quality_sample", "卷宗抽检比例", "10", "number",
            "第二人抽检", "卷宗质检", unit="%", comes="卷宗质检"),
    Setting("import_files_years", "导入清单逐行内容保存", "3", "number",
            "期满清除逐行内容，只留结果和案号", "每夜清理", unit="年"),
    Setting("court_name", "本院名称", "濮阳市华龙区人民法院", "text", "文书标题、正文中的法院名称", ON_PAPER),
    Setting("court_upper", "上一级人民法院", "濮阳市中级人民法院", "text", "文书告知的复议法院", ON_PAPER),
    Setting("court_address", "本院地址", f"濮阳市华龙区{UNCONFIRMED}", "text", "文书载明的到院、邮寄地址", ON_PAPER),
    Setting("court_phone", "执行指挥中心电话", f"0393-{UNCONFIRMED}", "text", "分流前的文书以此为联系电话", ON_PAPER),
    Setting("court_report_phone", "举报电话", f"0393-{UNCONFIRMED}", "text", "限制消费令、悬赏公告载明的举报电话", ON_PAPER),
    Setting("court_account_name", "案款账户户名", f"濮阳市华龙区人民法院{UNCONFIRMED}", "text", "执行通知书载明的收款账户", ON_PAPER),
    Setting("court_account_number", "案款账号", UNCONFIRMED, "text", "未启用一案一账号时，执行通知书载明的账号", ON_PAPER),
    Setting("court_account_bank", "案款开户行", UNCONFIRMED, "text", "执行通知书载明的开户行", ON_PAPER),
)
# fmt: on
SETTING = {setting.key: setting for setting in SETTINGS}
FLAGS = {"1": "是", "0": "否", "": "按运行方式"}


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
