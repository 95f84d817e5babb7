"""The database in one GeoPackage file (地理包): connection, geometry encoding, metadata, backup."""
