"""A file becomes a Reading with sections, cases and facts."""
