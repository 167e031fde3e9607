"""Draws the demo's pictures and emblem, and writes them as `portal/demo/pictures` keeps them. See __main__.py."""
