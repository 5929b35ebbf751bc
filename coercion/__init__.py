"""强制事务: its records come with its own issue; until then its duties are done by the plain forms of cases."""
