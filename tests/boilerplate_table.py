"""Boilerplate of kinds that no rule was written for: `python -m tests.boilerplate_table`.

Each kind is put around (or into) each clean sample text as a page saved as text would have it; the whole repair then runs. *Removed* is the
share of the damage's characters that are gone, *harmed* the share of the text's own characters that went with it. The rules were written
before any of the kinds. `FIRST` and `LATER` have been used to improve them since (as found they came to 55.3 % removed and .05 % harmed,
66.9 % and .07 %); `UNSEEN` has not and must not be: it says what to expect of pages that nobody has looked at.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.draft import Draft, RawReport
from ingest.pipeline import repair
from ingest.readers import read

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
MEDIA = {".txt": "txt", ".html": "html", ".htm": "html", ".docx": "docx"}
LEAST = 300  # characters of a sample that counts


def head(block: str) -> Callable[[str], str]:
    return lambda text: f"{block}\n{text}"


def tail(block: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{block}"


def around(before: str, after: str) -> Callable[[str], str]:
    return lambda text: f"{before}\n{text}\n{after}"


def under_title(block: str) -> Callable[[str], str]:
    return lambda text: text.replace("\n", f"\n{block}\n", 1)


def between(block: str) -> Callable[[str], str]:
    """Between two paragraphs in the middle."""

    def put(text: str) -> str:
        lines = text.split("\n")
        at = max((n for n in range(1, len(lines)) if n <= len(lines) * 2 // 3 and len(lines[n - 1]) > 60), default=len(lines) // 2)
        return "\n".join([*lines[:at], block, *lines[at:]])

    return put


def glued(block: str) -> Callable[[str], str]:
    """On the line of the last sentence."""
    return lambda text: text + block


FIRST: dict[str, Callable[[str], str]] = {
    "lottery tail": tail(
        "双色球第2023118期开奖结果\n今晚开什么码,澳门正版资料大全,管家婆一句话赢大钱\n"
        "幸运飞艇五码计划网站 | 北京赛车pk10直播 | 江苏快三走势图 | 大乐透预测\n奖池滚存23亿，点此马上下注，首存即送88元，提款三分钟到账！"
    ),
    "loan advert between paragraphs": between(
        "【急用钱看这里】凭身份证即可办理，无需抵押，最高可借20万，当天下款，不看征信！客服微信：dk88996633，电话4000-123-456。"
    ),
    "medicine advert tail": tail(
        "糖尿病人注意了：老军医公布家传秘方，三个疗程血糖稳定，不复发不反弹，签约治疗。\n专治风湿骨痛，一贴见效，咨询电话：400-820-1234\n"
        "关节炎膏药哪个牌子好\n前列腺炎吃什么药好得快"
    ),
    "novel site": around(
        "笔趣阁 玄幻小说 都市小说 排行榜单 全本小说 我的书架",
        "第一章 少年出山\n第二章 拜师\n第三章 试炼\n第四章 秘境\n第五章 重逢\n最新网址：www.bqg-abc.cc 请记住本站域名\n"
        "喜欢请收藏，手机用户请浏览m.bqg-abc.cc阅读，更新速度全网最快。",
    ),
    "game advert tail": tail(
        "传奇霸主开服啦！上线就送VIP12，一刀999级，装备全靠打\n仙侠手游推荐\n三国志战略版兑换码\n梦幻西游代练\n原神深渊阵容搭配\n点我开始游戏>>"
    ),
    "download mirror": around(
        "系统之家 > 软件下载 > 办公软件",
        "软件大小：12.5MB\n软件语言：简体中文\n授权方式：免费软件\n运行环境：Win7/Win10\n电信下载\n联通下载\n迅雷高速下载\n网盘下载",
    ),
    "portal sidebar": around(
        "领导之窗\n机构设置\n政府信息公开\n办事大厅\n互动交流\n走进某县\n规划计划\n统计数据\n重点领域",
        "政策解读\n人事任免\n招标采购\n应急管理\n财政预决算\n建议提案办理\n基层政务公开标准化",
    ),
    "accessibility bar": head("无障碍 长辈版 智能机器人 繁體 EN 微博 微信 移动端 个人主页 退出"),
    "app prompt": tail("打开某某新闻APP，看更多精彩内容\n下载客户端体验更流畅\n扫码下载某某融媒客户端\n用手机继续阅读"),
    "editor lines": tail("一审：王小明\n二审：李晓红\n三审：张卫国\n值班主任：赵强\n美编：陈静\n监制 | 周民"),
    "declaration": tail(
        "声明：本网转载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其内容的真实性。如涉及作品内容、版权等问题，请在30日内与本网联系。\n"
        "凡本网注明“来源：某某网”的所有作品，均为本网合法拥有版权或有权使用的作品，未经本网授权不得转载、摘编或利用其它方式使用上述作品。"
    ),
    "comments": tail("网友评论 文明上网理性发言\n0条评论\n登录后才可以发表评论\n热评\n江南烟雨 3天前\n顶一个\n赞(5) 回复\n查看全部评论"),
    "counters": under_title("1.2万阅读 356赞 28评论 收藏\n听新闻 语速 0.8x 1x 1.5x"),
    "titles with dates": tail(
        "我市召开安全生产工作会议 2023-05-04\n全县春耕备耕有序推进 2023-05-03\n第三届樱花节开幕 2023-05-02\n某镇开展反诈宣传 2023-05-01"
    ),
    "adult tail": tail(
        "国产主播在线精品视频,91短视频下载安装黄,草莓视频污app,樱桃视频下载,香蕉视频免费观看,久久热在线精品,秋霞电影网午夜,成版人短视频"
    ),
    "glued links": glued("搬家公司| 化粪池清理| 开锁电话| 空调维修| 月嫂培训| 保洁服务| 甲醛检测|"),
}
LATER: dict[str, Callable[[str], str]] = {
    "fortune telling tail": tail(
        "属猪的人2024年运势如何\n生辰八字免费测算，大师亲批，一卦38元，测不准不收费！\n梦见蛇是什么预兆\n家里摆什么招财\n紫微斗数排盘"
    ),
    "study abroad advert between paragraphs": between(
        "留学中介哪家强？某某教育十年口碑，英澳加名校申请，文书不过全额退，现在预约顾问立减3000元，官网www.liuxue-demo.com。"
    ),
    "pet shop links glued": glued("柯基犬舍｜布偶猫价格｜狗粮测评｜宠物医院｜猫砂盆｜仓鼠笼子｜"),
    "weather and calendar bar": head("今天是2023年5月6日 星期六 农历三月十七 多云 18℃~26℃\n切换城市 未来七天 空气质量 生活指数 限行 尾号"),
    "forum page": around(
        "论坛 › 城市生活 › 社区杂谈 › 查看主题",
        "楼主热帖\n发消息\n积分 1024 帖子 88 精华 2\n发表于 3 天前 来自手机 | 只看该作者\n沙发\n"
        "您需要登录后才可以回帖 登录 | 立即注册\n本版积分规则\n快速回复 返回顶部 返回列表",
    ),
    "library database page": around(
        "知网节 CNKI 学术期刊 学位论文 会议 报纸 年鉴 专利",
        "下载频次：312\nCAJ下载 PDF下载\n引证文献\n共引文献\n相似文献\n攻读期成果\n分享到： 导出/参考文献 关注 记笔记",
    ),
    "wine and tea shop": tail(
        "酱香老酒老茅台镇纯粮坤沙，厂价一箱199，喝不好退全款，懂酒的朋友加V：jiu8866。\n古树普洱茶饼珍藏\n武夷山大红袍礼盒\n明前龙井多少钱一斤"
    ),
    "television programme list": tail("19:00 新闻联播\n19:38 焦点访谈\n20:06 电视剧：山海之间(12)\n22:00 晚间新闻\n22:35 纪录中国"),
    "hotline bar of a portal": tail(
        "网站无障碍服务 政务微博 政务微信 小程序\n您是第 1203456 位访客\n"
        "建议使用1366*768分辨率浏览\n值班电话：0573-88000000 传真：0573-88000001\n"
        "党政机关 事业单位 网安备33010602001号"
    ),
    "citation box": tail(
        "引用格式：王小明.某某研究[J].某某学报,2023,(5):12-15.\n收稿日期：2023-01-05\n基金项目：某某省社科规划课题\nDOI：10.1234/abc.2023.05.003"
    ),
    "video player": under_title("00:00 / 03:25\n倍速 1.0X 高清 全屏\n视频加载中，请稍候...\n播放 暂停 重播"),
    "stock ticker bar": head("上证指数 3334.50 -0.48% 深证成指 11180.87 -0.83% 创业板指 2267.63 -0.91%"),
    "cookie notice": head("本网站使用Cookie以改善您的浏览体验，继续浏览即表示您同意我们的隐私政策和使用条款。\n同意并继续 拒绝 设置"),
    "visa and divorce lawyers": tail(
        "离婚律师咨询\n交通事故赔偿标准\n工伤认定流程\n取保候审需要什么条件\n劳动仲裁找哪个部门\n在线问律师，5分钟内回复，首次咨询9.9元。"
    ),
}
UNSEEN: dict[str, Callable[[str], str]] = {
    "recruitment advert tail": tail(
        "急招打字员，在家就能做，日结200到500，无押金无会费，手机操作，联系扣扣：8812345670。\n快递分拣临时工\n叉车司机招聘\n附近日结工作群"
    ),
    "housing agency around": around(
        "租房 二手房 新房 写字楼 商铺 小区找房",
        "猜你想租\n精装两室一厅拎包入住 2600元/月\n近地铁押一付一 1800元/月\n房东直租免中介费\n地图找房\n房贷计算器\n发布房源",
    ),
    "school exam site tail": tail(
        "2023年中考数学真题及答案解析\n小学语文二年级下册教案\n高一物理必修二知识点总结\n"
        "扫码领取全套学习资料，名额有限！\n作文大全 试卷下载 成绩查询"
    ),
    "recipe links glued": glued("红烧肉的做法｜酸菜鱼怎么做｜空气炸锅食谱｜烘焙入门｜减脂餐｜早餐豆浆机｜"),
    "voting widget": tail("您对本文的态度\n支持 (12)\n反对 (0)\n中立 (3)\n提交 查看结果"),
    "audio bar under the title": under_title("▶ 播放全文 约 6 分钟 男声 女声 定时关闭"),
    "language and font bar": head("ENGLISH 日本語 한국어 Français\n正常对比度 高对比度 大字幕 读屏专用 退出服务"),
    "insurance advert between paragraphs": between(
        "【推广】百万医疗险首月1元起，最高可赔600万，三十天内可全额退保，马上测算你的保费：http://bx.example.com/a"
    ),
    "magazine subscription": tail(
        "邮发代号：12-345\n国内统一刊号：CN 12-3456/D\n定价：15.00元\n全国各地邮局均可订阅\n编辑部电话：0571-87000000"
    ),
    "reward and copyright card": tail(
        "如果觉得我的文章对你有用，请随意赞赏\n赞赏支持\n更多精彩内容，就在某某APP\n© 著作权归作者所有\n人面猴\n"
        "序言：七十年代末，一起离奇案件震动了小城。"
    ),
    "crawler tags": tail(
        "Tags：社区 停车 治理\n上一条：没有了\n下一条：没有了\nPowered by SomeCMS 5.7\nProcessed in 0.0123 second(s), 5 queries"
    ),
    "train tickets page": around(
        "火车票 机票 酒店 汽车票 门票 租车 攻略", "热门线路\n杭州到上海高铁时刻表\n北京到天津火车票\n酒店预订优惠\n客服 7×24 小时在线"
    ),
}


def clean_texts() -> Iterator[tuple[str, str]]:
    """The samples as the pipeline reads them, until repair changes nothing more."""
    for path in sorted([*(SAMPLES / "reports").iterdir(), *(SAMPLES / "submissions").iterdir()]):
        if path.suffix in MEDIA:
            raws = [RawReport(path.name, path.read_bytes(), MEDIA[path.suffix], path.name)]
        elif path.suffix == ".jsonl":
            rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            raws = [RawReport(f"{path.name}#{n}", json.dumps(json.loads(row)).encode(), "json", path.name) for n, row in enumerate(rows)]
        else:
            continue
        for raw in raws:
            text = repair(read(raw))[0].text
            text = repair(Draft.of(text))[0].text
            if len(text) >= LEAST:
                yield raw.source, text


def measured(kinds: dict[str, Callable[[str], str]], texts: list[str]) -> Iterator[tuple[str, float, float]]:
    """(kind, share removed, share harmed), by characters over all texts."""
    for kind, damage in kinds.items():
        removed = damaged = harmed = whole = 0
        for text in texts:
            bad = damage(text)
            got = repair(Draft.of(bad))[0].text
            own, left = Counter(text.split("\n")), Counter(got.split("\n"))
            added = len(bad) - len(text)
            lost = sum(len(line) * number for line, number in (own - left).items())
            extra = sum(len(line) * number for line, number in (left - own).items())
            both = min(lost, extra)  # a line that was cut or has something glued to it is in both
            damaged += added
            harmed += lost - both
            removed += max(0, added - (extra - both))
            whole += len(text)
        yield kind, removed / damaged, harmed / whole


def main() -> None:
    texts = [text for _, text in clean_texts()]
    print(f"{len(texts)} texts, {sum(map(len, texts))} characters\n\n| kind | removed | harmed |\n|---|---|---|")
    for name, kinds in (("first", FIRST), ("later", LATER), ("unseen", UNSEEN)):
        rows = list(measured(kinds, texts))
        for kind, removed, harmed in rows:
            print(f"| {kind} | {removed:.1%} | {harmed:.2%} |")
        if rows:
            gone, lost = sum(row[1] for row in rows) / len(rows), sum(row[2] for row in rows) / len(rows)
            print(f"| mean of the {name} kinds | {gone:.1%} | {lost:.2%} |")


if __name__ == "__main__":
    main()
