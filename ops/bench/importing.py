"""A long filing list: its time and its memory."""

import io
import resource

from ops.bench.figure import Figure, timed


def import_figure(rows: int) -> Figure:
    """A filing list of so many rows, against a minute for ten thousand."""
    from cases.intake import import_file
    from teams.actor import SYSTEM

    source, limit = filing_list(rows), 60 * rows / 10_000
    spent = timed(lambda: import_file(source, "bench.xlsx", SYSTEM), 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figure(
        f"import of {rows} rows / a minute for 10 000", spent / limit, 1, f"{spent:.1f} s, {memory:.0f} MB at most"
    )


def filing_list(rows: int, first: int = 200_001) -> io.BytesIO:
    from openpyxl import Workbook  # a development machine's work, not the program's start

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(
        ["案号", "案件类型", "立案日期", "案由", "执行依据文号", "作出单位", "申请标的（元）", "申请执行人", "被执行人"]
    )
    for n in range(rows):
        sheet.append(
            [
                f"（2026）豫0902执{first + n}号", "首次执行案件", "2026-11-20", "民间借贷纠纷", f"（2026）豫0902民初{n + 1}号",
                "濮阳市华龙区人民法院", 1591.32, f"申请人{n}", f"被执行人{n}",
            ]
        )  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content
