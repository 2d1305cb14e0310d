"""An app of somebody else's: events with a date, a place and a film, and a timetable.

It stands beside the product as the app of any municipality would, and no line of ``cms``
knows of it. The recipes in ``docs/contributing.md`` are taken from it, and the stories
in this folder go the whole way with it. `make test PYTEST=tests/test_example_app.py`
runs them with the settings in ``settings.py``, where the app is installed.
"""
