"""`python -m geoname.faces.cli`: the command line where the script is not installed (命令行)."""

from geoname.faces.cli.main import main

main()
