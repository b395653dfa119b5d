"""The conversation with one browser tab."""
