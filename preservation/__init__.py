"""保全审查、保全实施、委托事项: its records come with its own issue; until then the plain forms of cases."""
