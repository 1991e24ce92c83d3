"""PDF files: letters of the pages by pdfium, scanned pages by recognition."""
