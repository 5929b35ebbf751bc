"""What an officer reads when a request is refused or fails: what happened, what to do, who can help, the number to say.

One table, one page, one fragment: every room and the handlers of the program answer through `answer`.
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class Words(NamedTuple):
    title: str
    happened: str
    todo: str
    who: str


# fmt: off
WORDS = {
    400: Words("请求不完整", "页面发来的内容不完整，没有办理。", "请返回上一页，刷新后重新填写。", "仍不行时，请把请求编号告诉系统管理员。"),
    403: Words("不能办理", "您看得到这个案件或页面，但不能办理这一项。", "请返回；确有需要的，请由有权限的人办理。", "应由您办理的，请联系团队负责人或安全管理员。"),
    404: Words("没有这个页面", "没有这个案件或页面，或您无权查看。", "请核对案号或地址，也可以用页面上方的查找。", "需要查看的，请联系承办团队。"),
    405: Words("打开方式不对", "这一项须在页面上点按钮办理，不能直接打开地址。", "请返回上一页，点页面上的按钮。", "找不到按钮的，请联系团队负责人。"),
    409: Words("刚有他人办理", "您打开页面之后，他人已办理了同一事项；您的操作没有重复生效。", "请返回并刷新，看办理后的情况再决定。", "对结果有疑问的，请联系上面所示的办理人。"),
    413: Words("内容太大", "提交的内容超过 10 兆，或单个文件超过 50 兆，没有收下。", "请压缩或拆分后分次提交。", "确需提交大文件的，请联系系统管理员。"),
    422: Words("现在不能办理", "这一步的条件还不具备，没有办理。", "请按上面的提示补齐后再办理。", "对规则有疑问的，请联系团队负责人。"),
    429: Words("尝试次数过多", "短时间内尝试的次数过多，暂时停止受理。", "请过 30 分钟再试。", "急用的，请联系系统管理员解除。"),
    500: Words("程序出错", "这一次没有办成，也没有留下半截；原来的内容没有变。", "请返回重试一次；填写的内容如有草稿，会在原页面提示。", "仍不行时，请把请求编号告诉系统管理员。"),
    503: Words("暂时不能使用", "系统正在维护，或数据库暂时没有回应；已办成的事项不受影响。", "请过几分钟再试，不必重复提交。", "超过十分钟仍不能使用的，请联系系统管理员。"),
}
# fmt: on
CSRF = Words(
    "表单已失效",
    "页面停留过久，或您在别处重新登录过，这份表单不能再提交；没有办理。",
    "请返回上一页并刷新，再重新提交。",
    "反复出现的，请联系系统管理员。",
)


def answer(request: HttpRequest, status: int, reasons: Iterable = (), words: Words | None = None) -> HttpResponse:
    """The page, or for htmx the fragment; its sentence also as a header, for strips of pages that stay as they are.

    `reasons`: what has `text` and may have `url` and `remedy`.
    """
    words = words or WORDS[status]
    context = {
        "status": status,
        "words": words,
        "reasons": list(reasons),
        "request_id": getattr(request, "number", ""),
        "back": request.META.get("HTTP_REFERER", ""),
    }
    fragment = bool(getattr(request, "htmx", None))
    response = HttpResponse(_render(request, context, fragment), status=status)
    told = "；".join(each.text for each in context["reasons"]) or words.happened
    response["X-Told"] = quote(f"{words.title}：{told[:200]}请求编号 {context['request_id']}。")
    return response


def _render(request: HttpRequest, context: dict, fragment: bool) -> str:
    if fragment:
        return render_to_string("errors/_fragment.html", context)
    try:
        if getattr(request, "actor", None) is not None:
            request.actor = request.actor or None  # type: ignore[attr-defined]  # lazy where no view was found
        return render_to_string("errors/page.html", context, request)
    except Exception:  # the frame asks the database, which may be what is away
        return render_to_string("errors/page.html", context)
