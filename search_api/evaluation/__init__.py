"""Measuring on annotated sets: retrieval against judged questions, extraction against a gold set."""
