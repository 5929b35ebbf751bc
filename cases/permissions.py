"""Table 2: who may do what. One row an action, one column a post; `teams` names the team kinds a row applies to.

●  while my team holds the case      ◆  while my team holds the item (of a case: one of its items, or the case; of an issued paper also the team that drafted it)      ○  on any case I can view
□  needs no case                     .  no

A right is the post of one posting in one team; two postings never add up. How an officer stands to a case is read
in `cases.rights`, the only other reader of this table.
"""

from typing import NamedTuple

POSTS = (
    "court_president", "vice_president", "bureau_director", "bureau_commissar", "judge", "enforcement_officer",
    "regular_officer", "clerk", "bailiff", "contractor", "adjudicator", "system_admin", "security_admin", "audit_admin",
)  # fmt: skip
COLUMN = {post: number for number, post in enumerate(POSTS)}
MARKS = {
    "●": "本团队承办本案时",
    "◆": "本团队承办该事项（或本案）时；已签批、已制发的文书，拟制的团队也可以制发、用印、送达",
    "○": "可查看的案件",
    "□": "不涉及具体案件",
    ".": "不可",
}


class Row(NamedTuple):
    action: str
    label: str
    teams: tuple[str, ...]  # team kinds to which it applies; () every kind
    marks: str  # one mark a post, in the order of POSTS
    special: tuple[str, ...] = ()  # of clerks only those with one of these special posts

    def mark(self, post: str, kind: str, special: str = "") -> str:
        if post not in COLUMN or (self.teams and kind not in self.teams):
            return "."
        if self.special and post == "clerk" and special not in self.special:
            return "."
        return self.marks[COLUMN[post]]


RECEPTION, QUALITY, ARCHIVES = ("reception",), ("quality",), ("archives",)
TRACKS = ("fast", "regular", "terminal")
HOLDERS = (
    "reception",
    "quality",
    "preservation_review",
    "preservation_enforcement",
    "fast",
    "regular",
    "terminal",
    "petitions",
)
ENFORCING = ("preservation_enforcement", "fast", "regular", "terminal")
BUREAU = (
    "reception",
    "quality",
    "archives",
    "preservation_review",
    "preservation_enforcement",
    "coercion",
    *TRACKS,
    "petitions",
)
HEADS = ("leadership", "petitions")

