"""Put questions together into answers, as plain values with their sources."""
