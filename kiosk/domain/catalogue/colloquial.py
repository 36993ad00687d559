"""How people speak at a counter: words that say nothing about the matter, and words that have
another name in the catalogue. Language, not content: nothing here names a service item.
"""

import re

_FILLERS = """
    我想要 我想 我要 我们 我 你们 您好 你好 您 你 请问 麻烦 帮我 帮忙 给我 想要 想 要
    怎么办理 怎么办 怎么弄 怎么样 怎么 怎样 如何 咋办 咋弄 咋 办理 办一下 办个 办 弄 搞
    一下 一个 一张 一份 一家 一块 一直 个 在哪里 在哪 哪里 哪儿 去哪 到哪 在 去 找谁
    什么时候 什么 多少 几个月 需要 可以 能不能 能 是不是 有没有 算不算 吗 呢 吧 啊 呀 嘛
    了 的 得 现在 最近 已经 快 就 都 还 也 那个 这个 把 被 将 和 跟 到 用 自己 家里 事情
    手续 业务 服务
"""

_SYNONYMS = {
    "掉了": "丢了",
    "不见了": "丢了",
    "找不到": "丢了",
    "弄丢": "丢了",
    "遗失": "丢了",
    "忘记": "忘",
    "房本": "房产证",
    "车本": "行驶证",
    "驾驶证": "驾照",
    "驾驶本": "驾照",
    "爸妈": "父母",
    "爸": "父母",
    "妈": "父母",
    "父亲": "父母",
    "母亲": "父母",
    "儿子": "子女",
    "女儿": "子女",
    "娃": "孩子",
    "宝宝": "新生儿",
    "老公": "夫妻",
    "老婆": "夫妻",
    "丈夫": "夫妻",
    "妻子": "夫妻",
    "走了": "去世",
    "过世": "去世",
    "离职": "辞职",
    "合作医疗": "新农合",
    "慢性病": "慢病",
    "摔伤": "受伤",
    "电瓶车": "电动车",
    "车子": "车辆",
    "饭馆": "饭店",
    "餐馆": "饭店",
    "取出来": "提取",
    "取钱": "提取",
    "还完": "还清",
    "解除抵押": "解押",
    "分数": "成绩",
    "商业贷款": "商贷",
    "退伍军人": "退役军人",
    "复印": "复制",
    "打一份": "打印",
    "开一份": "开具",
    "查一下": "查询",
}


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


_FILLER = _any_of(_FILLERS.split())
_SAID = _any_of(list(_SYNONYMS))


def fillers(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges of `text` that say nothing about the matter."""
    return tuple(match.span() for match in _FILLER.finditer(text))


def reworded(text: str) -> str:
    """`text` in the catalogue's words; unchanged if it holds none of the words known here."""
    return _SAID.sub(lambda match: _SYNONYMS[match.group()], text)
