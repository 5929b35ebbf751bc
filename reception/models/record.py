"""接待记录: what came of one reception, and the clues that were named in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class ReceptionRecord(models.Model):
    """One line of the day's book. Of the filing day there is one an item; later visits have none."""

    class Kind(models.TextChoices):
        RECEPTION = "reception", "初次接待"
        NOTE = "note", "未接待说明"
        CHECK = "check", "移送核对"
        LATER = "later", "补接待"

    class Mode(models.TextChoices):
        ONSITE = "onsite", "现场"
        PHONE = "phone", "电话"
        VIDEO = "video", "视频"
        ONLINE = "online", "网上"

    class Visitor(models.TextChoices):
        PARTY = "party", "申请人本人"
        LEGAL = "legal", "法定代表人（负责人）"
        AGENT = "agent", "委托代理人"
        DEBTOR = "debtor", "被执行人"
        OTHER = "other", "其他"

    class Signing(models.TextChoices):
        SCREEN = "screen", "屏幕签名"
        PAPER = "paper", "打印签名后扫回"
        REMOTE = "remote", "非现场，不签名"

    class Reason(models.TextChoices):
        NO_ANSWER = "no_answer", "电话不通"
        AWAY = "away", "在外地，约期到院"
        ONLINE = "online", "已线上联系，另行补接待"
        REFUSED = "refused", "拒绝到场"
        TRANSFERRED = "transferred", "移送执行，无申请执行人"
        OTHER = "other", "其他"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="receptions")
    item = models.ForeignKey("cases.WorkItem", models.PROTECT, null=True, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    mode = models.CharField("接待方式", max_length=10, choices=Mode.choices, blank=True)
    visitor = models.CharField("来访人", max_length=10, choices=Visitor.choices, blank=True)
    visitor_name = models.CharField("来访人姓名", max_length=100, blank=True)
    party = models.ForeignKey("cases.Party", models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField("开始")
    at = models.DateTimeField("登记")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    told = models.JSONField("登记内容", default=dict)  # what the papers were made of, by name
    originals = models.PositiveSmallIntegerField("原件件数", default=0)
    reason = models.CharField("未接待原因", max_length=20, choices=Reason.choices, blank=True)
    signing = models.CharField("签名方式", max_length=10, choices=Signing.choices, blank=True)
    signed_at = models.DateTimeField("签名", null=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="reception")
    address = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="reception_address")
    bundle = models.ForeignKey("documents.Bundle", models.PROTECT, null=True, related_name="receptions")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reception_once", fields=["item"], condition=Q(item__isnull=False)),
            models.CheckConstraint(
                name="reception_of_its_day",
                condition=(Q(kind="later", item=None) | Q(item__isnull=False) & ~Q(kind="later")),
            ),
            models.CheckConstraint(name="reception_note_reasoned", condition=~Q(kind="note") | ~Q(reason="")),
            models.CheckConstraint(
                name="reception_has_a_mode", condition=~Q(kind__in=("reception", "later")) | ~Q(mode="")
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="reception_book"),
            models.Index(fields=["case", "id"], name="reception_case"),
            models.Index(
                fields=["id"],
                name="reception_unsigned",
                condition=Q(signed_at__isnull=True, signing__in=("screen", "paper")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case}"

    @property
    def waits_for_signature(self) -> bool:
        return self.signed_at is None and self.signing in (self.Signing.SCREEN, self.Signing.PAPER)


class Clue(models.Model):
    """One property clue, as it was named at the counter."""

    KINDS = ("存款", "车辆", "不动产", "应收款", "工资收入", "股权证券", "公积金", "下落", "其他")

    record = models.ForeignKey(ReceptionRecord, models.PROTECT, related_name="clues")
    kind = models.CharField("类型", max_length=10)
    owner = models.CharField("权利人", max_length=200, blank=True)
    text = models.CharField("线索内容", max_length=300)
    urgent = models.BooleanField("紧急", default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="clue_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        owner = f"{self.owner}：" if self.owner else ""
        return f"（{self.kind}）{owner}{self.text}"
