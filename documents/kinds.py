"""Table 5: every paper of the bureau: who drafts it, who signs, whether it is sealed, where it is bound, on what law.

One row a paper (reference §15.3 and what the flow adds); its words stand in `templates/documents/<key>.txt`.
`manage.py papers` prints the table as docs/papers.md. Articles of 民事诉讼法 are those of the text in force since 2024.
"""

from typing import NamedTuple

SERIES = {
    "ruling": "裁定书",
    "decision": "决定书",
    "notice": "通知书",
    "order": "令",
    "letter": "函",
    "mediation": "调解书",
    "": "不编号",
}
SIGNERS = {
    "judge": "审判员、书记员",
    "panel": "合议庭、书记员",
    "president": "院长",
    "officer": "承办人、书记员",
    "court": "院印",
    "party": "当事人、记录人",
    "attendees": "在场人员",
    "": "不签名",
}
ABOUT = {"": "全案", "debtor": "每一被执行人", "creditor": "每一申请执行人", "party": "每一当事人", "asset": "每一财产"}
PERSONS = ("debtor", "creditor", "party")  # `about` of a paper for one of the case's people
LAYOUTS = {"writ": "文书", "record": "笔录", "form": "表格", "letter": "函", "cover": "卷皮", "public": "公告"}
SERVED = "存根、送达联"
THREE = "存根、送达联、回执"


class Kind(NamedTuple):
    """One paper. `main` and `secret` are places in the index of the volume (`documents.index`), 0 is none."""

    key: str
    title: str  # the second line on the paper
    label: str  # in lists
    series: str  # whose numbers it takes: the first of a series has the bare 案号, later ones 之一, 之二
    owners: tuple[str, ...]  # team kinds that draft it, or `holder`, the team that has the case
    act: str  # of table 4: its last signature issues the paper; "" issued on the drafter's own authority
    signers: str
    seal: bool
    main: int
    secret: int
    law: str
    e_service: bool
    about: str
    layout: str
    copies: str
    comes_with: str  # the room that will give what only it knows; until then the drafter is asked


def _papers(layout: str, series: str = "", *, seal: bool = False, e_service: bool = False, owners: str = "holder"):
    """A maker of rows that have this much in common. The title is the label without what stands in brackets."""

    def row(key, label, signers, main, law, *, secret=0, act="", about="", title="", copies="", comes="", **changed):
        return Kind(
            key=key,
            title=title or label.partition("（")[0],
            label=label,
            series=changed.get("series", series),
            owners=tuple(changed.get("owners", owners).split()),
            act=act,
            signers=signers,
            seal=changed.get("seal", seal),
            main=main,
            secret=secret,
            law=law,
            e_service=changed.get("e_service", e_service),
            about=about,
            layout=layout,
            copies=copies,
            comes_with=comes,
        )

    return row


ruling = _papers("writ", "ruling", seal=True, e_service=True)
decision = _papers("writ", "decision", seal=True, e_service=True)
notice = _papers("writ", "notice", seal=True, e_service=True)
order = _papers("writ", "order", seal=True, e_service=True)
assist = _papers(
    "writ", "notice", seal=True
)  # to whoever has to assist: handed over or sent through 查控, never by consent
letter = _papers("letter", "letter", seal=True)
record = _papers("record")
form = _papers("form")
sheet = _papers("writ", seal=True)  # sealed, without a number of its own
public = _papers("public", seal=True)
cover = _papers("cover", owners="archives")

CPL, INT = "民事诉讼法", "民诉法解释"
RESTRICT, LISTING, AUCTION, PRICE = "限制消费规定", "失信被执行人规定", "网络司法拍卖规定", "确定参考价规定"

