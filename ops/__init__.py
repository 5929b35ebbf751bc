"""What runs the program: the embedded database and broker, the supervisor, the assets, the bench. No Django app."""
