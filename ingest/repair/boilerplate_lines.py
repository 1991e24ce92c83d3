"""What a single line is, apart from where it stands: prose, a list, a bar of links, a counter, a prompt, a disclaimer, an advert."""

from __future__ import annotations

import re
from functools import cache
from itertools import repeat

from corpus.vocabulary import boilerplate as words
from corpus.vocabulary import surnames
from ingest.repair.boilerplate_tables import is_data, is_figure
from ingest.scan import sought

BARS = re.compile(r"[|｜丨]")
_SENTENCE = re.compile(r"[。！？]|[；，].{4,}[；，]")
_IMAGE = re.compile(r"[\w\-./:%()（）@ ]{1,120}\.(?:jpe?g|png|gif|bmp|webp|svg|tiff?)(?:\s*[(（][^()（）]{0,20}[)）])?", re.IGNORECASE)
_COUNTER = re.compile(
    r"[第共]\s*\d{1,7}\s*(?:次|人|页|条)?(?:\s?/?\s?共\s*\d+\s*页)?|\d{1,7}\s*(?:赞|评论|页)|[<>《》«»‹›]{1,5}|top|\[\d+\]",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,7}\s*(?:次|人|条)?|\d+\s*[/|]\s*\d+|[xX×✕✖]|[|/·.\-—]{1,5}")
