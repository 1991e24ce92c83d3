"""Being written by the second extraction helper (see __init__)."""
