"""Simulated raw data of a subscription company, with planted causes of churn."""
