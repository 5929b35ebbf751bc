"""国家秘密: a case of this kind is a stub. Its parties, papers and files are kept off this system (保密法 31, flow §7)."""

from cases.hooks import Reason
from cases.models import Case
from cases.refusals import Refused

OFFLINE = "国家秘密案件线下办理：当事人、文书和材料不在本系统登记，也不上传文件。"


def refuse(case: Case | None) -> None:
    """Before anything of its contents is written, whoever writes it."""
    if case is not None and case.state_secret:
        raise Refused(Reason(OFFLINE, "查看案件", f"/cases/{case.pk}/"))
