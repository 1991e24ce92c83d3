"""Pages: templates, styles and what fetches their scripts."""
