"""Which reports have text in common: exact copies, near copies, reprints, later versions, parts, shared passages; and their groups.

Everything is computed from readings and what people said, follows the change feed, and can be thrown away and made again.
"""

from graph.duplicates.kinds import GROUPING, KINDS
from graph.duplicates.letters import Letters
from graph.duplicates.update import rebuild_duplicates, update_duplicates

__all__ = ["GROUPING", "KINDS", "Letters", "rebuild_duplicates", "update_duplicates"]
