"""What keeps personal data where it belongs: contact details, keys of persons, forgetting one."""
