"""All words at once: each kind has its file, each file its kind, each can be read and names only what exists."""

from django.template import TemplateSyntaxError

from documents import names, words
from documents.kinds import KIND
from documents.layout import BadWords


def faults() -> list[str]:
    """One sentence for each fault, empty when the words are in order."""
    files = {path.stem for path in words.folder().glob("*.txt")}
    found = [f"{key}.txt：没有这份文字（{KIND[key].label}）" for key in sorted(set(KIND) - files)]
    found += [f"{key}.txt：表五没有这种文书" for key in sorted(files - set(KIND))]
    for key in sorted(files & set(KIND)):
        try:
            found += [f"{key}.txt：没有名为 {name} 的内容" for name in names.unknown(key)]
        except (BadWords, TemplateSyntaxError) as error:
            found.append(str(error))
    return found
