"""初次接待: the counter of the filing day: who came, what was checked, who did not come, and the day's book."""
