"""The reference peer: the other end of the exchange folder, for demonstrations and tests. Its own process, no database."""
