"""Parties of a case, their agents, and the standing of each debtor."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Reverse

from cases.names import Bigrams


# No context: its function costs each row a rolled-back subtransaction, and a long import the square of its rows;
# who changed a party and why is in the journal.
@pghistory.track(append_only=True, exclude=["initials"], context_field=None)  # type: ignore[arg-type]
class Party(models.Model):
    """当事人. A doubtful certificate is kept and marked in `certificate_doubt`, never dropped."""

    class Role(models.TextChoices):
        CREDITOR = "creditor", "申请执行人"
        DEBTOR = "debtor", "被执行人"
        OUTSIDER = "outsider", "案外人"
        INTERESTED = "interested_person", "利害关系人"
        GUARANTOR = "guarantor", "担保人"

    class Type(models.TextChoices):
        NATURAL = "natural_person", "自然人"
        LEGAL = "legal_person", "法人"
        ORGANISATION = "unincorporated_org", "非法人组织"

    class Certificate(models.TextChoices):
        IDENTITY = "identity", "居民身份证"
        CREDIT_CODE = "credit_code", "统一社会信用代码"
        OLD_IDENTITY = "old_identity", "旧版居民身份证"
        PASSPORT = "passport", "护照"
        OTHER = "other", "其他证件"
        NONE = "", "未提供"

    class Standing(models.TextChoices):
        ACTIVE = "active", "在执"
        SUSPENDED = "suspended", "中止"
        DECEASED = "deceased", "死亡待承继"
        TERMINATED = "terminated", "终结"
        PERFORMED = "performed", "已履行其部分"
        REPLACED = "replaced", "已被变更"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="parties", db_index=False)
    role = models.CharField("地位", max_length=20, choices=Role.choices)
    position = models.PositiveSmallIntegerField("次序", default=1)
    type = models.CharField("类型", max_length=20, choices=Type.choices)
    name = models.CharField("姓名/名称", max_length=200)
    initials = models.CharField(max_length=200, blank=True, editable=False)  # of the name, for the search
    certificate = models.CharField("证件类型", max_length=20, choices=Certificate.choices, blank=True)
    certificate_number = models.CharField("证件号码", max_length=40, blank=True)
    certificate_doubt = models.CharField("证件疑点", max_length=100, blank=True)
    born_on = models.DateField("出生日期", null=True)
    sex = models.CharField("性别", max_length=2, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    address = models.CharField("住址", max_length=200, blank=True)
    representative = models.CharField("法定代表人/负责人", max_length=60, blank=True)
    e_service = models.BooleanField("同意电子送达", default=False)
    e_service_to = models.CharField("电子送达地址", max_length=100, blank=True)
    standing = models.CharField("执行地位", max_length=20, choices=Standing.choices, default=Standing.ACTIVE)
    standing_material = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="party_position", fields=["case", "role", "position"]),
            models.CheckConstraint(name="standing_is_a_debtors", condition=Q(role="debtor") | Q(standing="active")),
            models.CheckConstraint(name="party_named", condition=~Q(name="")),
        ]
        indexes = [
            models.Index(fields=["certificate_number"], name="party_certificate", condition=~Q(certificate_number="")),
            models.Index(fields=["name"], name="party_name", opclasses=["text_pattern_ops"]),
            GinIndex(Bigrams("name"), name="party_name_bigrams"),
            GinIndex(Bigrams("initials"), name="party_initials_bigrams"),
            models.Index(
                OpClass(Reverse("certificate_number"), name="text_pattern_ops"),
                name="party_certificate_tail",
                condition=~Q(certificate_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"party:{self.pk}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), append_only=True)
class Agent(models.Model):
    """委托代理人 of a party, with the scope of the power; `ended_on` when the power was withdrawn."""

    class Scope(models.TextChoices):
        GENERAL = "general", "一般授权"
        SPECIAL = "special", "特别授权"

    party = models.ForeignKey(Party, models.PROTECT, related_name="agents")
    name = models.CharField("姓名", max_length=60)
    scope = models.CharField("代理权限", max_length=10, choices=Scope.choices)
    firm = models.CharField("律师事务所/单位", max_length=100, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    e_service = models.BooleanField("同意电子送达", default=False)
    e_service_to = models.CharField("电子送达地址", max_length=100, blank=True)
    ended_on = models.DateField("解除委托", null=True)

    def __str__(self) -> str:
        return self.name
