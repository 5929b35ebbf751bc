"""Fictional people, companies, causes and amounts; the same seed gives the same ones."""

import random
from datetime import date, timedelta
from decimal import Decimal

from cases.steps import BasisData, ClaimData, PartyData, Registration

FIRST_NUMBER = 900001
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = (
    "春梅",
    "国强",
    "丽娟",
    "海涛",
    "志远",
    "晓燕",
    "建军",
    "雨桐",
    "文博",
    "秀英",
    "俊杰",
    "桂兰",
    "思雨",
    "永刚",
    "婷婷",
    "鹏飞",
)
FIRMS = (
    "恒达建材",
    "中腾建筑",
    "龙都农业",
    "华油运输",
    "富康置业",
    "鼎盛商贸",
    "宏远机械",
    "瑞祥物流",
    "博雅置业",
    "顺发餐饮",
)
CAUSES = (
    "民间借贷纠纷",
    "买卖合同纠纷",
    "金融借款合同纠纷",
    "劳动争议",
    "机动车交通事故责任纠纷",
    "物业服务合同纠纷",
    "抚养费纠纷",
    "建设工程施工合同纠纷",
)
CLUES = ("被执行人名下有住房一套", "有小型轿车一辆", "在建设银行有账户", "有公积金", "", "")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Fiction:
    """A source of plausible cases; never a real person: sequence codes 996–999 are not issued."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.next = FIRST_NUMBER

    def identity(self) -> str:
        born = date(1955, 1, 1) + timedelta(days=self.random.randrange(18000))
        digits = f"410902{born:%Y%m%d}99{self.random.randrange(6, 10)}"
        return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]

    def person(self, role: str) -> PartyData:
        name = self.random.choice(SURNAMES) + self.random.choice(GIVEN)
        number, phone, agreed = self.identity(), f"1990{self.random.randrange(10**7):07}", self.random.random() < 0.5
        return PartyData(
            role, name, certificate="identity", certificate_number=number, phone=phone,
            born_on=date(int(number[6:10]), int(number[10:12]), int(number[12:14])), sex="男" if int(number[16]) % 2 else "女",
            address="濮阳市华龙区", e_service=agreed, e_service_to=phone if agreed else "",
        )  # fmt: skip

    def firm(self, role: str) -> PartyData:
        return PartyData(role, f"濮阳市{self.random.choice(FIRMS)}有限公司", type="legal_person", phone="0393-4400000")

    def party(self, role: str) -> PartyData:
        return self.firm(role) if self.random.random() < 0.3 else self.person(role)

    def number(self, kind_code: str, year: int) -> str:
        self.next += 1
        return f"（{year}）豫0902{kind_code}{self.next - 1}号"

    def case(self, filed_on: date, kind: str = "first", **given) -> Registration:
        code = {"first": "执", "preservation": "执保", "resumed": "执恢"}.get(kind, "执")
        amount = Decimal(self.random.randrange(2_000_00, 3_000_000_00)) / 100
        cause = self.random.choice(CAUSES)
        fields = {
            "kind": kind,
            "number": self.number(code, filed_on.year),
            "filed_on": filed_on,
            "received_on": filed_on - timedelta(days=2),
            "cause": cause,
            "amount": amount,
            "clues": self.random.choice(CLUES),
            "livelihood": cause in ("劳动争议", "抚养费纠纷", "机动车交通事故责任纠纷"),
            "parties": [self.party("creditor"), *(self.party("debtor") for _ in range(self.random.choice((1, 1, 2))))],
            "bases": [
                BasisData(
                    f"（{filed_on.year}）豫0902民初{self.next}号",
                    "濮阳市华龙区人民法院",
                    effective_on=filed_on - timedelta(days=40),
                )
            ],
            "claims": [ClaimData("money", amount)],
        }
        return Registration(**{**fields, **given})
