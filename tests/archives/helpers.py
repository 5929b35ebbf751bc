"""Scans for the tests of this room: pages with words, blanks, covers and separators; officers at the browser."""

import io

import zxingcpp
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image, ImageDraw, ImageFont

from archives import cataloguing, filing, scanning
from archives.models import ScanBatch
from cases import jobs
from cases.models import Job
from documents import custody
from tests import make

A4 = (827, 1169)  # 100 dpi


def sheet(words: str = "", code: str = "", turned: int = 0) -> Image.Image:
    """A page as a scanner gives it; without words and code, a blank one."""
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(settings.FONTS_DIR / "song.ttf"), 30)
    for row, text in enumerate([words, "濮阳市华龙区人民法院笔录"] if words else []):
        draw.text((90, 120 + row * 52), text, fill=0, font=font)
    if code:
        bars = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.Code128).to_image(scale=3)
        page.paste(Image.fromarray(bars), (110, 300))
    return page.rotate(turned, expand=True)


def scan(*pages: Image.Image, name: str = "扫描.pdf") -> ContentFile:
    written = io.BytesIO()
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return ContentFile(written.getvalue(), name=name)


def clerk(nth: int = 0):
    return make.actor("archives", "clerk", nth=nth)


def at_the_centre(case, pages: int = 3, kind: str = "papers", secret: bool = False):
    """A bundle that its team has given and the centre has taken."""
    by = make.actor(case.team.code, "clerk")
    bundle = custody.make(case, by, kind=kind, title="调解笔录等", pieces=2, pages=pages, secret=secret)
    custody.give(bundle, clerk().team_id, by)
    custody.take(bundle, clerk())
    bundle.refresh_from_db()
    return bundle


def work_off(*kinds: str) -> int:
    """Do what waits for a worker, as a worker does, until nothing is left; how many jobs were done."""
    done = 0
    while rows := list(
        Job.objects.filter(
            state="waiting", kind__in=kinds or ("archives.read", "archives.file", "ocr.scan", "archives.pack")
        )
    ):
        for row in rows:
            assert jobs.run(row.pk), (row.kind, Job.objects.get(pk=row.pk).result)
            done += 1
    return done


def scanned(bundle, *pages: Image.Image, holder=None, duplex: bool = False) -> ScanBatch:
    """A batch with these pages, read by the worker."""
    batch = scanning.begin(clerk(), bundle=bundle, holder_id=holder.user_id if holder else None, duplex=duplex)
    scanning.receive(batch, [scan(*pages)], clerk())
    work_off("archives.read")
    batch.refresh_from_db()
    return batch


def filed(batch: ScanBatch, **given) -> ScanBatch:
    filing.ask(batch, clerk(), **given)
    work_off()
    batch.refresh_from_db()
    return batch


def browser(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    session = client.session
    session["posting"] = actor.posting.pk
    session.save()
    return client


def catalogued(bundle) -> ScanBatch:
    """Three pages of two papers, the third scanned lying, a blank between them."""
    batch = scanned(bundle, sheet("笔录一"), sheet("笔录二"), sheet(), sheet("收据", turned=90))
    cataloguing.place(batch, 1, "11", "调解笔录", clerk())
    cataloguing.place(batch, 4, "23", "", clerk())
    cataloguing.turn(batch, 4, 90)
    cataloguing.drop_blanks(batch)
    return batch


def rendered(case) -> None:
    """The page images of the case's papers are made, as the worker makes them."""
    from documents.dossier import rendering

    rendering.ensure(list(case.materials.all()))
    work_off("dossier.render")