_PAGES = re.compile(r"(?:\d+\s+){2,}\d+")
_CRUMB = re.compile(r"[^>＞»›]{1,16}(?:\s?[>＞»›]{1,2}\s?[^>＞»›]{1,24})+")
_SITE = re.compile("首页|主页|网站|频道|信息公开|政务公开|english", re.IGNORECASE)  # a path of other words may be steps of a procedure
_URL = re.compile(r"(?:https?://|www\.)[\w\-./?=&%#:]+")
_ITEM = re.compile(r"[\s|｜丨>＞»›·•/:：,，、\[\]【】()（）\-—#]+")
_PIECE = re.compile(r"[\s|｜丨>＞»›·•/\[\]【】()（）]+")
_PARTS = re.compile("[>＞»→:：/-]")
_NEIGHBOUR = re.compile(r"(?:上|下)一(?:篇|条|页|章|则)\s*[：:]")
_END_SIGN = re.compile(r"[\-—=*·\s（(【\[]*(?:the\s*end|end|完|全文完|本文完|正文结束)[\-—=*·\s）)】\]]*", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:附件?\d?[：:]|注[：:释]|备注|参考文献|(?:19|20)\d\d年\d{1,2}月|抄送|主送|联系人|编者按|点评|案例编写|参与撰写|撰写人|妥否|特此|以上"
    r"|.{2,30}(?:委员会|办公室|人民政府|办事处|居委会|社区|局|部|中心|协会|党支部|党委|党工委|[室处院队站所厅])$)"
)
_ITEMISED = re.compile(
    r"(?:[（(].*[）)]$|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|第[一二三四五六七八九十]+|[“‘《])"
)
_PROMPT = re.compile(
    r"[\W_]*(?:请|欢迎|立即|马上|快来|赶紧|赶快|点击|点|戳|长按|扫描?|扫一扫|扫码|[\u4e00-\u9fff]{0,2}扫[描码]|识别|打开|下载|安装|添加|搜索|回复|关注|转发|上|用)"
    r".{0,24}(?:二维码|公众号|客户端|app|小程序|微信|名片|链接|视频号|蓝字|(?:查看|阅读|获取|了解|看|继续)(?:更多|详情|全文|原文|阅读)|领取|下载|安装|星标|在看|点赞|朋友圈|订阅|(?:查看|观看|播放|收看|收听|浏览)[\u4e00-\u9fff]{0,4}(?:视频|直播|音频|大图|图集|专题))[^，。；]{0,4}?"
    r"(?:[，,！!\s”\"」]*(?:关注|订阅|加入)(?:我们|本号|我|[\u4e00-\u9fff]{2,8}(?:发布|号))|[，,！!\s]\s*(?:抢先|第一时间(?:获取|获得|了解|掌握|知[晓道]|看|收到)|先睹|尽[享览在]|更多(?:精彩|资讯|内容|好文|信息|详情|惊喜|优惠|活动)|掌握(?:最新|第一手|更多)|畅[享看读]|不错过|不迷路|一手)[^，。；]{0,14})?",
    re.IGNORECASE,
)
_CALLS = re.compile(  # after a border: 可在小程序点击领取 is what a report tells
    r"(?:^|[\s，,、!！>》→】\]])(?:点击|点此|立即|马上|即刻|限时|扫码|速来|快来|戳|抢先|免费)(?:领取?|抢购?|购买|咨询|预约|报名|下单|开通|体验|申请|试用|入会|加盟|预订|订购|进店)[\W_]{0,4}$"
)
_OFFER = re.compile(
    r"满\s?\d[\d,.]*[万千百]?元?[减送赠返]|[立直]减|[钜巨特]惠|\d(?:\.\d)?折|限时(?:优惠|特价|抢|秒|折)|特价|秒杀|包邮|促销|大促|返现|底价|低至|红包|礼包|满减|爆款|买[一1\d]送|清仓"
    r"|优惠券|折扣|大奖|试听|招商"
)
_ADVERT_SIGN = re.compile(r"\W{0,2}[\[【(（〔]\s?(?:广告|推广|赞助|商业推广|广告推广)\s?[\]】)）〕]")
_USED = re.compile(r"[\W_]*(?:用(?!手机|微信扫|浏览器|电脑)|上(?!.{0,16}(?:看|阅读|下载|查看)))")  # 用好小程序 is what a report tells
_ABOUT_RIGHTS = re.compile(
    r"(不代表.{1,12}(?:观点|立场|态度|意见))|(仅代表作者)|(版权(?:均|皆)?(?:归|属))|(侵权|侵犯.{0,8}权)|((?:联系|通知).{0,8}(?:删除|处理|更正|我们))"
    r"|(转载(?:请|须|应|时|此文)|(?:未经|谢绝|禁止|严禁|不得).{0,10}(?:转载|复制|摘编|镜像|商用))|((?:来源|来自|转自|摘自|整理自)于?(?:网络|互联网))"
    r"|(仅供.{0,6}(?:参考|学习|交流|阅读|浏览))|(不构成.{0,10}(?:建议|意见|依据|承诺))|(投资.{0,4}风险|据此(?:操作|投资)|风险自担)"
    r"|(信息存储|信息发布平台)|((?:用户|自媒体|网友|第三方).{0,8}(?:上传|发布|提供))|(解释权)|(概不负责|不承担.{0,12}责任|免责)|(真实性|准确性)"
    r"|(凡?本[网站刊报台].{0,6}注明|注明.{0,6}(?:来源|出处))|(合法拥有|有权使用|知识产权)|(cookie)|(隐私政策|使用条款|用户协议|服务条款)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    "转载|版权|侵权|侵犯|立场|仅供|解释权|注明|隐私|条款|免责|据此|不构成|不负责|删除"
)  # one of them is in each disclaimer
_DECLARES = re.compile(r"\W*(?:(?:版权|免责|特别|郑重|重要|风险|法律|网站|本站|转载)(?:声明|提示|说明|须知)|声明\s*[：:])")
_REACHED = re.compile(
    r"(?:微信|qq|q群|vx|v信|加v|薇信|tg|电报)(?:号|群|号码)?\s*[:：]?\s*[a-z0-9_\-]{5,}|(?:电话|热线|手机|咨询|tel|客服)[^\d，。]{0,6}[\d\-]{7,}"
    r"|https?://|www\.|(?<![a-z0-9.])[a-z0-9\-]{1,20}(?:\.[a-z0-9\-]{2,20})?\.(?:com|cn|net|org|top|vip|xyz|cc|club|info|site|online)(?![a-z0-9])|[￥¥]\s?\d|\d元/|\d折\b",
    re.IGNORECASE,
)
_LATIN = sought(r"a-zA-Z\d￥¥", r"[a-zA-Z0-9][a-zA-Z0-9\-.]{4}|\d[元/折]|[￥¥]")
_DAY = (  # a point only between day and month of a full date, or in brackets: 3.5 is a figure
    r"(?:[\[(（【]\s?(?:20\d\d[-/.年])?[01]?\d[-/.月][0-3]?\d日?\s?[\])）】]|20\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?(?!\d)|(?<![\d.])[01]?\d[-/月][0-3]?\d日?(?![\d%‰]))"
)
_DATED = re.compile(rf"\W{{0,3}}(?:{_DAY}\s*.{{6,60}}|.{{6,60}}?\s{{0,3}}{_DAY}\s*)")
_MENU = re.compile(r"[\w·&+]{2,10}")
_PLAYER = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s*/\s*\d{1,2}:\d\d(?::\d\d)?|.{0,6}(?:加载中|缓冲中|请稍[候等后]).{0,8}")
_FALLBACK = re.compile(  # what a browser shows that cannot play what stands there
    r"(?:抱歉|对不起|提示)?[，,：:]?(?:您的?|你的?|当前)(?:所?使用的)?(?:浏览器|播放器)(?:版本)?.{0,8}?(?:不支持|无法(?:播放|显示)|(?:过|太|较)低|禁用)[^。，]{0,20}(?:[，,][^。，]{0,4}(?:请|建议您?)[^。，]{0,24})?[。！]?"
    r"|(?:抱歉|对不起|提示)?[，,：:]?请(?:您|先)?(?:升级|更换|安装|下载|启用|开启)[^，。]{0,10}(?:浏览器|flash|播放器|javascript)[^。]{0,20}[。！]?",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:(?:网友|精选|全部|最新|热门|读者|用户)?(?:评论|跟帖|跟贴)|(?:精选|全部|最新|热门)留言)(?:区|列表)?(?:\s?[（(]?\d{1,6}条?[）)]?)?(?:[\s，,:：]*(?:文明上网|理性发[言帖]|遵守|登录|请).{0,24})?"
)
_COMMENT = re.compile(
    r"(?:网友|手机用户|热心网友)?\s?\d{2,5}\*{2,6}\d{0,4}\s?[：:].{1,120}"
    r"|(?:手机用户|匿名网友)\s?[\w*]{0,12}\s?[：:].{1,120}"
)
_LABELLED = re.compile(r"[，。；：]|:(?!\d\d)")
_NOT_MENU = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\d+[.、])|[：:]|(?:19|20)\d\d")
_COUNTS = re.compile(r"^\d|\d$")
_CHANNELS = frozenset(
    "微信 微博 评论 转发 点赞 收藏 关注 举报 投稿 搜索 登录 注册 阅读 浏览量 阅读量 访问量 下载次数 评论数".split()
)  # a report counts them too
_PROSE = 26
_KNOWN = ("navigation", "breadcrumb", "share", "counter", "copyright", "contact", "related", "advertising")


