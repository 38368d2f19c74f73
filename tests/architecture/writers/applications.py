"""Applications and the files that come with them."""

PARTS = {"files.keep_file": "whatever names the file"}
