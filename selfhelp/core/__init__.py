"""The framework-free kernel: settings, time, files, texts, database."""
