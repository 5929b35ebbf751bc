"""The columns of a filing list, each by every name that offices give it."""

import re
import unicodedata

# fmt: off
SYNONYMS = {
    "number":               ("案号", "执行案号", "案件编号", "立案案号", "案件号", "案件字号", "执行案件案号"),
    "kind":                 ("案件类型", "案件类别", "类型"),
    "filed_on":             ("立案日期", "立案时间", "立案日", "登记立案日期", "立案登记日期", "执行立案日期"),
    "received_on":          ("收案日期", "申请日期", "收案时间", "申请时间", "申请执行日期", "收到申请日期", "收到日期"),
    "cause":                ("案由", "执行案由"),
    "basis":                ("执行依据文号", "执行依据", "依据文号", "执行依据案号", "生效法律文书", "生效文书案号", "原审案号"),
    "basis_maker":          ("作出单位", "依据作出单位", "作出机构", "作出法院", "制作单位", "执行依据制作单位"),
    "amount":               ("申请标的", "标的额", "执行标的", "申请标的额", "申请执行标的", "标的", "标的金额", "申请标的金额",
                             "执行标的额", "执行标的金额", "申请执行标的额", "申请金额", "申请执行金额", "执行金额", "标的数额"),
    "creditor":             ("申请执行人", "申请人", "债权人", "权利人"),
    "creditor_kind":        ("申请人证件类型",),
    "creditor_certificate": ("申请人证件号码",),
    "creditor_phone":       ("申请人电话",),
    "creditor_address":     ("申请人地址",),
    "creditor_agent":       ("申请人代理人",),
    "debtor":               ("被执行人", "被申请人", "被申请执行人", "债务人", "义务人"),
    "debtor_kind":          ("被执行人证件类型",),
    "debtor_certificate":   ("被执行人证件号码",),
    "debtor_phone":         ("被执行人电话",),
    "debtor_address":       ("被执行人地址",),
    "debtor_agent":         ("被执行人代理人",),
    "clues":                ("财产线索", "线索", "可供执行财产线索", "被执行人财产线索"),
    "preservation":         ("保全案号", "保全", "执保案号", "关联保全案号"),
    "sent_by":              ("移送部门", "移送单位", "移送执行部门", "移送庭室"),
    "remark":               ("备注", "说明"),
    # second sheet 当事人: one row a party
    "party_role":           ("地位", "诉讼地位", "当事人类型", "当事人地位", "身份"),
    "party_name":           ("姓名", "名称", "姓名/名称", "姓名或名称", "当事人", "当事人姓名", "当事人名称"),
    "party_kind":           ("证件类型", "证件种类"),
    "party_certificate":    ("证件号码", "证件号", "身份证号", "身份证号码", "统一社会信用代码", "身份证号/统一社会信用代码"),
    "party_phone":          ("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式"),
    "party_address":        ("地址", "住址", "住所", "住所地", "联系地址"),
}
# What may follow the name of a side, first match first: the papers of an agent or a representative are not the party's.
PARTS = (
    ("agent",       r"(委托|诉讼)?(诉讼)?代理人(姓名)?"),
    ("",            r".*(代理|代表|负责人|法人).*"),
    ("kind",        r"证件(类型|种类)"),
    ("certificate", r".*(证件|身份证|信用代码|证照).*"),
    ("phone",       r".*(电话|手机|联系方式).*"),
    ("address",     r".*(地址|住址|住所).*"),
    ("name",        r"(姓名|名称)?([/或、]?(姓名|名称))?"),
)
# fmt: on
LABELS = {key: names[0] for key, names in SYNONYMS.items()}
REQUIRED = ("number", "filed_on", "debtor")
SIDES = ("creditor", "debtor")
BRACKETS = re.compile(r"[(（\[【](.*?)[)）\]】]")
UNIT = re.compile(r"[:/,]?((?:单位[:/]?)?(?:人民币)?万?元)$")


def clean(text) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text or ""))).strip("*:")


KEYS = {clean(name): key for key, names in SYNONYMS.items() for name in names}


def key_of(header) -> tuple[str, str]:
    """(key, unit) of a header cell; the key is '' for a column that is not read."""
    text = clean(header)
    if key := _key(text):
        return key, ""
    inside, body = "".join(BRACKETS.findall(text)), BRACKETS.sub("", text)
    tail = UNIT.search(body)
    if tail and not inside:
        return _key(body[: tail.start()]), tail[1]
    if inside and (key := _key(body + inside)):
        return key, ""
    return _key(body), inside


def _key(text: str) -> str:
    if text in KEYS:
        return KEYS[text]
    for side in SIDES:
        for name in sorted(SYNONYMS[side], key=len, reverse=True):
            if text.startswith(name):
                return _part(side, text.removeprefix(name).removeprefix("的"))
    return ""


def _part(side: str, rest: str) -> str:
    part = next((part for part, words in PARTS if re.fullmatch(words, rest)), "")
    return side if part == "name" else f"{side}_{part}" if part else ""


def recognise(row, below=()) -> dict[int, tuple[str, str]]:
    """Which column holds what, from one row of cells; empty when it is not a header row.

    With `below`, a second row of headers: 「申请执行人」 over 「姓名 | 证件号码 | 电话」.
    """
    heads = under(row, below) if below else list(row)
    found: dict[int, tuple[str, str]] = {}
    for index, cell in enumerate(heads):
        key, unit = key_of(cell)
        if key and key not in {each for each, _ in found.values()}:
            found[index] = (key, unit)
    return found if len(found) >= 3 else {}


def is_below(row) -> bool:
    """Whether a row is the lower half of a header: at least two cells of what is told of a party, and nothing else."""
    said = [key_of(cell)[0] for cell in row if clean(cell)]
    return len(said) > 1 and all(key.startswith("party_") for key in said)


def under(row, below) -> list[str]:
    """Both rows of a header as one; a name over several columns counts for each of them."""
    heads, over = [], ""
    for index in range(max(len(row), len(below))):
        top = clean(row[index]) if index < len(row) else ""
        low = clean(below[index]) if index < len(below) else ""
        over = top or (over if low else "")
        heads.append(over if key_of(low)[0] in ("", "party_name") else over + low)
    return heads
