"""What a person is owed by law: a copy of everything."""
