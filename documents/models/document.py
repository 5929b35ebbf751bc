"""One paper of a case, from the first draft to the issued file. Kinds are table 5; the file is a `Material`."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases import clock
from teams.actor import SYSTEM, Actor

USER = settings.AUTH_USER_MODEL


class Batch(models.Model):
    """Papers issued together; how far it is, is counted from its papers."""

    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    at = models.DateTimeField("制发时间")


class Document(models.Model):
    """A draft may be changed or dropped; what is issued stands as it was printed, and keeps its number when void."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        READY = "ready", "定稿待签"
        DRAWING = "drawing", "制发中"
        ISSUED = "issued", "已制发"
        VOID = "void", "已作废"
        DROPPED = "dropped", "已弃用"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="documents")
    kind = models.CharField("文书种类", max_length=60)  # key of table 5
    subject = models.CharField("对象", max_length=60, blank=True)  # `party:5`: whom the paper is about
    title = models.CharField("名称", max_length=200)
    asked = models.JSONField("填写内容", default=dict)  # what the drafter was asked, by name
    settled = models.JSONField("报请时的成文", null=True)  # its words and staff as they were put to its signers
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    problem = models.CharField("未能制发的原因", max_length=300, blank=True)
    series = models.CharField("编号序列", max_length=20, blank=True)
    ordinal = models.PositiveSmallIntegerField("序号", null=True)  # 1 bare number, 2 之一, …
    number = models.CharField("文号", max_length=80, blank=True)
    approval = models.ForeignKey("cases.Approval", models.PROTECT, null=True, related_name="documents")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="documents")
    material = models.OneToOneField("cases.Material", models.PROTECT, null=True, related_name="document")
    check_code = models.CharField("核验码", max_length=20, unique=True, null=True)
    posting = models.ForeignKey("teams.Posting", models.PROTECT, null=True, related_name="+")  # who drafted it
    made_at = models.DateTimeField("拟稿时间")
    changed_at = models.DateTimeField("修改时间")
    issued_at = models.DateTimeField("制发时间", null=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_number_once", fields=["case", "series", "ordinal"], condition=Q(ordinal__isnull=False)
            ),
            models.CheckConstraint(
                name="document_issued_has_file",
                condition=~Q(state__in=("issued", "void")) | Q(material__isnull=False, issued_at__isnull=False),
            ),
            models.CheckConstraint(name="document_void_reasoned", condition=~Q(state="void") | ~Q(void_reason="")),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="document_case"),
            models.Index(
                fields=["state", "posting", "id"],
                name="document_open",
                condition=Q(state__in=("draft", "ready", "drawing")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.number}"

    @property
    def drafter(self) -> Actor:
        """Who drafted it, at the posting he drafted it from: what follows the paper is his; the program's own is nobody's."""
        return Actor.of(self.posting.person, self.posting, clock.today()) if self.posting else SYSTEM

    @property
    def version(self) -> str:
        """What a form saw of it; another moment is another version."""
        return f"{self.changed_at.timestamp():.6f}"
