"""Money as officers type it: 12.5万, 125,000, 125000元."""

from decimal import Decimal, InvalidOperation


def read_amount(text: str) -> Decimal:
    """Yuan, not negative, to the fen; ValueError with a sentence for the officer."""
    plain = text.replace(",", "").replace("，", "").replace("元", "").strip()
    factor = 10_000 if plain.endswith("万") else 1
    try:
        found = (Decimal(plain.removesuffix("万")) * factor).quantize(Decimal("0.01"))
    except InvalidOperation:
        found = Decimal(-1)
    if found.is_nan() or found < 0:
        raise ValueError(f"「{text}」不是金额：请写成 125000 或 12.5万。")
    return found
