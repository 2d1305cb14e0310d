"""Finding published pages by their words, in the language of the reader."""
