"""Reception, quality, archives, signatures, the general limits of a case."""

from .shape import duty, gate, mark, tick, watch

PLAN1, PLAN2, PLAN3 = "优化方案一（一）", "优化方案一（二）", "优化方案一（三）"
F = "reception.first_day"
ENFORCED = "step:close step:close_terminal step:void"

# fmt: off
RULES = (
    duty("reception.first_day", "立案当日接待", "reception", "step:register", "SD", "▲", PLAN1, "立案；到局晚的按到局日", met_by="step:pass_on", only="kind:first"),
    tick("reception.identity", "核对当事人身份", F, PLAN1),
    tick("reception.filing_data", "核对立案信息", F, PLAN1),
    tick("reception.clues", "核对财产线索", F, PLAN1),
    tick("reception.record", "接待笔录或未接待说明", F, PLAN1),
    tick("reception.originals", "立案原件移交", F, PLAN1),
    tick("reception.network_query", "网络查控已发起", F, PLAN1),
    duty("reception.network_freeze", "网络冻结", "reception", "money_found", "SD?", "▲", PLAN1, "反馈有可控制的存款", met_by="form anchor:network_frozen", node="203001015"),
    watch("filing.number", "立案庭给案号", "filing", "holder", "filing_slip_sent", "1WD?", "⌂", "法发〔2014〕26号", "移送立案表发出", met_by="anchor:number_given"),
    duty("ruling.sign", "裁定签发", "signer", "sheet_reached_judge", "1WD?", "⌂", "民事诉讼法第157条", "报签到达", met_by="sign", variants=(("urgent", "SD"),)),
    duty("approval.sign", "审批签字", "signer", "sheet_reached_signer", "1WD?", "⌂", PLAN2, "报签到达", met_by="sign", variants=(("urgent", "SD"),)),
    duty("approval.returned", "处理被退回的报请", "holder", "sheet_returned", "SET", "⌂", PLAN2, "签批人退回，或内容已变；不晚于原期限"),
    duty("case.handler_fixed", "确定承办人", "quality", "step:register", "7D", "", "法〔2006〕35号第2条", "立案", met_by="step:triage_fast step:triage_regular "+ENFORCED, only="kind:first", node="203001002"),
    duty("archives.scan_originals", "原件当日扫描", "archives", "originals_handed_over", "SD", "⌂", PLAN1, "原件移交卷宗管理中心", met_by="form anchor:originals_scanned"),
    duty("archives.scan_bundle", "材料扫描上传", "archives", "bundle_received", "2WD?", "⌂", PLAN3, "收到团队材料", met_by="form anchor:bundle_scanned"),
    duty("archives.collect", "定期收集材料", "archives", "collection_due", "5WD?", "⌂", PLAN3, "收集轮次"),
    duty("archives.pre_closing", "报结卷宗整理", "archives", "step:report_closing", "2WD?", "", PLAN3, "报请结案", met_by="form step:return_closing"),
    duty("archives.send_up", "上级法院调卷报送", "archives", "file_called_up", "5D", "⌂", "民事诉讼法解释第336条", "收到调卷通知", met_by="form anchor:file_sent_up"),
    duty("archives.file_case", "归档", "archives", "step:close step:close_terminal", "3M?", "⌂", PLAN3, "结案；终本为卷宗归档", met_by="form step:archive", lead=30, node="203001032"),
    duty("archives.loan", "归还所借档案", "archives", "file_lent", "10WD?", "⌂", "诉讼档案管理办法", "出借", met_by="form anchor:loan_returned"),
    duty("archives.return_watch", "外送卷宗回库", "archives", "file_sent_away", "6M?", "⌂", "诉讼档案管理办法", "卷宗外送", met_by="form anchor:file_came_back", lead=30),
    duty("documents.standard_set", "格式化文书制作", "quality", "step:pass_on", "SD", "▲", PLAN2, "流转综合质效", met_by="form anchor:documents_issued", node="203001003"),
    duty("documents.e_service", "文书电子送达", "quality", "step:pass_on", "SD", "▲", PLAN2, "流转综合质效", met_by="form anchor:e_served"),
    mark("documents.notice_3d", "执行通知三日内发出", "documents.standard_set", "step:register", "3D", "法〔2006〕35号第4条", "承办人收到案卷", node="203001003"),
    mark("documents.notice_10d", "执行通知十日内发出", "documents.standard_set", "application_received", "10D", "民事诉讼法解释第480条", "收到申请（收案日期）"),
    duty("documents.handler_notice", "告知当事人承办人", "holder", "step:triage_fast step:triage_regular step:retriage step:transfer_to_regular step:reassign", "3D?", "", "优化方案：便捷透明", "分流、移交、改派、恢复", met_by="form anchor:handler_told"),
    duty("quality.offline_query", "线下查控", "quality", "step:pass_on", "5WD?", "", PLAN2, "流转综合质效", met_by="form anchor:offline_sent", node="203001005"),
    duty("quality.triage", "繁简分流", "quality", "step:pass_on", "5WD?", "", PLAN2, "流转综合质效", met_by="step:triage_fast step:triage_regular step:report_closing step:return_to_reception"),
    duty("quality.platform_matter", "指挥平台事项回复", "quality", "platform_matter_received", "SET", "⌂", PLAN2, "收到交办事项"),
    duty("team.chore", "团队事务", "holder", "chore_opened", "SET", "⌂", PLAN2, "团队自行登记"),
    duty("team.party_work", "党建工作", "petitions", "chore_opened", "SET", "⌂", "优化方案三", "团队自行登记"),
    duty("asset.control", "控制财产", "holder", "asset_found", "2D?", "", "民事诉讼法解释第484条", "发现值得控制的财产", met_by="form anchor:measure_effective anchor:asset_not_controlled", variants=(("urgent", "SD"),), node="203001011"),
    duty("transfer.three_days", "三日内移交普执", "fast terminal", "measure_effective", "3D", "▲", "优化方案二（一）2、二（三）4", "首个有效措施与到达本团队，以后者为准", met_by="step:transfer_to_regular step:retriage anchor:no_transfer_decided"),
    mark("transfer.submit", "报局长签字", "transfer.three_days", "measure_effective", "1D?", "优化方案二（一）2", "同上"),
    duty("transfer.accept", "接收移交案件", "regular", "step:transfer_to_regular", "1WD?", "", "优化方案二（二）", "移交", met_by="form step:retriage"),
    duty("enforcement.clue", "核实财产线索", "holder", "clue_received", "7D", "", "财产调查规定第2条", "收到具体线索", met_by="form anchor:clue_checked", node="203001009"),
    duty("enforcement.clue_urgent", "核实紧急线索", "holder", "urgent_clue_received", "3D", "", "财产调查规定第2条", "收到紧急线索", met_by="form anchor:clue_checked", node="203001009"),
    duty("enforcement.ask_clues", "要求申请人提供线索", "holder", "step:register", "3D", "", "法〔2006〕35号第5条", "承办人收到案卷", met_by="form step:pass_on", only="kind:first"),
    duty("enforcement.start_investigation", "启动依申请调查", "holder", "investigation_asked", "10D", "", "法〔2006〕35号第6条", "申请人申请调查"),
    duty("enforcement.basic_investigation", "完成基本财产调查", "holder", "step:register", "1M", "‖", "法〔2006〕35号第6条", "立案", met_by="form "+ENFORCED, only="kind:first kind:resumed", lead=10, node="203001006"),
    duty("enforcement.audit", "审计申请审查", "holder", "audit_asked", "10D", "", "财产调查规定第17条", "书面申请"),
    duty("enforcement.reward", "悬赏申请审查", "holder", "reward_asked", "10D", "", "财产调查规定第21条", "书面申请"),
    duty("enforcement.limit", "执行期限六个月", "holder", "step:register", "6M", "▲‖", "《执行工作规定》第63条", "立案", met_by=ENFORCED, only="kind:first kind:resumed basis:civil", lead=60, node="203001031"),
    duty("enforcement.limit_administrative", "执行期限三个月（非诉）", "holder", "step:register", "3M", "▲‖", "审限规定第5条", "立案", met_by=ENFORCED, only="kind:first kind:resumed basis:administrative", lead=60, node="203001031"),
    duty("enforcement.limit_criminal", "执行期限六个月（刑事涉财产）", "holder", "step:register", "6M", "▲‖", "刑事涉财产执行规定第3条", "立案", met_by=ENFORCED, only="kind:first kind:resumed basis:criminal", lead=60, node="203001031"),
    gate("enforcement.extension_request", "报请延长的最后日", "holder", "limit_end", "-5D", "法〔2006〕35号第1条", "执行期限届满", node="203001038"),
    watch("enforcement.report_due", "被执行人报告财产", "debtor", "holder", "report_order_served", "10D?", "", "财产调查规定第4条", "报告财产令送达", met_by="anchor:report_received", confirm=True),
    duty("enforcement.report_check", "核实财产报告", "holder", "report_received", "10D?", "", "财产调查规定第8条", "收到报告"),
    gate("enforcement.supplement_report", "补充报告的最后日", "debtor", "assets_changed", "10D", "财产调查规定第7条", "财产变动"),
    watch("notice.performance_end", "通知的履行期", "debtor", "holder", "notice_served", "FIX", "", "民事诉讼法第251条", "执行通知送达", met_by="anchor:performed"),
    duty("criminal.fine_target", "罚金执行目标", "holder", "judgment_effective", "3M", "", "审限规定第5条", "判决生效", met_by=ENFORCED, only="claim:fine", variants=(("latest", "6M"),), lead=30),
    duty("escalation.explain", "说明超期", "leader", "sheet_opened", "1WD?", "⌂", "优化方案：责任到人", "超期说明单开出", met_by="explain"),
)
# fmt: on
