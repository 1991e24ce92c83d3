"""From letters and boxes on pages to lines, columns, paragraphs and tables, for pdf files and scans alike."""
