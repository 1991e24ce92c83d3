"""Alembic's environment: runs the migrations on the connection, and in the transaction, that `corpus.catalogue.versions` hands over."""

from alembic import context

from corpus.catalogue.schema import metadata
from corpus.catalogue.versions import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
