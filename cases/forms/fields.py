"""Fields that read what people type: smart dates, money, telephone, 案号, certificates (ux §4)."""

from datetime import time

from django import forms

from cases import amounts, certificates, clock, dates, numbers, phones


class Typed(forms.CharField):
    """A text that the program reads: `kind` names its reader (cases.readings), which tells while it is typed."""

    kind = ""
    hint = ""

    def __init__(self, **options):
        options["help_text"] = options.get("help_text") or self.hint
        options.setdefault("max_length", 100)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "data-reads": self.kind}))
        super().__init__(**options)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return self.nothing
        try:
            return self.read(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    nothing = ""

    def read(self, text: str):
        raise NotImplementedError

    def has_changed(self, initial, data) -> bool:
        """By what it says, not by how it is written."""
        try:
            return self.clean(data) != (self.nothing if initial is None else initial)
        except forms.ValidationError:
            return True


class SmartDate(Typed):
    """A date typed the short way; shown back in full."""

    kind, hint, nothing = "date", "可写 20261123、11-23、今天、+3", None
    read = staticmethod(dates.read_date)


class SmartTime(Typed):
    """A time of day, kept as HH:MM."""

    kind, hint = "time", "可写 9:30 或 0930"

    def read(self, text: str) -> str:
        return f"{dates.read_time(text):%H:%M}"

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(f"{initial:%H:%M}" if isinstance(initial, time) else initial, data)


class SmartMoment(forms.SplitDateTimeField):
    """A date and a time beside it, each typed the short way; a moment here."""

    def __init__(self, *, input_date_formats=None, input_time_formats=None, **options):
        options.setdefault("help_text", "")
        options["help_text"] = options["help_text"] or f"日期{SmartDate.hint}；时间{SmartTime.hint}"
        forms.MultiValueField.__init__(self, (SmartDate(), SmartTime()), **options)

    def compress(self, data_list):
        if not data_list:
            return None
        day, at = data_list
        return super().compress([day, dates.read_time(at)])


class Money(Typed):
    """An amount typed the short way: 12.5万; a Decimal in yuan."""

    kind, hint, nothing = "money", "可写 125000、12.5万", None
    read = staticmethod(amounts.read_amount)


class Phone(Typed):
    """A telephone number, written one way."""

    kind = "phone"
    read = staticmethod(phones.read_phone)


class CaseNumber(Typed):
    """A 案号 in whatever brackets it was typed or pasted; our own short form is of this year."""

    kind, hint = "number", "可写 执12 或粘贴全案号，括号不限"

    def read(self, text: str) -> str:
        number = numbers.parse(text, year=clock.today().year)
        if number is None or number.suffix:
            raise ValueError("案号格式不对：应如（2026）豫0902执12号。")
        return str(number)


class CertificateNumber(Typed):
    """A certificate without blanks, in capitals; a doubtful one is told, not refused (old ones exist)."""

    kind = "certificate"

    def read(self, text: str) -> str:
        return certificates.read(certificates.kind_of(text), text).number
