"""How Alembic reaches the database: the portal's own address, and the entities' metadata."""

from alembic import context
from sqlalchemy import create_engine, pool

from models import metadata
from portail_app.database import database_url, sqlalchemy_url


def run_migrations() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or database_url()
    engine = create_engine(sqlalchemy_url(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
