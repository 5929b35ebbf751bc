"""The archive centre of the demo: files on their shelves, bundles and scans at every place of their way."""

import io
from collections.abc import Iterable

import zxingcpp
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from archives import cataloguing, loans, scanning, volumes
from archives.models import Loan, Volume
from cases import jobs, signing
from cases.models import Case, Job
from cases.present import present
from documents import custody
from documents.dossier import placing, rendering
from documents.dossier.volumes import arrange
from documents.models import Bundle

from . import officers, walk

SIZE = (827, 1169)  # A4 at 100 dpi


def work_off(*kinds: str) -> None:
    """What the worker would do, done here: the demo begins with it done."""
    while rows := list(Job.objects.filter(kind__in=kinds, state="waiting")):
        for row in rows:
            if not jobs.run(row.pk):
                raise RuntimeError(f"the demo's job {row.kind} failed: {Job.objects.get(pk=row.pk).result}")


def checked(case: Case) -> Volume:
    """Everything catalogued, the machine's check passed, looked at by a second person where the lot says so."""
    clerk, second = officers.actor("archives", "clerk"), officers.actor("archives", "regular_officer")
    walk.file(case, "执行笔录")
    papers = [entry.material for volume in arrange(case, secret=True) for entry in volume.entries]
    for paper in papers:
        number = placing.places(case, [paper])[paper.pk].number or placing.proposed(case, paper)
        placing.put(paper, number or len(placing.names(case, paper.secret_volume)), clerk)
    rendering.ensure(papers)
    work_off("dossier.render")
    volume = volumes.ask(case, clerk, retention=Volume.Retention.LONG, fonds="0902", catalogue=f"{case.closed_on:%Y}")
    return (
        volumes.decide(volume, True, "页面清晰，目录相符", second) if volume.state == Volume.State.CHECKING else volume
    )


def archive(case: Case) -> Case:
    """From the check to the shelf."""
    clerk = officers.actor("archives", "clerk")
    volume = checked(case)
    volumes.pack(volume, clerk)
    work_off("archives.pack")
    volumes.shelve(volume, "A-03-12", clerk)
    return Case.objects.get(pk=case.pk)


def lend(case: Case) -> None:
    """One is out, asked for a visitor and signed by the leader of the centre."""
    by = officers.actor("petitions", "clerk")
    walk.sign_all(signing.ask(case, "file_loan", by, proposal={"reason": "当事人来访，核对原卷"}))
    loan = Loan.objects.get(case=case)
    loans.lend(loan, Volume.objects.get(case=case, state=Volume.State.SHELVED), officers.actor("archives", "clerk"))


def bundles(cases: list[Case]) -> None:
    """Of the teams' papers: one on its way, one received, one with a contractor, one open for cataloguing."""
    clerk = officers.actor("archives", "clerk")
    contractor = officers.actor("archives", "contractor")
    made = [bundle(case, title) for case, title in zip(cases, TITLES, strict=False)]
    for row in made[1:]:
        custody.take(row, clerk)
    if len(made) > 3:
        scanning.begin(clerk, bundle=made[2], holder_id=contractor.user_id)
        batch = scanning.begin(clerk, bundle=made[3])
        scanning.receive(batch, [scan(made[3])], clerk)
        work_off("archives.read")
        batch.refresh_from_db()
        cataloguing.place(batch, 2, "11", "执行笔录", clerk)


TITLES = ("送达回证、邮寄凭证", "执行笔录", "财产查询回执", "执行笔录、收款凭证")


def bundle(case: Case, title: str) -> Bundle:
    by = officers.holder(case)
    made = custody.make(case, by, kind=Bundle.Kind.PAPERS, title=title, pieces=2, pages=3)
    custody.give(made, present(officers.actor("archives").team_id), by)
    return made


def scan(row: Bundle) -> ContentFile:
    """Cover, two pages of a record, a blank, a receipt."""
    texts = ("执行笔录", "执行笔录（第二页）", "", "收款凭证")
    pages = [page(custody.code_of(row), cover=True), *(page(text) for text in texts)]
    written = io.BytesIO()
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return ContentFile(written.getvalue(), name="扫描.pdf")


def page(text: str, *, cover: bool = False, more: Iterable[str] = ()) -> Image.Image:
    sheet = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(settings.FONTS_DIR / "song.ttf"), 30)
    if cover:
        bars = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=3)
        sheet.paste(Image.fromarray(bars), (110, 300))
    elif text:
        for line, words in enumerate((settings.COURT_NAME, text, *more, "（演示扫描件，内容虚构）")):
            draw.text((120, 140 + line * 60), words, fill=0, font=font)
    return sheet
