"""What users see of a comparison: its tables, figures, summary and page."""