@cache
def vocabulary(*kinds: str) -> tuple[frozenset[str], re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """The words of these kinds, a pattern that finds them, and the patterns of the kinds."""
    found = words()
    listed = frozenset(word.lower() for kind in kinds for word in found.words.get(kind, ()))
    anywhere = re.compile("|".join(map(re.escape, sorted(listed, key=lambda word: (-len(word), word)))) or "(?!)")
    return listed, anywhere, tuple(pattern for kind in kinds for pattern in found.patterns.get(kind, ()))


def is_prose(line: str) -> bool:
    return len(line) >= _PROSE and bool(_SENTENCE.search(line)) and not is_list(line)


def is_list(line: str) -> bool:
    """Many short items between bars, without sentences."""
    bars = line.count("|") + line.count("｜") + line.count("丨")
    if bars < 3 or bars * 45 <= len(line) or line.count("。") * 60 > len(line):
        return False
    items = [item.strip() for item in BARS.split(line)]
    return 2 * sum(map(is_figure, items)) < sum(map(bool, items))  # a row of figures is a table's


def is_only(line: str, *kinds: str) -> bool:
    """Whether a line consists of nothing but such words, with separators between them and no more figures than words."""
    known = vocabulary(*kinds)[0]
    if line.lower() in known:
        return True
    first = _ITEM.split(line.lower(), maxsplit=1)[0]
    if first and not first.isdigit() and first not in known:  # most lines end here
        return False
    items = [item for item in _ITEM.split(line.lower()) if item]
    named = [item for item in items if not item.isdigit()]
    return bool(named) and len(items) <= 2 * len(named) and all(item in known for item in named)


def is_bar(line: str) -> bool:
    """A row of links: three short items or more, half of them known from such rows: no figures, and not channels alone."""
    if len(line) > 120 or _SENTENCE.search(line) or "，" in line or is_data(line):
        return False
    items = [item for item in _PIECE.split(line.lower()) if item]
    if len(items) < 3 or max(map(len, items)) > 8:
        return False
    known, _, patterns = vocabulary(*_KNOWN)
    links = [
        item
        for item in items
        if item in known or (_COUNTS.search(item) and not is_figure(item) and any(map(re.Pattern.search, patterns, repeat(item))))
    ]
    if all(item in _CHANNELS for item in links):
        return False
    few = len(items) >= 5 and len(links) >= 2 and len(links) * 4 >= len(items) and max(map(len, items)) <= 6
    return len(links) * 2 >= len(items) or (few and not any(map(is_figure, items)))


def matches(line: str, *kinds: str) -> bool:
    return any(pattern.search(line) for pattern in vocabulary(*kinds)[2])


def count(line: str, *kinds: str) -> int:
    """How many different words of these kinds a line has."""
    return len(set(vocabulary(*kinds)[1].findall(line.lower())))


def is_counter(line: str) -> bool:
    """第 12 次, 3 页, 1 2 3 4, 00:00 / 03:25: a count of the page's, or its pages."""
    if _PAGES.fullmatch(line):
        numbers = [int(number) for number in line.split()]
        return numbers[:3] == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    return bool(_COUNTER.fullmatch(line) or _PLAYER.fullmatch(line))


def is_bare(line: str) -> bool:
    """A figure or a sign that says nothing by itself: a count of the page's, a button, or a cell of a table."""
    return bool(_BARE.fullmatch(line))


def is_closing(line: str) -> bool:
    """Whether a line may well stand after the last paragraph: an attachment, a note, a signature, a date."""
    return bool(_CLOSING.match(line))


def is_itemised(line: str) -> bool:
    """A numbered line, a quotation, a remark in brackets: may stand after the last paragraph, and in a list of chapters too."""
    return bool(_ITEMISED.match(line))


def is_prompt(line: str, *, after: bool = False) -> bool:
    """扫描二维码关注公众号, 点击下载客户端: a line that asks the reader for something and ends there, or, `after` the text, goes on."""
    if _USED.match(line):
        return False
    if after:
        return len(line) <= 60 and bool(_PROMPT.match(line)) and "。" not in line[:-1]
    return len(line) <= 40 and bool(_PROMPT.fullmatch(line.rstrip("。！!~～→>》↓ "))) and "。" not in line[:-1]


def is_offer(line: str) -> bool:
    """An advert of one line: an offer with a call to take it up at its end, or one that says that it is an advert."""
    if len(line) > 60 or "。" in line:
        return False
    return bool(_ADVERT_SIGN.match(line)) or bool(_CALLS.search(line) and _OFFER.search(line))


def is_disclaimer(line: str) -> bool:
    """Whether a line (up to a paragraph) speaks of who may copy the page and who answers for it."""
    if len(line) > 400 or not _RIGHTS.search(line):
        return False
    kinds = {match.lastindex for match in _ABOUT_RIGHTS.finditer(line)}
    return len(kinds) >= (1 if _DECLARES.match(line) else 2 if len(line) <= 160 else 3)


def is_related(line: str) -> bool:
    """A heading such as 相关阅读 or 往期推荐."""
    bare = line.strip(" ：:>》【】[]|·—-").lower()
    if len(line) <= 50 and bare not in ("评论", "留言") and _COMMENTS.fullmatch(line):
        return True
    return len(bare) <= 16 and (bare in vocabulary("related")[0] or matches(bare, "related"))


def is_dated_title(line: str) -> bool:
    """An entry of a list of articles: a title with its date before or behind it."""
    return len(line) <= 70 and "。" not in line and bool(_DATED.fullmatch(line))


def is_path(line: str) -> bool:
    """首页 > 甲 > 乙 in any words, or a row of six names of columns or more: at the head of a page."""
    if len(line) > 80 or _SENTENCE.search(line) or "，" in line:
        return False
    items = [item for item in _PIECE.split(line) if item]
    crumb = len(items) >= 3 and bool(_CRUMB.fullmatch(line)) and max(map(len, items)) <= 12
    return crumb or (len(items) >= 6 and max(map(len, items)) <= 6 and len(line) >= 4 * len(items) and not any(map(str.isdigit, line)))


def is_row(line: str) -> bool:
    """Three items or more side by side without a sentence, but for names of persons: the buttons of a player, a ticker, a calendar."""
    items = [item for item in _PIECE.split(line) if item]
    if len(items) < 3 or len(line) > 120 or max(map(len, items)) < 2 or _LABELLED.search(line) or is_data(line):
        return False
    known = surnames()
    return not all(2 <= len(item) <= 4 and (item[0] in known.single or item[:2] in known.compound) for item in items)


def is_menu(line: str) -> bool:
    """A line that may be one entry of a menu: a few characters without any sign, no figure."""
    return bool(_MENU.fullmatch(line)) and not _NOT_MENU.search(line) and not is_figure(line)


def is_menu_after(line: str) -> bool:
    """The same after the text, where such a line may also be a signature."""
    return is_menu(line) and not is_closing(line) and not is_itemised(line)


def reaches(line: str) -> bool:
    """Whether a line may hold a number, an address or a name to reach somebody by."""
    return bool(_LATIN.search(line))


def selling(line: str) -> int:
    """How much a line sells: its different words of selling, and twice for every way to reach the seller."""
    return count(line, "advertising", "spam", "commerce") + (2 * len(_REACHED.findall(line)) if reaches(line) else 0)


def _owned(line: str) -> bool:
    """Whether a line names who holds the rights of the page; an address or an organiser beside it adds to that, but alone is a report's."""
    owned = count(line, "copyright")
    return owned > 1 or (owned == 1 and count(line, "contact") > 0)


def is_certain(line: str) -> bool:
    """Whether a line names itself as no part of the text, wherever it stands."""
    if not line or len(line) > 400:
        return False
    if is_disclaimer(line):
        return True
    if len(line) > 120 and not BARS.search(line):
        return False
    if _IMAGE.fullmatch(line) or _URL.fullmatch(line) or _END_SIGN.fullmatch(line) or _NEIGHBOUR.match(line):
        return True
    if len(line) <= 80 and _CRUMB.fullmatch(line) and (count(line, "breadcrumb") or _SITE.search(line)):
        return True
    if len(line) <= 80 and not _SENTENCE.search(line):
        if is_only(line, *_KNOWN):
            return line.lower() not in vocabulary("related")[0]
        if len(line) <= 40 and matches(line, "navigation", "share", "counter", "placeholder"):
            return True
        if len(line) <= 40 and _PARTS.search(line) and matches(line, "breadcrumb"):
            return True
    if is_prompt(line) or is_bar(line) or is_offer(line) or _COMMENT.fullmatch(line):
        return True
    if len(line) <= 80 and _FALLBACK.fullmatch(line):
        return True
    if len(line) <= 120 and not is_prose(line) and (matches(line, "copyright") or _owned(line)):
        return True
    return is_list(line) and (count(line, "spam", "advertising", "navigation") >= 1 or matches(line, "spam"))
