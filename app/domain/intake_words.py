"""Words from which intake guesses the kind of a request and its urgency, and how loudly each speaks."""

from app.domain.ticket import RequestKind

_LOUDNESS: dict[RequestKind, dict[int, str]] = {
    RequestKind.INQUIRY: {
        4: "咨询 想问 问一下",
        3: "怎么办理 怎么申请 如何办理 如何申请 哪些材料 什么材料 多久能 比例是多少 什么条件 去哪里办 在哪办 在哪里办",
        2: "请问 需要多长时间 能不能办 是多少 什么时候能 怎么查 查询 有没有补贴",
        1: "政策",
    },
    RequestKind.COMPLAINT: {
        5: "投诉",
        4: "拖欠 欠薪 不发工资",
        3: "扰民 噪音 噪声 乱收费 不退钱 不退款 不给退 不给开发票 跑路 假货 推诿",
        2: "态度 睡不着 欺骗 虚假 质量问题 影响我们休息 夜间施工 臭味",
        1: "不管",
    },
    RequestKind.REPORT: {
        6: "举报",
        4: "偷税 受贿 贪污 偷排",
        3: "无证 黑中介 非法 地沟油 不开发票偷",
        2: "违法 违建 违章建筑",
    },
    RequestKind.HELP: {
        5: "求助",
        4: "救命 停水 停电 停气 停暖 着火 救护车 胸口疼 走失 车祸 燃气味 正在撬",
        3: "帮帮 没有水 没水 没电 没暖气 抢修 撞了 煤气 小偷 困在",
        2: "不热 漏水 坏了 快点 来修 昏 丢失 井盖 尽快处理 没人来修 没有人来修",
        1: "堵了",
    },
    RequestKind.SUGGESTION: {
        5: "提个建议",
        4: "建议",
        3: "希望能 能否增加 能不能增加",
        2: "最好能",
    },
    RequestKind.OPINION: {
        6: "表扬",
        4: "感谢 意见",
        3: "太乱 管一管",
        2: "反映 不合理 不方便",
        1: "觉得",
    },
}

KIND_WORDS: dict[RequestKind, dict[str, int]] = {
    kind: {word: weight for weight, words in groups.items() for word in words.split()} for kind, groups in _LOUDNESS.items()
}

_URGENT = (
    "着火 爆炸 漏电 触电 煤气味 燃气味 燃气泄漏 漏气 坍塌 塌了 困在电梯 井盖丢 井盖不见 路面塌陷 救护车 昏过去 喘不上气 "
    "救命 电线掉 电线断 水管爆 管道爆裂 正在撬 拿着刀 走失"
)

URGENT_WORDS = tuple(_URGENT.split())
