"""Text → value: what a column may hold, what a text was meant to be, what no cell may say."""
