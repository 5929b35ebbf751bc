"""The events that start or end clocks, as they are named in 登记事件; `custody` events are late after two hours."""

from .shape import Anchor

# fmt: off
GROUPS = (
    ("接待与查控", """
        application_received 收到执行申请 | no_reception_noted 未接待说明已制发 | note_uploaded 说明已上传执行系统
        originals_handed_over 原件移交卷宗管理中心 | originals_scanned 原件已扫描
        network_answered 网络查控已反馈 | money_found 反馈有可控制的存款 | network_frozen 网络冻结已执行
        triage_same_day 符合当日分流情形 | documents_issued 格式化文书已发 | e_served 文书已电子送达
        offline_sent 线下查控已发出 | clue_received 收到财产线索 | urgent_clue_received 收到紧急线索 | clue_checked 线索已核实
        full_query_done 全面网络查询完成 | handler_told 已告知当事人承办人"""),
    ("调查", """
        investigation_asked 申请人申请调查 | audit_asked 申请审计 | reward_asked 申请悬赏 | report_order_served 报告财产令送达
        report_received 收到财产报告 | assets_changed 被执行人财产变动 | notice_served 执行通知送达 | performed 已履行
        judgment_effective 刑事判决生效 | clarification_asked 书面征询审判部门 | clarified 审判部门已释明"""),
    ("财产控制", """
        asset_found 发现值得控制的财产 | asset_not_controlled 决定不予控制 | measure_effective 需处置财产的措施生效
        no_transfer_decided 局长决定不移交 | deposit_frozen 存款冻结生效 | movable_seized 动产查扣生效
        real_estate_sealed 不动产查封生效 | other_right_frozen 其他财产权冻结生效 | measure_renewed 措施已续行
        renewal_begun 续行已启动 | measure_released 措施已解除 | measure_lapsed 措施已失效 | measure_carried_over 保全措施已转接 | measure_end 措施到期
        over_sealing_found 发现超标的查封 | first_seal_idle 首封财产未处置 | first_seal_request_received 收到商请函
        live_measure_matched 与有效保全措施匹配 | police_measure_taken_over 接管公安措施"""),
    ("评估拍卖", """
        valuation_possible 可以启动评估 | valuation_report_received 收到评估报告 | valuation_report_served 评估报告送达
        valuation_objected 提出评估异议 | price_fixed 参考价确定 | announcement_set 确定拍卖公告日 | auction_announced 拍卖公告发布 | auction_opens 拍卖开始
        first_round_failed 一拍流拍 | second_auction_announced 二拍公告发布 | second_auction_opens 二拍开始
        second_round_failed 二拍流拍 | sell_off_opened 变卖开始 | sold_off 变卖成交 | sell_off_failed 变卖不成
        pause_ground_ended 暂停拍卖事由消除 | full_price_paid 价款付清 | sale_ruling_served 成交裁定送达"""),
    ("案款", """
        cash_received 收到现金 | money_arrived 案款到账 | money_claimed 案款已认领 | arrival_noticed 财务到账通知
        money_paid_out 案款已发放 | deferral_approved 暂缓发放已批准 | deferral_ground_ended 暂缓事由消除 | month_ended 月末清理"""),
    ("和解与中止", """
        instalment_agreed 约定分期履行 | instalment_paid 该期已履行
        party_said_dead 得知当事人死亡或终止
        bankruptcy_papers_received 破产移送材料到达 | bankruptcy_answered 破产法院已答复 | limit_end 执行期限届满"""),
    ("异议与监督", """
        objection_received 收到异议 | objection_filed 异议已立案 | objection_notified 异议已告知 | objection_decided 异议已裁定
        objection_ruling_served 异议裁定送达 | reconsideration_filed 提出复议 | outsider_objection_received 收到案外人异议
        outsider_decided 案外人异议已裁定 | outsider_rejection_served 驳回裁定送达 | outsider_suit_filed 案外人提起异议之诉
         party_change_asked 申请变更追加
        party_change_decided 变更追加已裁定 | instruction_received 收到督促执行令 | distribution_plan_served 分配方案送达
        distribution_objected 提出分配异议 | matured_claim_notice_served 到期债权通知送达 | matured_claim_objected 次债务人异议
        file_called_up 上级法院调卷 | file_sent_up 卷宗已报送 | petition_received 收到信访材料
        supervision_ordered 督办发出 | supervision_replied 督办已答复 | platform_matter_received 收到指挥平台事项"""),
    ("终本与惩戒", """
        closing_served 结案文书送达最后一名当事人（邮寄以交邮日） | terminal_ruling_served 终本裁定送达申请人 | terminal_rechecked 终本定期查询完成 | recheck_answered 定期查询反馈
        terminal_published 终本信息已公开 | shield_ground 屏蔽事由发生 | terminal_shielded 终本信息已屏蔽
        terminal_error_found 发现终本信息错误 | terminal_corrected 终本信息已更正 | terminal_management_ended 终本管理结束
        restriction_ground_arose 解除限消事由 | restriction_lifted 限制消费已解除 | listing_asked 申请纳入失信 | listing_decided 纳入决定作出
        listing_delete_ground 删除失信事由 | listing_deleted 失信信息已删除 | listing_term_over 失信期满
        listed_debtor_performed 失信人已履行 | early_delete_decided 提前删除决定 | wrong_listing_found 发现错误纳入
        deleted_at_request 依申请删除 | correction_asked 申请更正 | correction_found_right 更正理由成立"""),
    ("保全与委托", """
        preservation_accepted 保全申请受理 | preservation_refused 保全申请不予受理 | urgent_preservation_accepted 紧急保全受理
        pre_suit_accepted 诉前保全受理 | supplement_notice_served 补正通知送达 | supplemented 已补正
        preservation_ruled 保全裁定作出 | preservation_ruling_served 保全裁定送达 | preservation_in_force 保全措施生效
        preservation_measures_done 保全措施实施完毕 | preservation_closed_in_force 执保结案措施有效
        pre_suit_measure_taken 诉前保全措施采取 | suit_filed 已起诉 | suit_found 查明已起诉
        performance_period_over 履行期届满 | enforcement_applied 已申请执行 | preservation_period_passed 起诉申请期间已过
        preservation_reconsideration_asked 申请保全复议 | release_asked 申请解除保全 | urgent_release_asked 紧急申请解除
        suit_period_over 异议之诉起诉期满 | preservation_released 保全已解除
        task_accepted 接受委托事项 | urgent_task_accepted 接受紧急委托 | no_asset_in_province 查明本省无财产
        delegation_received 收到委托函（受托） | delegation_filed 受托案件已立案
        supplement_asked 要求补齐材料 | publication_posted 公告发布 | service_letter_received 收到委托送达函"""),
    ("卷宗", """
        bundle_received 收到团队材料 | bundle_scanned 材料已扫描 | collection_due 收集轮次到期 | file_lent 档案出借
        loan_returned 档案归还 | file_sent_away 卷宗外送 | file_came_back 卷宗回库"""),
    ("拒执", """
        police_accepted 公安受理 | police_accepted_complex 公安受理（复杂） | police_answered 公安已答复
        complaint_unanswered 控告后未答复 | complaint_answered 控告已答复"""),
    ("人身强制", """
        debtor_arrived_for_questioning 被拘传人到达 | long_questioning_approved 批准延长询问 | questioning_over 询问结束
        held_without_decision 无决定先行控制 | detention_decided 拘留决定作出 | detention_decision_received 收到拘留决定
        detention_not_found 决定后未找到人 | person_taken 控制被拘留人 | family_told 已通知家属 | taken_in 拘留所收拘
        person_released 解除拘留 | house_says_wrong 拘留所提请解除 | house_advises_stop 拘留所建议停止 | leave_asked 申请请假出所"""),
)
SYSTEM = """filing_slip_sent 移送立案表发出 | number_given 立案号到达 | sheet_reached_judge 裁定报签到达
    sheet_reached_signer 报签到达 | sheet_returned 报签被退回 | sheet_opened 超期说明单开出 | chore_opened 团队事务登记
    service_failed 送达未成功 | assistance_refused 协助单位未予协助 | upload_refused 执行系统未接收 | paper_entered 文书已录入执行系统 | paper_missing 卷宗缺项退补 | rescan_asked 请求重新扫描
    | hold_begun 不得处分开始 | hold_ended 不得处分解除"""
# fmt: on


def _read(words: str, custody: bool = False) -> tuple[Anchor, ...]:
    pairs = " | ".join(line.strip() for line in words.strip().splitlines()).split("|")
    named = (pair.split() for pair in pairs if pair.strip())
    return tuple(Anchor(key, label, custody) for key, label in named)


GROUPED = tuple((label, _read(words, label == "人身强制")) for label, words in GROUPS)
ANCHORS = (*(anchor for _, anchors in GROUPED for anchor in anchors), *_read(SYSTEM))
