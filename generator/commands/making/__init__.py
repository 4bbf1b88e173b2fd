"""The long work behind commands, imported only when one of them runs: the whole way to the site, and serving it."""
