"""Tag libraries for templates; `look` is the only one."""
