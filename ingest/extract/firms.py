"""Where the names of firms begin: with the place they are registered at, across what stands in brackets (某某（集团）有限公司)."""

from __future__ import annotations

import re

from ingest.extract.chains import Places
from ingest.extract.scene import Scene
from ingest.extract.units import Unit

_BRACKET = re.compile("(?<=[\u4e00-\u9fff])[（(](?:集团|控股|[\u4e00-\u9fff]{2,4})[）)]$")
_FIRM = re.compile("(?:股份)?(?:有限)?(?:责任)?公司|事务所|服务社|服务中心|发展中心|基金会|协会|研究院|促进会|集团|银行")
_NO_PART = re.compile("[的了在由和与及等对把被将请向]|委托|邀请|聘请|引进|引入|联合")


def bracket(text: str, position: int, head: int) -> int | None:
    """Where a bracket inside the name of a firm begins that ends at `position`, the name's suffix standing at `head`."""
    found = _BRACKET.search(text, max(0, position - 8), position) if _FIRM.match(text, head) else None
    return None if found is None else found.start()


def registered(scene: Scene, places: Places, position: int, head: int) -> tuple[int, Unit | None]:
    """The name of a firm begins with the place it is registered at, whatever the segmenter made of the rest (成都|知衡|评估事务所)."""
    if _FIRM.match(scene.text, head) is not None:
        for size in range(1, 7):
            unit = places.at(position - size)
            if unit is not None:
                between = scene.text[position - size : position]
                if unit.order <= 3 and all("\u4e00" <= character <= "\u9fff" for character in between) and not _NO_PART.search(between):
                    return unit.first, unit
                break
    return position, None


_LED = re.compile(
    "[与由经](?=[\u4e00-\u9fff]{4})|"
    "(?:[\u4e00-\u9fff]{0,2}(?:承建|承租|承包|施工|建设|运营|合作|中标|投资|出租|管理|维保|供货|供应|加梯)(?:方|商|企业|单位|公司)|"
    "开发商|服务商|(?:前期|原|新|老)物业|(?:监理|设计|产权|责任)单位)[为是]?(?=[\u4e00-\u9fff]{4})"
)
_HIRED = re.compile(
    "(?:请来|请到|引入|引进|引来|聘请|选聘|续聘|换成|更换为|委托|前期物业|新物业|原物业|老物业|由|与)了?(?P<brand>[\u4e00-\u9fff]{2,3})$"
)
_LONGER = re.compile("服务|管理|有限|公司|企业|费|用房|合同|协会|小区")
_ANY = re.compile(
    "[的了过些家个多各该本我新老旧原前准]|专业|优质|红色|信托|国有|国企|品牌|市场|社会|小区|社区|街道|专门|临时|现代|智慧|第三方|属地|知名|"
    "大型|正规|应急|兜底|托底|公益|睦邻|先进|智能|城市|片区|集体|村级|自治|联合|区域|政府|企业|居民|业主|物业|前期|后期|一级|酬金|包干"
)


def named_from(text: str, start: int, head: int, end: int) -> int:
    """Where the name of a firm that seems to begin at `start` does so: behind the word for its role or what leads to it
    (承建方|阳光电梯工程有限公司, 由|远航物业服务有限公司)."""
    if not text.endswith(("公司", "事务所", "集团"), 0, end):
        return start
    led = _LED.match(text, start, end)
    return start if led is None or led.end() > head else led.end()


def hired(text: str, head: int, end: int) -> int | None:
    """Where the brand of a firm for property begins that somebody hires by its short name (请来|瑞和|物业)."""
    found = None if _LONGER.match(text, end) else _HIRED.search(text, max(0, head - 9), head)
    return None if found is None or _ANY.search(found["brand"]) else found.start("brand")
