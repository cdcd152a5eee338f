"""The whole graph of models on generated histories: properties, and the independent reference."""
