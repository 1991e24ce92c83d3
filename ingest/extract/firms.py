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