# fmt: off
KINDS = (
    # Reception: the first day
    record("reception_record",   "初次接待笔录",                     "party",   11, "优化方案一（一）", owners="reception", about="party", comes="reception"),
    record("later_reception",    "补充接待笔录",                     "party",   11, "优化方案一（一）", owners="reception", about="party", comes="reception"),
    form("no_reception_note",    "关于案件未进行初次接待原因的说明", "officer", 11, "优化方案一（一）", owners="reception", comes="reception"),
    form("transfer_check",       "移送核对表（移送执行）",           "officer",  4, "刑事涉财产执行规定第7条、优化方案一（一）", owners="reception", comes="reception"),
    form("service_address",      "送达地址确认书",                   "party",   30, f"{CPL}第90条、{INT}第135—137条", owners="reception preservation_review holder", about="party"),
    notice("clue_notice",        "申请执行人提供财产线索告知书",     "court",    7, "财产调查规定第1条", owners="reception", about="creditor"),
    form("asset_survey",         "被执行人财产状况调查表（申请执行人填写）", "party", 7, "财产调查规定第1条", owners="reception", about="debtor", title="被执行人财产状况调查表"),
    form("materials_receipt",    "申请执行材料收取清单",             "officer",  2, "优化方案一（一）", owners="reception", about="creditor", copies="存根、交付联"),
    form("originals_list",       "移送清单（立案原件）",             "officer",  2, "优化方案一（一）", owners="reception", copies="移交联、接收联", comes="archives"),
    form("filing_slip",          "移送立案表",                       "officer",  5, "法发〔2014〕26号第2—4条", owners="preservation_review fast regular terminal", copies="存根、立案庭联"),
    form("backdating_note",      "补录说明",                         "officer", 31, "优化方案：规范高效", owners="reception quality archives holder"),
    # The standard set
    notice("acceptance_notice",  "执行案件受理通知书",               "court",    7, "《执行工作规定》第16条、诉讼费用交纳办法第20条", owners="quality holder", about="creditor"),
    notice("execution_notice",   "执行通知书",                       "officer",  8, f"{CPL}第251条、第264条、{INT}第480条", owners="quality holder", about="debtor", copies=SERVED),
    order("report_order",        "报告财产令",                       "officer",  8, f"{CPL}第252条、财产调查规定第3—10条", owners="quality holder", about="debtor", copies=SERVED),
    form("asset_declaration",    "被执行人财产申报表",               "party",    8, "财产调查规定第5条", owners="quality holder", about="debtor"),
    notice("handler_notice",     "承办人员告知书",                   "court",    7, "法发〔2006〕35号第2条、优化方案：便捷透明", about="party"),
    # Restrictions
    order("consumption_order",   "限制消费令",                       "president", 15, f"{RESTRICT}第1—6条", owners="quality holder", act="consumption_restriction", about="debtor", copies=SERVED, comes="enforcement"),
    decision("restriction_lifted", "执行决定书（解除限制消费）",     "court",    16, f"{RESTRICT}第9条", act="restriction_lift", about="debtor", comes="enforcement"),
    decision("listing_decision", "执行决定书（纳入失信名单）",       "president", 15, f"{LISTING}第1、2、5条", act="dishonest_listing", about="debtor", comes="enforcement"),
    decision("listing_deleted",  "执行决定书（删除失信信息）",       "president", 16, f"{LISTING}第10条", owners="quality holder", act="listing_early_delete", about="debtor", comes="enforcement"),
    decision("listing_revoked",  "执行决定书（撤销失信信息）",       "president", 16, f"{LISTING}第11、12条", act="listing_early_delete", about="debtor", comes="enforcement"),
    decision("listing_corrected", "执行决定书（更正失信信息）",      "president", 16, f"{LISTING}第11、12条", act="listing_early_delete", about="debtor", comes="enforcement"),
    decision("listing_shielded", "执行决定书（屏蔽失信信息）",       "president", 16, f"{LISTING}第10条", owners="quality holder", act="listing_early_delete", about="debtor", comes="enforcement"),
    decision("listing_kept",     "执行决定书（驳回纠正失信申请）",   "court",    15, f"{LISTING}第11、12条", about="debtor", comes="enforcement"),
    decision("exit_ban",         "限制出境决定书",                   "president", 15, f"{CPL}第266条、异议复议规定第9条", act="exit_ban", about="debtor", comes="enforcement"),
    # Rulings on property, and what carries them out
    ruling("freeze_ruling",      "执行裁定书（冻结存款）",           "judge",  19, f"{CPL}第253条、{INT}第485条", owners="reception quality holder", act="ruling", about="debtor", comes="assets"),
    ruling("freeze_right_ruling", "执行裁定书（冻结股权及其他财产权）", "judge", 19, f"{CPL}第253条、{INT}第485条", act="ruling", about="debtor", comes="assets"),
    ruling("transfer_ruling",    "执行裁定书（划拨）",               "judge",  19, f"{CPL}第253条", act="ruling", about="debtor", comes="assets"),
    ruling("seal_ruling",        "执行裁定书（查封）",               "judge",  19, f"{CPL}第255条、{INT}第485条", owners="quality holder", act="ruling", about="debtor", comes="assets"),
    ruling("seize_ruling",       "执行裁定书（扣押）",               "judge",  19, f"{CPL}第255条、{INT}第485条", act="ruling", about="debtor", comes="assets"),
    ruling("withholding_ruling", "执行裁定书（扣留提取收入）",       "judge",  19, f"{CPL}第254条", act="ruling", about="debtor", comes="assets"),
    ruling("renewal_ruling",     "执行裁定书（续行查封、冻结）",     "judge",  19, f"{INT}第485条、查封扣押冻结规定第27条", act="ruling", about="debtor", comes="assets"),
    ruling("release_ruling",     "执行裁定书（解除查封、冻结）",     "judge",  16, f"{CPL}第157条、查封扣押冻结规定第28条", act="measure_release", about="debtor", comes="assets"),
    letter("offline_letter",     "协助查询函（线下查控）",           "court",  12, f"{CPL}第253条", owners="quality", copies=THREE),
    assist("query_notice",       "协助查询通知书",                   "officer", 12, f"{CPL}第253条", owners="quality holder", about="debtor", copies=THREE, comes="assets"),
    public("reward_notice",      "悬赏公告",                         "court",   12, "财产调查规定第21—24条", about="debtor"),
    assist("freeze_notice",      "协助冻结存款通知书",               "officer", 19, f"{CPL}第253条、{INT}第485条", owners="reception quality holder", about="debtor", copies=THREE, comes="assets"),
    assist("transfer_notice",    "协助划拨存款通知书",               "officer", 19, f"{CPL}第253条", about="debtor", copies=THREE, comes="assets"),
    assist("assist_withholding", "协助执行通知书（扣留提取收入）",   "officer", 19, f"{CPL}第254条", about="debtor", copies=THREE, comes="assets"),
    assist("assist_sealing",     "协助执行通知书（查封登记）",       "officer", 19, f"{CPL}第262条、查封扣押冻结规定第7条", owners="quality holder", about="debtor", copies=THREE, comes="assets"),
    assist("assist_equity",      "协助公示通知书（冻结股权）",       "officer", 19, "强制执行股权规定第6条", about="debtor", copies=THREE, comes="assets"),
    assist("assist_renewal",     "协助执行通知书（续行查封、冻结）", "officer", 19, f"{CPL}第262条、{INT}第485条", about="debtor", copies=THREE, comes="assets"),
    assist("assist_release",     "协助执行通知书（解除查封、冻结）", "officer", 16, f"{CPL}第262条、查封扣押冻结规定第28条", about="debtor", copies=THREE, comes="assets"),
    assist("assist_title",       "协助执行通知书（办理过户）",       "officer", 13, f"{CPL}第262条、拍卖变卖规定第26条", owners="regular", about="debtor", copies=THREE, comes="assets"),
    assist("assistance_notice",  "协助执行通知书（其他事项）",       "officer", 19, f"{CPL}第262条", about="debtor", copies=THREE),
    form("assist_receipt",       "协助执行通知书（回执）",           "",        19, f"{CPL}第117条、第262条", owners="reception quality holder", about="debtor", title="协助执行通知书（回执）", comes="assets"),
    notice("matured_claim",      "履行到期债务通知书",               "officer", 19, "《执行工作规定》第45—53条", about="debtor", e_service=False, copies=SERVED, comes="assets"),
    record("seizure_record",     "查封（扣押）笔录",                 "attendees", 11, f"{CPL}第256条、查封扣押冻结规定第18条", about="debtor", title="查封（扣押）笔录", comes="assets"),
    form("seizure_list",         "查封（扣押）财产清单",             "attendees", 19, f"{CPL}第256条", about="debtor", title="查封（扣押）财产清单", copies="存卷联、被执行人联", comes="assets"),
    public("sealing_strip",      "封条",                             "court",   0, f"{CPL}第255条、查封扣押冻结规定第6条", comes="assets"),
    public("sealing_announcement", "公告（查封）",                   "court",  19, "查封扣押冻结规定第6、7条", about="debtor", comes="assets"),
    # Preservation
    ruling("preservation_ruling", "民事裁定书（诉讼保全）",          "judge",   19, f"{CPL}第103、105、106条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("pre_suit_ruling",    "民事裁定书（诉前保全）",           "judge",  19, f"{CPL}第104、105、106条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("arbitration_ruling", "民事裁定书（仲裁保全）",           "judge",  19, f"仲裁法、{CPL}第103、105、106条、财产保全规定第3条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("pre_enforcement_ruling", "民事裁定书（执行前保全）",     "judge",  19, f"{INT}第163条、{CPL}第105、106条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("preservation_refused", "民事裁定书（驳回保全申请）",     "judge",  19, f"{CPL}第103条、财产保全规定第1、5条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("preservation_renewed", "民事裁定书（续行保全）",         "judge",  19, "财产保全规定第18条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("preservation_changed", "民事裁定书（变更保全标的物）",   "judge",  19, f"{INT}第167条", owners="preservation_review", act="preservation_ruling", comes="preservation"),
    ruling("preservation_released", "民事裁定书（解除保全）",        "judge",  16, f"{CPL}第104、107条、财产保全规定第22、23条", owners="preservation_review", act="measure_release", comes="preservation"),
    notice("supplement_notice",  "补正通知书（财产保全）",           "court",   3, "财产保全规定第1条", owners="preservation_review", comes="preservation"),
    notice("security_notice",    "责令提供担保通知书",               "court",   3, f"{CPL}第103条、{INT}第152条、财产保全规定第5条", owners="preservation_review", comes="preservation"),
    notice("preservation_result", "保全情况告知书",                  "court",  12, "财产保全规定第12、18条", owners="preservation_enforcement", comes="preservation"),
    notice("respondent_notice",  "财产保全告知书（被保全人）",       "court",  12, f"{CPL}第106条", owners="preservation_enforcement", comes="preservation"),
    letter("preservation_return", "保全结果反馈函（审判部门）",      "court",  28, "财产保全规定第2条", owners="preservation_enforcement", series="", comes="preservation"),
    # Coercion
    sheet("summons",             "传票",                             "officer", 11, f"{CPL}第112条、{INT}第482条", about="party", copies=SERVED),
    sheet("compelled_attendance", "拘传票",                          "president", 15, f"{CPL}第112、119条、{INT}第175、482条", owners="holder coercion", act="compelled_attendance", about="debtor", copies="审批联、送达联", comes="coercion"),
    order("search_order",        "搜查令",                           "president", 15, f"{CPL}第259条、{INT}第494条", owners="holder coercion", act="search", about="debtor", e_service=False, comes="coercion"),
    record("search_record",      "搜查笔录",                         "attendees", 11, f"{INT}第494—498条", owners="coercion holder", about="debtor", comes="coercion"),
    decision("detention",        "拘留决定书",                       "president", 15, f"{CPL}第114、118、119条、{INT}第178、183—189条", act="detention", about="debtor", e_service=False, copies=SERVED, comes="coercion"),
    decision("early_release",    "提前解除拘留决定书",               "president", 16, f"{INT}第182条", act="early_release", about="debtor", e_service=False, copies=SERVED, comes="coercion"),
    notice("detention_execution", "执行拘留通知书",                  "court",   15, f"{INT}第178条、拘留所条例第9、12条", owners="coercion", about="debtor", e_service=False, copies=THREE, comes="coercion"),
    form("detention_receipt",    "执行拘留通知书（回执）",           "",        15, "拘留所条例第9、12、32条", owners="coercion", about="debtor", title="执行拘留通知书（回执）", comes="coercion"),
    notice("family_notice",      "被拘留人家属通知书",               "court",   15, f"{INT}第180条", owners="coercion", about="debtor", e_service=False, copies=SERVED, comes="coercion"),
    form("repentance",           "具结悔过书",                       "party",   15, f"{INT}第182条", owners="coercion holder", about="debtor"),
    decision("fine",             "罚款决定书",                       "president", 15, f"{CPL}第114、118、119条、{INT}第183—189条", act="fine", about="debtor", copies=SERVED, comes="coercion"),
    form("health_check",         "被拘留人体检登记表",               "attendees", 15, "拘留所条例第19条、优化方案一（六）", owners="coercion", about="debtor", comes="coercion"),
    form("custody_handover",     "送拘交接单",                       "attendees", 15, "拘留所条例第9、11条、优化方案一（六）", owners="coercion", about="debtor", copies="存卷联、拘留所联", comes="coercion"),
    public("eviction_notice",    "公告（限期迁出）",                 "president", 14, f"{CPL}第261条", owners="holder coercion", act="eviction_notice", about="debtor", comes="coercion"),
    form("eviction_plan",        "腾退方案",                         "officer",  0, f"{CPL}第261条、优化方案一（六）4", owners="coercion", about="debtor", secret=4, comes="coercion"),
    record("eviction_record",    "强制迁出笔录",                     "attendees", 11, f"{CPL}第261条", owners="coercion", about="debtor", comes="coercion"),
    form("goods_list",           "强制迁出物品清单",                 "attendees", 14, f"{CPL}第261条", owners="coercion", about="debtor", copies="存卷联、被执行人联", comes="coercion"),
    notice("offence_warning",    "拒不执行判决、裁定犯罪风险告知书", "court",   15, "刑法第313条、拒执罪解释（法释〔2024〕13号）", owners="coercion holder", about="debtor", comes="coercion"),
    record("debtor_interview",   "约谈笔录（拒执风险）",             "party",   11, "优化方案一（六）3", owners="coercion", about="debtor", comes="coercion"),
    letter("police_referral",    "案件移送函（涉嫌拒执犯罪）",       "court",   15, "刑法第313条、法发〔2025〕8号", owners="coercion holder", act="police_referral", about="debtor", copies="存根、移送联、回执", comes="coercion"),
    letter("enforcement_account", "执行情况说明（涉嫌拒执犯罪）",    "court",   15, "法发〔2025〕8号第3条", owners="coercion holder", act="police_referral", about="debtor", series="", comes="coercion"),
    form("evidence_list",        "证据目录（涉嫌拒执犯罪）",         "officer", 15, "法发〔2025〕8号第4条", owners="coercion holder", act="police_referral", about="debtor", comes="coercion"),
    letter("police_request",     "协助查找函（公安机关）",           "court",   12, "个人信息保护法第34条、民事诉讼法第262条", owners="coercion holder", act="police_data_request", about="debtor", copies=THREE, comes="coercion"),
    # Valuation and sale
    letter("price_letter",       "定向询价函",                       "court",   13, f"{PRICE}第5、6条", owners="regular", about="asset", copies=THREE, comes="assets"),
    letter("online_price",       "网络询价委托书",                   "court",   13, f"{PRICE}第7—13条", owners="regular", about="asset", comes="assets"),
    letter("appraisal_mandate",  "评估委托书",                       "court",   13, f"{PRICE}第14—19条", owners="regular", about="asset", copies=THREE, comes="assets"),
    record("price_talk",         "议价笔录",                         "party",   11, f"{PRICE}第4条", owners="regular", about="asset", comes="assets"),
    notice("price_notice",       "参考价结果告知书（评估、询价报告送达）", "court", 13, f"{PRICE}第21—23条", owners="quality regular", about="asset", comes="assets"),
    ruling("auction_ruling",     "执行裁定书（拍卖）",               "panel",   19, f"{CPL}第255、258条、{AUCTION}第10、27条", owners="regular", act="auction_terms", about="asset", comes="assets"),
    public("auction_announcement", "拍卖公告",                       "court",   13, f"{AUCTION}第12—14条", owners="regular", act="auction_terms", about="asset", comes="assets"),
    notice("auction_notice",     "拍卖通知书",                       "court",   13, f"{AUCTION}第16条", owners="regular", about="asset", comes="assets"),
    public("sell_off_announcement", "变卖公告",                      "court",   13, f"{AUCTION}第26、37条、{CPL}第258条", owners="regular", act="auction_terms", about="asset", comes="assets"),
    ruling("sale_ruling",        "执行裁定书（成交过户）",           "judge",   19, f"拍卖变卖规定第20、26条、{AUCTION}第22条", owners="regular", act="ruling", about="asset", comes="assets"),
    ruling("debt_in_kind_ruling", "执行裁定书（以物抵债）",          "judge",   19, f"{INT}第489、490条、拍卖变卖规定第16、24、25条", owners="regular", act="ruling", about="asset", comes="assets"),
    record("handover_record",    "标的物移交笔录",                   "attendees", 11, "拍卖变卖规定第27条", owners="regular coercion", about="asset", comes="assets"),
    record("panel_record",       "合议庭评议笔录",                   "panel",    0, "人民法院组织法第30、31条", owners="holder preservation_review adjudication", secret=1),
    # Money
    sheet("distribution_plan",   "财产分配方案",                     "panel",   23, f"{INT}第506—510条、执行程序解释第17、18条", act="distribution_plan", e_service=True, comes="funds"),
    form("disbursement_form",    "案款发放审批表",                   "officer", 23, "执行款物管理规定（法发〔2017〕6号）", owners="quality holder", act="disbursement", comes="funds"),
    form("deferral_form",        "案款延缓发放审批表",               "officer", 23, "执行款物管理规定（法发〔2017〕6号）第10条", owners="quality holder", act="deferral", comes="funds"),
    notice("collection_notice",  "领款通知书",                       "court",   23, "执行款物管理规定（法发〔2017〕6号）第10条", about="creditor", comes="funds"),
    form("payment_receipt",      "执行款领款凭证",                   "party",   23, "执行款物管理规定（法发〔2017〕6号）", about="creditor", copies="存卷联、财务联", comes="funds"),
    # 终本 and revival
    record("terminal_interview", "终本约谈笔录",                     "party",   11, "法〔2016〕373号第5条", about="creditor", comes="enforcement"),
    notice("terminal_notice",    "拟终结本次执行程序告知书",         "court",   22, "法〔2016〕373号第5条", about="creditor", comes="enforcement"),
    form("terminal_application", "终结本次执行程序申请书",           "party",   22, f"{INT}第517条", about="creditor"),
    ruling("terminal_ruling",    "执行裁定书（终结本次执行程序）",   "panel",   22, f"{INT}第517条、法〔2016〕373号第6条", act="terminal_closure", comes="enforcement"),
    form("terminal_account",     "终结本次执行程序案件办理情况表",   "officer", 28, "法〔2016〕373号第1—4条", comes="enforcement"),
    notice("recheck_notice",     "终本案件定期查询结果告知书",       "court",   12, "法〔2016〕373号第9条", owners="terminal", about="creditor", comes="enforcement"),
    form("resumption_review",    "恢复执行申请书审查表",             "officer",  0, f"法发〔2014〕26号第6条、{INT}第517条", owners="terminal regular", act="revival", secret=2, comes="enforcement"),
    notice("resumption_notice",  "恢复执行通知书",                   "court",   22, "《执行工作规定》第60条", about="party"),
    ruling("resumption_ruling",  "执行裁定书（恢复执行）",           "judge",   22, f"法发〔2014〕26号第6条、{INT}第517条", owners="terminal regular", act="revival", comes="enforcement"),
    # Moving, stopping, ending
    form("transfer_form",        "案件移交审批表（移交普执）",       "officer",  0, "优化方案二（一）2、二（三）4", owners="fast terminal", act="transfer_to_regular", secret=2, comes="enforcement"),
    ruling("suspension_ruling",  "执行裁定书（中止执行）",           "judge",   22, f"{CPL}第267条", act="suspension"),
    decision("deferral_decision", "暂缓执行决定书",                  "judge",   22, f"{CPL}第242条、{INT}第467—469条", act="suspension"),
    ruling("termination_ruling", "执行裁定书（终结执行）",           "judge",   22, f"{CPL}第268、269条", act="closing"),
    ruling("non_enforcement",    "执行裁定书（不予执行）",           "panel",   22, f"{CPL}第248、249条、{INT}第481条", act="closing"),
    ruling("application_rejected", "执行裁定书（驳回执行申请）",     "judge",   22, "《执行工作规定》第16、64条", act="closing"),
    ruling("party_change",       "执行裁定书（变更、追加被执行人）", "panel",   18, f"{CPL}第243条、变更追加当事人规定", owners="adjudication", act="party_change"),
    notice("withdrawal_notice",  "销案通知书",                       "court",   28, "《执行工作规定》第64条、委托执行规定第2、9条", owners="reception quality holder", act="closing", about="party"),
    notice("closing_notice",     "结案通知书",                       "court",   28, "《执行工作规定》第64条", act="closing", about="party"),
    form("closing_form",         "结案审批表",                       "officer",  0, "《执行工作规定》第64条", act="closing", secret=4),
    form("extension_form",       "延长执行期限审批表",               "officer", 26, "《执行工作规定》第63条、法发〔2006〕35号第1条", act="extension"),
    form("exclusion_form",       "扣除执行期限审批表",               "officer", 26, "审限规定第9条、执行程序解释第13条", act="time_exclusion"),
    record("settlement_record",  "执行和解笔录",                     "party",   20, f"{CPL}第241条、执行和解规定第1、2条"),
    # Delegation
    letter("delegation_letter",  "委托执行函",                       "court",   27, "委托执行规定第1—5条", act="case_delegation", copies=THREE, comes="preservation"),
    letter("task_letter",        "事项委托函",                       "court",   27, "委托执行规定第2、4条", owners="preservation_enforcement holder", copies=THREE, comes="preservation"),
    letter("task_reply",         "事项委托办理结果复函",             "court",   27, "委托执行规定第4条", owners="preservation_enforcement", comes="preservation"),
    # Quality and petitions
    letter("bulletin",           "质效分析通报",                     "court",   0, "优化方案一（二）3", owners="quality", series="", comes="quality"),
    letter("supervision_letter", "督办函",                           "court",  31, "优化方案一（二）3", owners="quality petitions", series="", comes="quality"),
    letter("assigned_reply",     "交办事项回复",                     "court",  31, "优化方案一（二）3", owners="quality", series="", comes="quality"),
    form("petition_form",        "信访登记表",                       "officer", 31, "法〔2021〕227号第4条", owners="petitions", comes="petitions"),
    letter("petition_reply",     "执行信访答复意见书",               "court",  31, "法〔2021〕227号第5条", owners="petitions", series="", comes="petitions"),
    letter("rectification",      "督办整改通知",                     "court",   0, "优化方案三", owners="petitions", series="", secret=4, comes="petitions"),
    record("explanation_record", "释法答疑笔录",                     "party",  11, "优化方案三", owners="petitions", comes="petitions"),
    # Service
    form("service_receipt",      "送达回证",                         "",       30, f"{CPL}第87、88条", owners="reception quality holder", about="party"),
    form("e_service_receipt",    "电子送达凭证",                     "",       30, f"{CPL}第90条、在线诉讼规则第31条", owners="quality holder", about="party"),
    record("left_service",       "留置送达笔录",                     "attendees", 30, f"{CPL}第89条、{INT}第130—133条", owners="quality holder", about="party"),
    form("mail_sheet",           "邮寄送达封面（EMS）",              "",       30, f"{CPL}第91条", owners="quality holder", about="party", title="法院专递邮寄送达封面"),
    public("service_publication", "公告（送达）",                    "court",  30, f"{CPL}第95条、{INT}第138条", owners="quality holder", about="party"),
    # Archives
    form("collection_sheet",     "材料收集单",                       "officer", 0, "优化方案一（三）", owners="archives", copies="团队联、卷宗管理中心联", comes="archives"),
    cover("volume_cover",        "卷宗封面",                         "",       0, "法发〔2006〕11号", title="执行卷宗", comes="archives"),
    cover("volume_index",        "卷内目录",                         "",       0, "法发〔2006〕11号", comes="archives"),
    cover("volume_note",         "卷内备考表",                       "",       0, "法发〔2006〕11号", comes="archives"),
    cover("spine_label",         "脊标",                             "",       0, "法发〔2006〕11号", title="执行卷宗", comes="archives"),
    form("loan_slip",            "案卷借阅单",                       "officer", 0, "诉讼档案管理办法", owners="archives", act="file_loan", copies="存根、随卷联", comes="archives"),
)
# fmt: on

KIND = {kind.key: kind for kind in KINDS}
