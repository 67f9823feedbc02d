"""The tables of data/geonames that lie in columns (*.columns.zst): the names of the columns in the first line, then all values of each."""

import subprocess


def read(path):
    """The rows of a table as dictionaries. Needs zstd."""
    text = subprocess.run(["zstd", "-dcq", "--long=27", path], check=True, capture_output=True).stdout.decode()
    header, _, values = text.partition("\n")
    names, values = header.split("\t"), values.split("\n")[:-1]
    length = len(values) // len(names)
    return [dict(zip(names, values[at::length])) for at in range(length)]
