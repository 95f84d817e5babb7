"""Tables in and out (表格): CSV, XLSX, Parquet and GeoPackage, streamed, theirs untouched, ours appended."""
