"""What an incremental build makes is what a full refresh makes, cell by cell."""
