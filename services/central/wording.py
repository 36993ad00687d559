"""What the pages say: Chinese for clerks; Chinese and English for citizens, as at the kiosk."""

KINDS = {
    "complaint": ("反映问题", "Complaint"),
    "application": ("事项申请", "Application"),
    "booking": ("预约", "Appointment"),
    "inquiry": ("查询登记", "Enquiry"),
    "attachment": ("材料照片", "Photographed paper"),
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
}

ACTIONS = {
    "received": "已收到",
    "registered": "已登记",
    "dispatched": "已交办",
    "closed": "已办结",
    "answered": "已反馈",
    "citizen_told": "群众已知晓",
    "window_told": "窗口已知晓",
}
ACTORS = {"clerk": "工作人员", "citizen": "群众本人（查询）"}

VERDICT = {"primary": "主类", "classes": "全部类别", "subclasses": "具体情形", "level": "行使层级"}
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
CODES = {"primary": CLASSES, "classes": CLASSES, "subclasses": SUBCLASSES}
