"""From a query to an order: terms, channels, fusion, and what is said about each hit. The same over every index engine."""
