"""Finished pages made public: engine, search, policy, links, publication."""
