"""One reader per format; each turns a file's bytes into text and blocks."""
