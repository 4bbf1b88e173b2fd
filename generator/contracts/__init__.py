"""The one declaration: packages, tables, columns, types, keys, rules, pages, and the settings of the site."""
