"""Kinds of number: each module here defines the names of `genbounds.generic` for one of them."""
