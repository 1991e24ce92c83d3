"""Archives: what is in them, unpacked within limits."""
