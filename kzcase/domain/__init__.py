"""The trade's nouns and rules: plain Python, without Qt, SQL, files or a clock."""
