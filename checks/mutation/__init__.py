"""The mutation lane: a branch of a definition is replaced, and a unit test must notice."""
