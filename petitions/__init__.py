"""信访和党建: its records come with its own issue; until then its duties are done by the plain forms of cases."""
