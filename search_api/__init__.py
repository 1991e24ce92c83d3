"""Top floor: everything a person or a program calls."""
