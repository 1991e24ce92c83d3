"""What damaged a text is undone: one module a step, each giving edits over the draft it was given, so that offset maps compose."""
