"""The pages of the site: one file per generic kind. Each gathers what its template needs; nothing is computed later."""
