"""Signs that travel through the words without being read as their marks: what people typed stays what they typed.

Values are put into the words before these are read line by line; their own line breaks, table bars and leading signs
must not become ours. The three codes are non-characters of Unicode: no text may contain them.
"""

BREAK, BAR, PLAIN = "\ufdd0", "\ufdd1", "\ufdd2"
MARKS = ("|", "=", ">", "#", "[", "-")
OPEN, CLOSE = "⟦", "⟧"


def shield(text: str) -> str:
    """The value as it may stand in the words."""
    lines = [line.strip() for line in _clean(text).splitlines()]
    lines = [PLAIN + line if line.startswith(MARKS) else line for line in lines if line]
    return BREAK.join(lines).replace("|", BAR)


def unshield(text: str) -> str:
    return text.replace(PLAIN, "").replace(BAR, "|")


def missing(label: str) -> str:
    """What is printed where something is missing: it cannot be overlooked."""
    return f"{OPEN}{label}{CLOSE}"


def _clean(text: str) -> str:
    return text.translate({ord(sign): None for sign in (BREAK, BAR, PLAIN)})
