"""Downloads of files by signed address."""
