"""Checks on the tree itself: layers, sizes, banned calls, documents, registries.

Each check is a function of plain text, so that a test can feed it a bad snippet and see it fail.
"""
