"""What the warehouse promises its readers: contracts of the marts, and how changes are judged."""
