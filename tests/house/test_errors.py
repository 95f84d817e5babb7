"""Every error raised on purpose speaks both languages."""

import ast

from geoname import errors

NAMES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.GeonameError)
}


def test_every_error_says_it_in_chinese_too(house):
    silent = [
        f"{path}:{node.lineno}"
        for path in house.package
        if path.name != "errors.py"
        for node in house.nodes(path, ast.Call)
        if isinstance(node.func, ast.Name)
        and node.func.id in NAMES
        and not any(keyword.arg == "zh" for keyword in node.keywords)
    ]
    assert silent == [], "raised without zh="
