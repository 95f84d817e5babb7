"""Schema versions (库结构版本): one file each below `versions`, run from the program."""
