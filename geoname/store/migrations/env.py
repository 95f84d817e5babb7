"""What Alembic executes: the migrations over the connection that the program hands in (迁移)."""

from __future__ import annotations

from alembic import context

from geoname.store.schema import METADATA, VERSION_TABLE

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    # A schema further down PostgreSQL's search path may hold another database of geoname.
    version_table_schema=connection.dialect.default_schema_name,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
