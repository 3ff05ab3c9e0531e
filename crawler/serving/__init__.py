"""The long-running service: when an outlet is visited, and in which process. How a visit is made is not known here."""
