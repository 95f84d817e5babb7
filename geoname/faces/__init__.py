"""HTTP API, web page and command line: parse, call one service function, render."""