# fmt: off
TABLE = (
    #                                                                        院 副 局 政 法 执 干 书 警 外 裁 系 安 审
    # Look
    Row("locate",           "查找案件（案号、当事人、环节、承办、电话）", (),           "○○○○○○○○○.○..."),
    Row("view",             "查看案件",                      (),                       "○○○○○○○○○.○..."),
    Row("journal",          "查看流转记录",                  (),                       "○○○○○○○○○.○..."),
    Row("material",         "打开案件材料",                  (),                       "○○○○○○○○○.○..."),
    Row("secret_volume",    "打开副卷",                      (),                       "○○○.●●●●......"),
    Row("bind_secret",      "整理、装订副卷",                ARCHIVES,                 "......◆◆......"),
    Row("reveal",           "查看证件号码、电话全文",        (),                       "○○○○●●○○......"),
    Row("export",           "导出清单",                      (),                       "○○○○○○○○......"),
    Row("print",            "打印",                          (),                       "○○○○○○○○○.○..."),
    # Steps
    Row("register",         "立案接收",     ("reception", "preservation_review", "preservation_enforcement", "petitions", "terminal", "regular"), "...□□□□□......"),
    Row("pass_on",          "流转综合质效",                  RECEPTION,                "......●●......"),
    Row("return_to_reception", "退回初次接待",               QUALITY,                  "......●●......"),
    Row("triage_fast",      "分流快执",                      QUALITY,                  "......●●......"),
    Row("triage_regular",   "分流普执",                      QUALITY,                  "......●●......"),
    Row("resume",           "恢复执行（签发法官）",          (),                       "....○........."),
    Row("report_closing",   "报请结案",     ("reception", "quality", *ENFORCING),      "....●●●......."),
    Row("return_closing",   "退回补正",     ("archives", "leadership", *ENFORCING),    "○○○.●●○......."),
    Row("conclude",         "办结",         ("preservation_review", "preservation_enforcement", "petitions"), "...●●●.●......"),
    Row("archive",          "归档",                          ARCHIVES,                 "......○○......"),
    # Ask for signatures
    Row("ask:transfer_to_regular", "报请移交普执", ("fast", "terminal"),               "....●●.●......"),
    Row("ask:retriage",     "报请变更分流", ("fast", "regular"),                       "....●●.●......"),
    Row("ask:reassignment", "报请改派",     (*TRACKS, "quality", "leadership"),        "..○.●●○●......"),
    Row("ask:revival",      "报请恢复执行", ("terminal", "regular"),                   "....●●.●......"),
    Row("ask:closing",      "报请结案签批", ("reception", "quality", *ENFORCING),      "....●●●......."),
    Row("ask:terminal_closure", "报请终本签批", TRACKS,                                "....●●........"),
    Row("ask:annul_closing", "报请撤销结案", (*TRACKS, "preservation_enforcement", "leadership"), "..○.○○........"),
    Row("ask:party_change", "报请变更、追加被执行人", ("adjudication",),                "..........◆..."),
    Row("ask:ruling",       "报请裁定",     ("reception", "quality", *ENFORCING),      "....◆◆◆◆......"),
    Row("ask:measure_release", "报请解除措施", ENFORCING,                              "....●●.●......"),
    Row("ask:preservation_ruling", "报请保全裁定", ("preservation_review",),           "....●..●......"),
    Row("ask:detention",    "报请拘留",     ENFORCING,                                 "....●●.●......"),
    Row("ask:early_release", "报请提前解除拘留", ENFORCING,                            "....●●.●......"),
    Row("ask:fine",         "报请罚款",     ENFORCING,                                 "....●●.●......"),
    Row("ask:compelled_attendance", "报请拘传", (*ENFORCING, "coercion"),              "....●●.●......"),
    Row("ask:search",       "报请搜查",     ENFORCING,                                 "....●●.●......"),
    Row("ask:eviction_notice", "报请限期迁出公告", (*ENFORCING, "coercion"),           "....●●.●......"),
    Row("ask:consumption_restriction", "报请限制消费", ENFORCING,                      "....●●.●......"),
    Row("ask:restriction_lift", "报请解除限制消费", ENFORCING,                         "....●●.●......"),
    Row("ask:dishonest_listing", "报请纳入失信", ENFORCING,                            "....●●.●......"),
    Row("ask:listing_early_delete", "报请提前删除失信", ENFORCING,                     "....●●.●......"),
    Row("ask:exit_ban",     "报请限制出境", ENFORCING,                                 "....●●.●......"),
    Row("ask:auction_terms", "报请拍卖参数", ("regular", "preservation_enforcement"),  "....●●.●......"),
    Row("ask:distribution_plan", "报请分配方案", TRACKS,                               "....●●.●......"),
    Row("ask:extension",    "报请延长执行期限", ENFORCING,                             "....●●........"),
    Row("ask:time_exclusion", "报请扣除期限", ENFORCING,                               "....●●........"),
    Row("ask:suspension",   "报请中止、暂缓", ("quality", *ENFORCING),                 "....●●●......."),
    Row("ask:disbursement", "报请发放案款", ENFORCING,                                 "....●●.●......"),
    Row("ask:deferral",     "报请暂缓发放案款", ENFORCING,                             "....●●.●......"),
    Row("ask:file_loan",    "报请借阅档案", (),                                        "○○○○○○○○......"),
    Row("ask:escalation",   "报超期说明",                    BUREAU,                   "....□□□......."),
    Row("ask:police_referral", "报请移送公安", ("coercion", *ENFORCING),               "....●●.●......"),
    Row("ask:police_data_request", "报请公安协查", ("coercion", *ENFORCING),           "....●●.●......"),
    Row("ask:case_delegation", "报请委托执行", ENFORCING,                              "....●●.●......"),
    Row("ask:confidential_access", "报请查看不公开案件", (),                           "...□□□□□......"),
    Row("ask:case_void",    "报请撤销登记", ("reception", "preservation_review", "preservation_enforcement", "petitions"), "...□□□□□......"),
    Row("sign",             "签批",                          (),                       "○○○○○○○○..○..."),
    Row("attach_sheet",     "附、核纸质签批",                (),                       "○○○○○○○○......"),
    # Work
    Row("workbench",        "工作台",                        (),                       "□□□□□□□□□□□..."),
    Row("queue",            "团队事项",                      (),                       "□□□□□□□□□.□..."),
    Row("transfers",         "移交与接收",  ("fast", "regular", "terminal", "leadership"), "□□□□□□□□......"),
    Row("new_item",         "新建团队事务",                  (*BUREAU, "leadership"),   "□□□□□□□□□....."),
    Row("finish_item",      "办结事项",                      (),                       "◆◆◆◆◆◆◆◆◆.◆..."),
    Row("tick",             "逐项登记",                      (),                       "....◆◆◆◆......"),
    Row("take_over",        "接手",                          (),                       "...◆◆◆◆◆◆.◆..."),
    Row("assign_item",      "转交",                          (),                       "◆◆◆◆◆◆◆◆......"),
    Row("hand_item",        "移送其他团队",                  (),                       "....◆◆◆◆......"),
    Row("wait_item",        "等待",                          (),                       "◆◆◆◆◆◆◆◆◆.◆..."),
    Row("nudge",            "催办",                          (),                       "○○○○○○○○......"),
    Row("answer_nudge",     "回复催办",                      (),                       "◆◆◆◆◆◆◆◆◆.◆..."),
    Row("supervise",        "督办",         (*HEADS, "quality"),                       "○○○○..○......."),
    Row("pause_item",       "暂停、恢复计期", HOLDERS,                                 "....●●●......."),
    Row("confirm_pause",    "确认补录的暂停", (*HOLDERS, "leadership"),                "..○.●●●......."),
    # Records on a case
    Row("record_event",     "登记事件",     BUREAU,                                    "...●◆◆◆◆◆....."),
    Row("receive",          "初次接待、未接待说明、移送核对", RECEPTION,               "......◆◆......"),
    Row("later_visit",      "补接待",                        RECEPTION,                "......○○......"),
    Row("ask_rescan",       "请求重新扫描", (),                                        "○○○○○○○○○.○..."),
    Row("order_query",      "提出查询",                      HOLDERS,                   "....◆◆◆◆......"),
    Row("file_material",    "材料入卷",     BUREAU,                                    "...●◆◆◆◆◆....."),
    Row("void_material",    "材料作废",     BUREAU,                                    "...●●●●......."),
    Row("catalogue",        "卷宗编目",     BUREAU,                                    "...●◆◆◆◆......"),
    Row("draft_document",   "拟制文书",     (*BUREAU, "adjudication"),   "...●◆◆◆◆..◆..."),
    Row("issue_document",   "制发文书",     (*BUREAU, "adjudication"),   "...●◆◆◆◆..◆..."),
    Row("void_document",    "作废文书",     BUREAU,                                    "...●●●●......."),
    Row("seal_document",    "登记用印",                      (*BUREAU, "adjudication"),   "...●◆◆◆◆..◆..."),
    Row("serve_document",   "送达",                          (*BUREAU, "adjudication"),   "...●◆◆◆◆◆.◆..."),
    Row("bundle",           "登记材料包",   BUREAU,                                    "...●◆◆◆◆◆....."),
    Row("take_bundle",      "接收材料包",                    ARCHIVES,                 "......○○......"),
    Row("arrange_file",     "扫描、编目、整理、归档卷宗",    ARCHIVES,                 "......○○......"),
    Row("hold",             "不得处分",     (*TRACKS, "preservation_enforcement"),     "....●●........"),
    Row("standing",         "变更被执行人地位", (*TRACKS, "preservation_enforcement"), "....●●........"),
    Row("amend",            "更正、添加当事人与案件信息", HOLDERS,                     "...●●●●●......"),
    Row("mark_confidential", "设置、取消不公开", (*HOLDERS, "leadership"),             "..○●●●●......."),
    Row("grant_exception",  "回避与个案授权", ("leadership",),                         "○○○..........."),
    # The office
    Row("import",           "立案导入",                      RECEPTION,                "......□□......"),
    Row("import_undo",      "撤销导入",                      RECEPTION,                "......□□......"),
    Row("reception_desk",   "接待登记",                      RECEPTION,                "......□□......"),
    Row("reception_book",   "接待登记簿", ("reception", "leadership"),                 "□□□□..□□......"),
    Row("answer_slip",      "登记立案号",   ("reception", "preservation_enforcement", "preservation_review", "terminal", "regular"), "....○○○○......"),
    Row("assets",           "财产查控",      ("reception", "quality", "leadership"),  "□□□...□□......"),
    Row("network_query",    "发出网络查询、网络冻结",        RECEPTION,                "......□□......"),
    Row("enter_national",   "登记已录入执行系统",            BUREAU,                    "...●◆◆◆◆......"),
    Row("national_import",  "导入执行系统导出", ("reception", "quality"),              "......□□......"),
    Row("differences",      "两系统不一致",                  (*BUREAU, "leadership"),   "□□□□□□□□......"),
    Row("settle_difference", "处理两系统不一致",             BUREAU,                    "....□□□□......"),
    Row("query_operators",  "报备查控专员", ("leadership",),                           "..□..........."),
    Row("docs",             "文书",                          (*BUREAU, "leadership"),   "□□□□□□□□......"),
    Row("exchange",         "交换目录", ("administration",),                           "...........□.."),
    Row("verify_document",  "文书核验",                      (),                       "□□□□□□□□□.□..."),
    Row("custody",          "材料交接",                      (*BUREAU, "leadership"),   "..□□□□□□□....."),
    Row("archive_desk",     "卷宗管理中心",                  ARCHIVES,                 "......□□......"),
    Row("scan_batch",       "扫描、编目所持批次",            ARCHIVES,                 "......□□.□...."),
    Row("order_offline",    "提出线下查询",                  HOLDERS,                  "....◆◆◆◆......"),
    Row("offline",          "线下查控",                      QUALITY,                  "......□□......"),
    Row("matters",          "指挥平台事项",                  QUALITY,                  "......□□......"),
    Row("day_papers",       "当日文书",                      QUALITY,                  "......□□......"),
    Row("triage",           "繁简分流",                      QUALITY,                  "......□□......"),
    Row("same_day",         "下班前清零",                    (),                       "□□□□□□□□□....."),
    Row("escalation_list",  "超期说明",                      (),                       "□□□□□□□......."),
    Row("stats",            "质效分析",     ("leadership", "quality"),                 ".□□...□□......", ("quality_platform",)),
    Row("bulletin_make",    "生成、更正质效通报",            QUALITY,                  "......□□......", ("quality_platform",)),
    Row("bulletin_issue",   "发布质效通报",                  QUALITY,                  "......□......."),
    Row("staffing_view",    "编制与空缺",    ("leadership", "petitions", "administration"), "□□□□.......□□."),
    Row("settings_view",    "待院里确认",                    (),                       "□□□□□□□□...□.."),
    Row("settings_edit",    "修改院里确认事项", ("administration",),                   "...........□.."),
    Row("calendar_edit",    "发布节假日安排", ("administration",),                     "...........□.."),
    Row("audit",            "操作审计",     ("administration",),                       ".............□"),
    Row("verify_journal",   "校验流转记录", ("administration",),                       ".............□"),
)
# fmt: on

ROW = {row.action: row for row in TABLE}


def row(action: str) -> Row:
    return ROW[action]


def mark(action: str, post: str, kind: str, special: str = "") -> str:
    """The mark of this post (and special post) in a team of this kind; unknown posts have none."""
    return ROW[action].mark(post, kind, special)


def actions_with(post: str, kind: str) -> dict[str, str]:
    """Every action with a mark for this post in this kind of team."""
    return {each.action: found for each in TABLE if (found := each.mark(post, kind)) != "."}
