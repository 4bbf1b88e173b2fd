"""What somebody has (a data package, CSV files, a spreadsheet, YAML, JSON or Markdown) → contracts and content. Names and values are
kept as they are; what is decided, left alone or refused is told and counted.
"""
