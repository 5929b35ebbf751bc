"""What a row of a queue is about and what its one button says: read by the workbench, the queues and the calendar.

`VERBS`: the button's words → the rules whose duty it is. `KINDS`: the first word of a rule → the tag of its rows.
A rule that no form can finish leads to the case, where its step is offered.
"""

# fmt: off
VERBS = {
    "逐项登记": "reception.first_day",
    "冻结": "reception.network_freeze",
    "登记上传": "reception.upload_note documents.upload_again",
    "查明原因": "measure.not_assisted",
    "登记案号": "filing.number",
    "签字": "ruling.sign approval.sign",
    "分流": "quality.triage case.handler_fixed",
    "扫描": "archives.scan_originals archives.scan_bundle archives.rescan",
    "收集": "archives.collect",
    "整理卷宗": "archives.pre_closing",
    "补齐": "archives.missing_paper",
    "归档": "archives.file_case",
    "报送": "archives.send_up objection.papers_up",
    "登记归还": "archives.loan archives.return_watch",
    "制作文书": "documents.standard_set",
    "送达": "documents.e_service service.again valuation.serve_report service.delegated",
    "告知": "documents.handler_notice preservation.notify_respondent preservation.tell_expiry terminal.tell_creditor"
            " auction.notify_parties detention.family enforcement.ask_clues",
    "登记送达": "service.publication",
    "线下查控": "quality.offline_query",
    "回复": "quality.platform_matter supervision.reply upper.instruction first_seal.answer",
    "控制财产": "asset.control",
    "报局长签字": "transfer.three_days",
    "接收": "transfer.accept",
    "核实": "enforcement.clue enforcement.clue_urgent enforcement.report_check party.death_check",
    "启动调查": "enforcement.start_investigation",
    "完成调查": "enforcement.basic_investigation",
    "审查": "enforcement.audit enforcement.reward listing.decide listing.early_decide listing.correction_decide"
            " preservation.screen preservation.reconsideration_decide preservation.release preservation.release_urgent"
            " detention.unserved detention.leave suspension.review preservation.check_release",
    "报结": "enforcement.limit enforcement.limit_administrative enforcement.limit_criminal criminal.fine_target"
            " preservation.case_limit",
    "登记结果": "enforcement.report_due notice.performance_end settlement.instalment basis.clarify bankruptcy.answer"
            " objection.file objection.notify objection.decide objection.reconsideration outsider.decide"
            " party_change.decide distribution.objection matured_claim.objection delegation.case_file"
            " refusal.police_filing refusal.police_filing_complex refusal.private_prosecution valuation.objection"
            " auction.sell_off preservation.supplement preservation.sue preservation.apply_enforcement"
            " preservation.reconsideration_request detention.end",
    "说明": "escalation.explain",
    "重新报请": "approval.returned",
    "办结": "petition.finish team.chore team.party_work",
    "续行": "measure.deposit measure.movable measure.real_estate measure.other_right criminal.police_measure"
            " preservation.watch",
    "恢复计期": "deferral.end_guarantee deferral.end_upper_court",
    "转交": "objection.pass_on valuation.objection_pass_on",
    "公开": "terminal.publish",
    "查询": "terminal.recheck",
    "屏蔽": "terminal.shield",
    "更正": "terminal.correct listing.correction_apply",
    "商请": "first_seal.request",
    "解除": "over.seal_release restriction.lift preservation.release_after_objection auction.release_unsold",
    "删除失信": "listing.delete listing.term listing.term_end listing.early_delete",
    "撤销失信": "listing.revoke",
    "登记": "petition.register",
    "核验": "supervision.verify",
    "办理委托": "delegation.task delegation.task_urgent",
    "移送": "delegation.case_out",
    "启动": "delegation.case_start",
    "回报": "delegation.case_report preservation.return_result",
    "补齐材料": "delegation.supplement",
    "作出裁定": "preservation.ruling preservation.ruling_urgent preservation.ruling_pre_suit auction.ruling",
    "实施保全": "preservation.execute",
    "转接": "preservation.carry_over",
    "启动评估": "valuation.start",
    "启动拍卖": "auction.start auction.resume",
    "启动二拍": "auction.second_round",
    "发布公告": "auction.second_announce auction.sell_off_notice",
    "征询": "auction.ask_debt_in_kind",
    "交付": "auction.hand_over",
    "交存": "funds.cash_hand_in",
    "认领": "funds.claim",
    "发放": "funds.disburse funds.after_deferral",
    "清理": "funds.unidentified",
    "登记询问": "compelled.question compelled.question_long",
    "报批": "detention.emergency_approval",
    "送交": "detention.hand_over",
    "处理建议": "detention.house_notice detention.stop_advice",
}
KINDS = {
    # first word     tag         colour
    "reception":    ("接待",     ""),
    "filing":       ("立案",     ""),
    "archives":     ("卷宗",     "bl"),
    "documents":    ("文书",     "bl"),
    "service":      ("送达",     "bl"),
    "quality":      ("质效",     "bl"),
    "case":         ("分流",     "bl"),
    "asset":        ("财产",     "pu"),
    "measure":      ("续封",     "pu"),
    "first_seal":   ("首封",     "pu"),
    "over":         ("超标的",   "pu"),
    "transfer":     ("移交普执", "pu"),
    "valuation":    ("评估",     "pu"),
    "auction":      ("拍卖",     "pu"),
    "enforcement":  ("执行",     "bl"),
    "notice":       ("履行期",   ""),
    "criminal":     ("刑事涉财", "bl"),
    "funds":        ("案款",     "bl"),
    "escalation":   ("超期说明", "re"),
    "supervision":  ("督办",     "re"),
    "upper":        ("督促",     "re"),
    "preservation": ("保全",     "bl"),
    "compelled":    ("拘传",     "re"),
    "detention":    ("拘留",     "re"),
    "refusal":      ("拒执",     "re"),
    "settlement":   ("和解",     ""),
    "suspension":   ("中止",     ""),
    "deferral":     ("暂缓",     ""),
    "party":        ("当事人",   ""),
    "party_change": ("变更追加", ""),
    "bankruptcy":   ("破产",     ""),
    "objection":    ("异议",     "am"),
    "outsider":     ("案外人",   "am"),
    "distribution": ("分配",     "bl"),
    "matured_claim": ("到期债权", "bl"),
    "terminal":     ("终本",     "bl"),
    "restriction":  ("限消",     "bl"),
    "listing":      ("失信",     "bl"),
    "petition":     ("信访",     "am"),
    "delegation":   ("委托",     "bl"),
    "basis":        ("依据",     ""),
    "approval":     ("审批",     "pu"),
    "team":         ("团队",     ""),
    "ruling":       ("裁定",     "pu"),
}
# fmt: on

VERB = {rule: verb for verb, rules in VERBS.items() for rule in rules.split()}
PARTICULAR = {
    "quality.offline_query": ("线下查控", "bl"),
    "documents.e_service": ("送达", "bl"),
    "quality.triage": ("分流", "bl"),
}


def verb(rule: str) -> str:
    return VERB.get(rule, "办理")


def kind(rule: str) -> tuple[str, str]:
    """(tag, colour) of the rule's rows."""
    return PARTICULAR.get(rule) or KINDS.get(rule.partition(".")[0], ("", ""))
