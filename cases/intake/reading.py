"""What came of reading one row: problems stop it, warnings are kept with the case."""

from dataclasses import dataclass, field

from cases.intake.columns import LABELS
from cases.steps import Registration


@dataclass
class Reading:
    row: int
    number: str = ""
    cells: dict[str, str] = field(default_factory=dict)  # what stands in the row, by column key
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # what has no place of its own, for the remark of the case
    others: list[str] = field(default_factory=list)  # of the sheet of parties, neither creditor nor debtor
    registration: Registration | None = None

    @staticmethod
    def label(key: str) -> str:
        return LABELS[key]

    def reject(self, key: str, why: str) -> None:
        self.problems.append(f"{LABELS[key]}：{why}")

    def warn(self, key: str, why: str) -> None:
        self.warnings.append(f"{LABELS[key]}：{why}")
