"""One file a kind of fact."""
# Being written by a second person right now (do not write these, import their find functions in the engine): issues.py, contexts.py,
# policies.py, awards.py, outcomes.py, steps.py, positions.py: each `find(scene: Scene) -> list[Finding]`.
# The first person writes: quotes, methods/platforms/programmes, relations, and the engine with `extract`.
