"""Read what the files of word processors are made of: zipped XML, styles, numbered lists, tables."""
