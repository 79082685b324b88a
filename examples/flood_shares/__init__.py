"""A flood in a city of eleven divisions: who and what there is, what happens, and the checks at the end."""
