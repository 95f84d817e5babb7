"""The database in PostgreSQL with PostGIS (空间数据库): connection, geometry encoding, checks, backup."""
