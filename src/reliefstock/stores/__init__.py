"""Where books are kept."""
