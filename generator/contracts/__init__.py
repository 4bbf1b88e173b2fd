"""The one declaration: packages, tables, columns, keys, rules, pages, and the settings of the site."""
