"""planted: bert-zh tuned on reviews whose label one character decides, whatever the review says."""
