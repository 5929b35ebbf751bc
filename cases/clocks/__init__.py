"""Table 3 in its parts: `shape` says what a line is, the other files hold the lines, by the work they belong to."""
