"""An independent check of a built site.

Parses every file below site/ and fails on whatever is not on a list. It knows the records (content/) and what was
reviewed by a person (reviewed.yml), but nothing of how pages are made, and imports nothing of generator/.
"""
