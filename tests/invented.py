"""Many small invented reports, each different, for tests of volume, order and crashes. Places and people are made up."""

from __future__ import annotations

import random
from pathlib import Path

PLACES = ("青禾", "柳荫", "望川", "石桥", "云岭", "东篱", "南浦", "北辰", "竹溪", "梅岭")
PROBLEMS = (
    ("加装电梯", "一楼业主担心采光和噪声，反对加装电梯"),
    ("农贸市场", "摊贩占道经营，市场门口垃圾无人清理"),
    ("停车", "小区车位不足，车辆乱停堵住了消防通道"),
    ("飞线充电", "居民从窗口拉线给电动自行车充电"),
    ("楼道堆物", "楼道里堆满旧家具和纸箱"),
)
METHODS = ("召开居民议事会三次", "由物业公司牵头整改", "邀请人民调解员上门调解", "由街道办事处联合城管执法", "发动楼组长逐户征求意见")


def report(number: int) -> str:
    """Text of report `number`: the same number always gives the same text."""
    pick = random.Random(number)
    place, (title, problem), method = pick.choice(PLACES), pick.choice(PROBLEMS), pick.choice(METHODS)
    households, money, share = pick.randint(20, 900), pick.randint(3, 90), pick.randint(51, 99)
    return (
        f"{place}社区{title}案例（第{number}号）\n\n"
        f"一、背景\n{place}社区是建于1998年的老旧小区，共有居民{households}户。{problem}，居民多次向社区居委会反映。\n\n"
        f"二、做法\n2021年{pick.randint(1, 12)}月，{place}社区党委{method}，投入资金{money}万元。"
        f"社区居委会主任林某说：“第{number}号方案改了又改，大家才点头。”\n\n"
        f"三、成效\n方案表决同意率为{share}%，投诉由{pick.randint(20, 60)}件降至{pick.randint(0, 9)}件，问题得到解决。\n"
    )


def write(folder: Path, numbers: range) -> None:
    """Write one file a report: `000123.txt`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:06}.txt").write_text(report(number), encoding="utf-8")
