"""Files into the dossier: by a plain form, in pieces, and from a phone."""

import json

import segno
from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.pages.item_page import case_form_page, case_line
from cases.refusals import Forbidden, Refused, Stale, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents.dossier import phone, uploads
from documents.dossier.forms import ReplaceForm
from documents.dossier.reading import paper_of
from documents.models import Upload
from teams.access import public

MOST = 200  # files of one plain form


@require_POST
@case_view("file_material")
def upload(request, case):
    """The chosen files, each by itself: a bad one is named with its reason, and keeps no good one out."""
    filed, refused = take(case, request.FILES.getlist("paper")[:MOST], request.actor, secret="secret" in request.POST)
    say(request, filed, refused)
    return redirect(f"/cases/{case.pk}/dossier/" + (f"?m={filed[-1].pk}" if filed else ""))


def take(case, files, actor, *, secret: bool = False) -> tuple[list, list[str]]:
    """(papers filed, sentences of what was refused)."""
    if not files:
        raise Refused("请先选择要上传的文件。")
    filed, refused = [], []
    for each in files:
        try:
            with transaction.atomic():
                filed.append(uploads.filed(case, each, actor, secret=secret))
        except Refused as refusal:
            refused.append(str(refusal))
    return filed, refused


@case_view("file_material")
@once
def replace(request, case, material_id):
    """替换: a new version of one paper, by the team that uploaded it."""
    paper = paper_of(case, material_id, request.actor, request.session.session_key or "")
    back = f"/cases/{case.pk}/dossier/?m={paper.pk}"
    if why := uploads.unreplaceable(paper, request.actor):
        raise Refused(why)
    form = ReplaceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            made = uploads.replaced(paper, form.cleaned_data["paper"], request.actor)
            messages.success(request, f"已替换为版本 {made.version}：{made.title}。")
            return redirect(f"/cases/{case.pk}/dossier/?m={made.pk}")
    page = case_form_page(case, request.actor, f"替换：{paper.title}", button="替换")
    return answer(request, "cases/case_form.html", page | {"back": back, "back_label": "返回卷宗"}, form)


def say(request, filed: list, refused: list[str]) -> None:
    if filed:
        messages.success(request, f"{len(filed)} 件已入卷，待编目的请及时编目。")
    for sentence in refused[:20]:
        messages.warning(request, sentence)
    if len(refused) > 20:
        messages.warning(request, f"另有 {len(refused) - 20} 件未能入卷。")


def told(view):
    """Answers a script: a refusal as a sentence in JSON, a lost place with where the file goes on."""

    def wrapper(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return JsonResponse({"refused": str(refusal)}, status=422)
        except Stale as stale:
            said = str(stale)
            more: dict[str, int | str] = {"received": int(said)} if said.isdigit() else {"refused": said}
            return JsonResponse(more, status=409)

    wrapper.action = view.action
    return wrapper


@require_POST
@told
@case_view("file_material")
def begin(request, case):
    """Where a file begins, or goes on after a cut."""
    if request.content_type != "application/json":
        raise Refused("上传的请求不完整，请刷新页面后重试。")
    try:
        given = json.loads(request.body or b"{}")
        name, size = str(given["name"]), int(given["size"])
    except (ValueError, KeyError, TypeError):
        raise Refused("上传的请求不完整，请刷新页面后重试。") from None
    number = given.get("number")
    row = uploads.begin(
        case, request.actor, name=name, size=size, mark=str(given.get("mark", "")),
        number=number if isinstance(number, int) and 0 < number < 100 else 0, secret=given.get("secret") is True,
    )  # fmt: skip
    return JsonResponse({"id": str(row.pk), "received": row.received, "piece": uploads.PIECE})


@require_POST
@told
@case_view("file_material")
def piece(request, case, upload_id):
    """One piece; `?cancel=1` forgets the whole."""
    actor = request.actor
    row = Upload.objects.filter(pk=upload_id, case=case, by=actor.user).first()
    if row is None:
        raise Stale("这次上传已经结束或取消，请重新选择文件。")
    if request.GET.get("cancel"):
        uploads.drop(row)
        return JsonResponse({"cancelled": True})
    at = request.GET.get("at", "")
    if not at.isdigit():
        raise Refused("上传的请求不完整，请刷新页面后重试。")
    row, paper = uploads.add(row, int(at), request.body, actor)
    if paper is None:
        return JsonResponse({"received": row.received})
    where = "副卷" if paper.secret_volume else "待编目" if not row.number else f"目录 {row.number}"
    return JsonResponse(
        {"received": row.size, "title": paper.title, "url": f"/cases/{case.pk}/dossier/?m={paper.pk}", "where": where}
    )


@case_view("file_material")
def phone_code(request, case):
    """The QR code that opens the upload page of this case on a phone, good for ten minutes."""
    url = request.build_absolute_uri(phone.address(case, request.actor))
    code = segno.make(url, error="m").svg_inline(scale=4, border=2, svgclass=None, lineclass=None, omitsize=False)
    page = {"case": case_line(case), "code": mark_safe(code), "minutes": phone.GOOD_FOR.seconds // 60, "url": url}
    return render(request, "documents/dossier_phone.html", page)


def guests(view):
    """Whoever comes by the phone's address: to the case it was made for, as the officer who made it."""

    def wrapper(request, token, *args):
        try:
            guest = phone.guest(token)
        except (phone.Ended, Unseen, Forbidden):
            return render(request, "documents/phone.html", {"ended": True}, status=410)
        return view(request, guest, token, *args)

    return public(wrapper)


@guests
def phone_page(request, guest, token):
    """The page on the phone: photographs or files into one case; nothing of the case is shown but its number."""
    if request.method == "POST":
        filed, refused = take_quietly(guest, request.FILES.getlist("paper")[:MOST])
        page = {"token": token, "number": guest.case.number, "filed": [row.title for row in filed], "refused": refused}
        return render(request, "documents/phone.html", page)
    return render(request, "documents/phone.html", {"token": token, "number": guest.case.number})


def take_quietly(guest, files) -> tuple[list, list[str]]:
    try:
        return take(guest.case, files, guest.actor)
    except Refused as refusal:
        return [], [str(refusal)]
