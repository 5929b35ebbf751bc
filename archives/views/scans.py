"""A batch of scans: begun, given files, catalogued page by page, handed in, filed. A contractor's pages are his own."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from archives import cataloguing, filing, pictures, scanning
from archives.access import batch_view, outside
from archives.forms import BeginForm, HandForm, ReasonForm, UploadForm
from archives.models import ScanBatch, ScanPage
from archives.pages import batch_page, desk
from cases import clock, journal, rights
from cases.access import office_view
from cases.refusals import Refused, Unseen
from cases.submissions import once
from documents import ocr
from documents.models import Bundle


@require_POST
@office_view("archive_desk")
@once
def begin(request, bundle_id):
    """交办: the bundle's scanning goes to somebody; to myself, its page opens at once."""
    bundle = get_object_or_404(Bundle.objects.select_related("case"), pk=bundle_id)
    rights.require(request.actor, bundle.case, "arrange_file")
    return _begun(request, bundle)


@require_POST
@office_view("archive_desk")
@once
def pile(request):
    """A pile of several bundles, each under its cover sheet."""
    return _begun(request, None)


def _begun(request, bundle):
    form = BeginForm(request.POST, people=scanning.scanners(request.actor))
    if not form.is_valid():
        raise Refused("请选择扫描人。")
    data = form.cleaned_data
    batch = scanning.begin(request.actor, bundle=bundle, holder_id=data["holder"], duplex=data["duplex"])
    if data["holder"] == request.actor.user_id:
        return redirect("archives:scan_batch", batch.pk)
    messages.success(request, f"已交{batch.holder.name}扫描。")
    return redirect("/archive/?tab=scan")


@office_view("scan_batch")
def mine(request):
    """What I have to scan; for a contractor the whole of the archive."""
    return render(
        request, "archives/mine.html", {"rows": desk.own_batches(request.actor), "masked": outside(request.actor)}
    )


@batch_view
def batch(request, batch):
    """Where the batch stands; open, the page that is to be decided."""
    page = batch_page.page(batch, request.actor, request.GET.get("page", ""))
    return render(request, "archives/batch.html", {**page, "upload": UploadForm(), "drop": ReasonForm()})


@require_POST
@batch_view
@once
def upload(request, batch):
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(*[str(error) for errors in form.errors.values() for error in errors])
    files = sorted(form.cleaned_data["files"], key=lambda each: each.name)
    scanning.receive(batch, files, request.actor)
    messages.success(request, f"已收到 {len(files)} 个文件，正在识别封面和分隔页。")
    return redirect("archives:scan_batch", batch.pk)


@require_POST
@batch_view
def act(request, batch, number):
    """One key on one page: place, turn, leave out, join; then the page that comes next."""
    if not ScanPage.objects.filter(batch=batch, number=number).exists():
        raise Unseen(str(number))
    do, after = request.POST.get("do", ""), number
    try:
        if do == "place":
            cataloguing.place(
                batch, number, request.POST.get("place", ""), request.POST.get("title", ""), request.actor
            )
            after = _next(batch, number)
        elif do in ("left", "right"):
            cataloguing.turn(batch, number, 270 if do == "left" else 90)
        elif do == "drop":
            cataloguing.leave_out(batch, number)
            after = _next(batch, number)
        elif do == "join":
            cataloguing.join(batch, number)
            after = _next(batch, number)
        elif do == "belongs":
            cataloguing.belongs(batch, number, request.POST.get("code", ""), request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"/archive/batch/{batch.pk}/?page={after}")


def _next(batch: ScanBatch, number: int) -> int:
    rows = ScanPage.objects.filter(batch=batch, number__gt=number).order_by("number")
    return rows.values_list("number", flat=True).first() or number


@batch_view
def image(request, batch, number):
    """The picture of a page; to a contractor marked with his name and the time, and written down."""
    row = get_object_or_404(ScanPage.objects.select_related("source", "bundle__case"), batch=batch, number=number)
    masked = outside(request.actor)
    if masked and (row.secret or (row.bundle and scanning.closed_to_contractors(row.bundle))):
        raise Unseen(str(number))
    with ocr.opened(row.source) as pages:
        picture = pages.picture(row.index, pictures.SHOWN, row.turned)
    if masked:
        now = clock.now()
        picture = pictures.marked(
            picture, f"{request.actor.name} {request.actor.user.staff_number} {now:%Y-%m-%d %H:%M}"
        )
        _told(request.actor, batch, number)
    response = HttpResponse(pictures.webp(picture), content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@transaction.atomic
def _told(actor, batch: ScanBatch, number: int) -> None:
    facts = {"batch": batch.pk, "page": number}
    journal.write([journal.Line(None, "read", "scan_page", "外包人员查看扫描页", facts)], actor)


@require_POST
@batch_view
@once
def blanks(request, batch):
    count = cataloguing.drop_blanks(batch)
    messages.success(request, f"{count} 页空白页不入卷。")
    return redirect("archives:scan_batch", batch.pk)


@require_POST
@batch_view
@once
def hand_in(request, batch):
    """交回: a contractor has done his part."""
    cataloguing.hand_in(batch, request.actor)
    messages.success(request, "已交回卷宗管理中心。")
    return redirect("archives:my_scans")


@require_POST
@batch_view(own=False)
@once
def file(request, batch):
    """入卷: every paper into its case, with the three counts."""
    why = {int(key[4:]): text for key, text in request.POST.items() if key.startswith("why_") and key[4:].isdigit()}
    filing.ask(batch, request.actor, differences=why, wait=request.POST.get("wait") != "0")
    messages.success(request, "正在入卷，完成后从「待编目」消失。")
    return redirect("archives:scan_batch", batch.pk)


@require_POST
@batch_view(own=False)
@once
def hand(request, batch):
    """改交他人."""
    form = HandForm(request.POST, people=scanning.scanners(request.actor))
    if not form.is_valid():
        raise Refused("请选择扫描人。")
    fresh = scanning.hand(batch, form.cleaned_data["holder"], request.actor)
    messages.success(request, f"已改交{fresh.holder.name}。")
    return redirect("/archive/?tab=catalogue")


@require_POST
@batch_view(own=False)
@once
def drop(request, batch):
    scanning.drop(batch, request.POST.get("reason", ""), request.actor)
    messages.success(request, "该批次已弃用，材料包回到「待扫描」。")
    return redirect("/archive/?tab=scan")
