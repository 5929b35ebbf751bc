"""Forms of service: sent, served, failed, one more person, sealed."""

from django import forms

from cases.forms.fields import SmartDate
from documents import service_rules
from documents.kinds import KIND
from documents.models import Service
from documents.service_rules import Way

SENT = (Way.POST, Way.DELEGATED, Way.PUBLICATION)


class SendForm(forms.Form):
    """Posted, delegated, published."""

    way = forms.ChoiceField(label="送达方式")
    on = SmartDate(label="发出日期", required=True, help_text="交邮、发函、公告发布之日")
    to = forms.CharField(label="寄往 / 受托法院 / 公告载体", max_length=200)
    number = forms.CharField(label="邮件号 / 委托函号", max_length=60, required=False)
    note = forms.CharField(label="原因和经过", max_length=200, required=False, help_text="公告送达必填")
    paper = forms.FileField(label="凭证", required=False, help_text="公告送达须附张贴照片、录像或报纸页面")

    def __init__(self, *args, service: Service, **options):
        super().__init__(*args, **options)
        open_ways = service_rules.ways(KIND[service.document.kind])
        self.fields["way"].choices = [(way, Way(way).label) for way in SENT if way in open_ways]

    def clean(self):
        data = super().clean()
        if data.get("way") == Way.PUBLICATION:
            for name, words in (("note", "请写明公告送达的原因和经过。"), ("paper", "请附张贴照片、录像或报纸页面。")):
                if not data.get(name):
                    self.add_error(name, words)
        return data


class ServedForm(forms.Form):
    """The day, who signed, who served, the signed paper."""

    way = forms.ChoiceField(label="送达方式")
    on = SmartDate(label="送达日期", required=True, help_text="回证签收、留置或回执注明的日期")
    relation = forms.ChoiceField(label="签收人身份", choices=list(service_rules.RELATIONS.items()))
    signer = forms.CharField(label="签收人", max_length=60, required=False, help_text="不写为受送达人本人")
    servers = forms.CharField(label="送达人", max_length=60, required=False)
    note = forms.CharField(
        label="情况", max_length=200, required=False, help_text="留置、拒绝签收的必填：见证人，或者拍照、录像情况"
    )
    paper = forms.FileField(label="送达回证", help_text="签收的回证、邮寄回执或照片")

    def __init__(self, *args, service: Service, **options):
        super().__init__(*args, **options)
        ways = [way for way in service_rules.ways(KIND[service.document.kind]) if way != Way.PUBLICATION]
        self.fields["way"].choices = [(way, Way(way).label) for way in ways]

    def clean(self):
        data = super().clean()
        relation = service_rules.RELATIONS.get(data.get("relation", ""), "")
        if why := service_rules.unproved(data.get("way", ""), relation, data.get("note", "")):
            self.add_error("note", why)
        return data


class FailedForm(forms.Form):
    reason = forms.CharField(label="未送达的原因", max_length=200, help_text="拒收、查无此人、迁移、地址不详等")
    paper = forms.FileField(label="退回的邮件或凭证", required=False)


class GiveUpForm(forms.Form):
    reason = forms.CharField(label="不再送达的原因", max_length=200)


class AddForm(forms.Form):
    """A party who is not on the list, or somebody who is no party."""

    party = forms.ChoiceField(label="当事人", required=False)
    name = forms.CharField(label="其他受送达人", max_length=200, required=False, help_text="如次债务人、协助执行人")
    to = forms.CharField(label="送达地址", max_length=200, required=False)

    def __init__(self, *args, parties=(), **options):
        super().__init__(*args, **options)
        rows = [(str(each.pk), f"{each.get_role_display()} {each.name}") for each in parties]
        self.fields["party"].choices = [("", "不是当事人"), *rows]

    def clean(self):
        data = super().clean()
        if not data.get("party") and not data.get("name"):
            self.add_error("name", "请选择当事人，或填写其他受送达人。")
        return data


class SealedForm(forms.Form):
    paper = forms.FileField(label="用印后的文书", help_text="盖章后扫描的 PDF 或图片")
