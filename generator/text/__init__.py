"""What a language is: French numbers, dates, typography; links and numbers of a prose."""
