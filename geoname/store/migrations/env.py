"""What Alembic executes: the migrations over the connection that the program hands in (迁移)."""

from __future__ import annotations

from alembic import context

from geoname.store.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
