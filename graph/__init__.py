"""Facts become entities, nodes and edges."""
