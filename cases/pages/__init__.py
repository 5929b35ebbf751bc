"""What the templates show, computed here as plain strings and dicts: no queries and no rules in templates."""
