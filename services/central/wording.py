"""What the pages say: Chinese for clerks; Chinese and English for citizens, as at the kiosk."""

KINDS = {
    "complaint": ("反映问题", "Complaint"),
    "application": ("事项申请", "Application"),
    "booking": ("预约", "Appointment"),
    "inquiry": ("查询登记", "Enquiry"),
    "attachment": ("材料照片", "Photographed paper"),
    "addition": ("补充情况", "Addition"),
    "withdrawal": ("撤回", "Withdrawal"),
    "reopening": ("没解决", "Not settled"),
    "rating": ("评价", "Rating"),
    "upgrade": ("转为反映", "Made a complaint"),
}

BOOKINGS = {
    "booked": ("约好了", "Booked"),
    "full": ("约满了，请联系群众另约", "Full, to be booked anew"),
}

APPOINTMENTS = {
    "booked": ("时间约好了，请按时来。", "Your time is booked. Please be on time."),
    "full": (
        "这个时间约满了，请另约一个时间，或者到窗口去问。",
        "This time was full. Please book another, or ask at a window.",
    ),
}
"""As `BOOKINGS`, for the citizen."""

STATES = {
    "received": ("中心已收到", "The centre has received it"),
    "registered": ("窗口已登记", "The window has registered it"),
    "dispatched": ("已交给部门去办", "With the department in charge"),
    "closed": ("部门已有答复", "The department has answered"),
    "answered": ("已经告诉您和窗口", "You and the window have been told"),
    "reopened": ("您说没解决，重新办", "Not settled, as you say: taken up again"),
    "withdrawn": ("您已经撤回", "You have withdrawn it"),
}
NEXTS = {
    "received": ("窗口会看您写的，登记下来。", "The window will read it and register it."),
    "registered": (
        "接着会交给办这件事的部门。",
        "It goes to the department in charge next.",
    ),
    "dispatched": (
        "部门办完，会给一个答复。",
        "The department will give an answer when it is done.",
    ),
    "closed": (
        "1个工作日内会告诉您，也会告诉窗口。",
        "You and the window will be told within one working day.",
    ),
    "answered": (
        "还没办好，可以再来反映。",
        "If it is still not settled, you can report it again.",
    ),
    "reopened": (
        "窗口会再交给部门去办。",
        "The window will hand it to a department again.",
    ),
    "withdrawn": (
        "不再往下办了。还要办，请再交一次。",
        "Nothing more is done about it. If you need it after all, hand it in again.",
    ),
}

AFTERWARDS = {
    "upgrade": (
        "还没办成，转为反映",
        "Still not done: make it a complaint",
        "收到了，这件事按反映问题办。",
        "It is now handled as a complaint.",
    ),
    "addition": ("补充情况", "Add something", "补充的收到了。", "What you added is here."),
    "reopening": (
        "没解决",
        "It is not settled",
        "收到了，这件事重新办。",
        "It is taken up again.",
    ),
    "rating": ("评价", "Rate it", "评价收到了，谢谢。", "Your rating is here. Thank you."),
    "withdrawal": ("不办了，撤回", "Withdraw it", "已经撤回。", "It is withdrawn."),
}
"""What a citizen can do afterwards, in the order of the page: its button, and what is said when it
is done."""

RATINGS = {
    5: ("非常满意", "Very satisfied"),
    4: ("满意", "Satisfied"),
    3: ("基本满意", "Fairly satisfied"),
    2: ("不满意", "Dissatisfied"),
    1: ("非常不满意", "Very dissatisfied"),
}

NOTES = {
    "added": ("您补充了情况", "You added something"),
    "rated": ("您评价了", "You rated it"),
    "upgraded": ("您说还没办成，转为反映", "Still not done, as you say: made a complaint"),
    "late_addition": (
        "您补充了情况，但这件事已经撤回，不再办了",
        "You added something, but it had been withdrawn",
    ),
    "late_withdrawal": (
        "您想撤回，但部门已经答复或者已经撤回过，没有再撤回",
        "You wanted to withdraw it, but it had been answered or withdrawn before",
    ),
    "late_reopening": (
        "您说没解决，但这时不能重新办：还没有答复、已经在重新办，或者超过了30天",
        "You said it was not settled, but it could not be taken up again: there was no answer yet, "
        "it was being handled again, or 30 days had passed",
    ),
    "late_rating": (
        "您评价了，但没有算上：还没有答复，或者已经评价过",
        "You rated it, but this does not count: there was no answer yet, or you had rated before",
    ),
    "late_upgrade": (
        "您想转为反映，但这件事已经按反映办了，或者已经撤回",
        "You wanted to make it a complaint, but it already was one, or it had been withdrawn",
    ),
}
"""What a citizen did afterwards, for the citizen."""

ACTIONS = {
    "received": "已收到",
    "registered": "已登记",
    "dispatched": "已交办",
    "closed": "已办结",
    "answered": "已反馈",
    "citizen_told": "群众已知晓",
    "window_told": "窗口已知晓",
    "reopened": "没解决，重新办",
    "withdrawn": "已撤回",
    "added": "群众补充",
    "rated": "群众评价",
    "upgraded": "群众说没办成，由咨询转为反映",
    "late_addition": "群众补充（案件已撤回，未生效）",
    "late_withdrawal": "群众要撤回（已答复或已撤回，未生效）",
    "late_reopening": "群众说没解决（此时不能重新办，未生效）",
    "late_rating": "群众评价（未答复或已评价过，未生效）",
    "late_upgrade": "群众要转为反映（已是反映或已撤回，未生效）",
    "late_picture": "群众的照片（案件已撤回）",
    "followed_up": "已回访",
}
FOLLOW_UPS = {
    "reopened": "群众说没解决，要重新办",
    "rated": "群众评价",
    "upgraded": "群众说没办成，由咨询转为反映",
}
"""Why a case is to be followed up, by what the citizen did."""
ACTORS = {"clerk": "工作人员", "citizen": "群众本人（手机或终端查询）"}

VERDICT = {
    "primary": "主类",
    "classes": "全部类别",
    "subclasses": "具体情形",
    "level": "行使层级",
    "due": "期限",
    "overdue": "超过期限（工作日）",
    "limit": "期限的种类",
    "route": "转办",
}
CLASSES = {
    "": "没有归入四类，按咨询登记",
    "1": "第一类：申请了没办成",
    "2": "第二类：跑了两次以上没办成",
    "3": "第三类：部门推、部门拖",
    "4": "第四类：上海、江苏、浙江能办，安徽还不能办",
}
SUBCLASSES = {
    "1A": "不予受理",
    "1B": "受理不及时",
    "1C": "办理超时",
    "1D": "未通过审批",
    "2": "多次未办成",
    "3A": "推诿扯皮",
    "3B": "办事拖拉",
    "4": "政策对标",
}
LIMITS = {"1B": "答复是否受理，还没有到期", "1C": "办完，还没有到期"}
CODES = {"primary": CLASSES, "classes": CLASSES, "subclasses": SUBCLASSES, "limit": LIMITS}
