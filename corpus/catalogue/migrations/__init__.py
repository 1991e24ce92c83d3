"""Alembic migrations of the catalogue; `corpus.catalogue.versions` runs them."""
