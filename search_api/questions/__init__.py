"""Questions to the collection as a whole, answered over the graph and, for what the graph does not hold (results, dates), the readings.

Each answers with counts and cited sentences; nothing is composed, and what no sentence tells is left empty (文中未记载).
"""
