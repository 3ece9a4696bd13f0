"""The HTTP surface: the app factory, its routes and the pages people read."""
