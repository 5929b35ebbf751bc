"""The columns of a filing list, each by every name that offices give it."""

import re
import unicodedata

# fmt: off
SYNONYMS = {
    "number":               ("案号", "执行案号", "案件编号", "立案案号"),
    "kind":                 ("案件类型", "案件类别", "类型"),
    "filed_on":             ("立案日期", "立案时间", "立案日"),
    "received_on":          ("收案日期", "申请日期", "收案时间", "申请时间"),
    "cause":                ("案由", "执行案由"),
    "basis":                ("执行依据文号", "执行依据", "依据文号", "执行依据案号", "生效法律文书"),
    "basis_maker":          ("作出单位", "依据作出单位", "作出机构", "作出法院"),
    "amount":               ("申请标的", "标的额", "执行标的", "申请标的额", "申请执行标的", "标的", "标的金额", "申请标的金额", "执行标的额"),
    "creditor":             ("申请执行人", "申请人", "申请执行人姓名", "债权人"),
    "creditor_kind":        ("申请人证件类型", "申请执行人证件类型"),
    "creditor_certificate": ("申请人证件号码", "申请执行人证件号码", "申请人证件号", "申请执行人证件号", "申请人身份证号"),
    "creditor_phone":       ("申请人电话", "申请执行人电话", "申请人联系电话", "申请执行人联系电话"),
    "debtor":               ("被执行人", "被申请人", "被执行人姓名", "债务人"),
    "debtor_kind":          ("被执行人证件类型", "被申请人证件类型"),
    "debtor_certificate":   ("被执行人证件号码", "被执行人证件号", "被申请人证件号码", "被执行人身份证号"),
    "debtor_phone":         ("被执行人电话", "被执行人联系电话", "被申请人电话"),
    "clues":                ("财产线索", "线索", "可供执行财产线索"),
    "preservation":         ("保全案号", "保全", "执保案号"),
    "sent_by":              ("移送部门", "移送单位", "移送执行部门"),
    "remark":               ("备注", "说明"),
    # second sheet 当事人: one row a party
    "party_role":           ("地位", "诉讼地位", "当事人类型", "身份"),
    "party_name":           ("姓名", "名称", "姓名/名称", "当事人", "当事人姓名", "当事人名称"),
    "party_kind":           ("证件类型",),
    "party_certificate":    ("证件号码", "证件号", "身份证号", "身份证号码"),
    "party_phone":          ("电话", "联系电话", "手机"),
}
# fmt: on
LABELS = {key: names[0] for key, names in SYNONYMS.items()}
REQUIRED = ("number", "filed_on", "debtor")
UNIT = re.compile(r"[(（\[【](.*?)[)）\]】]")


def clean(text) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text or "")))


KEYS = {clean(name): key for key, names in SYNONYMS.items() for name in names}


def key_of(header) -> tuple[str, str]:
    """(key, unit) of a header cell; the key is '' for a column that is not read."""
    text = clean(header)
    unit = "".join(UNIT.findall(text))
    return KEYS.get(UNIT.sub("", text)) or KEYS.get(text, ""), unit


def recognise(row) -> dict[int, tuple[str, str]]:
    """Which column holds what, from one row of cells; empty when it is not a header row."""
    found: dict[int, tuple[str, str]] = {}
    for index, cell in enumerate(row):
        key, unit = key_of(cell)
        if key and key not in {each for each, _ in found.values()}:
            found[index] = (key, unit)
    return found if len(found) >= 3 else {}
