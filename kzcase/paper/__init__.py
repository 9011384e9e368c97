"""Paper: letters, forms, sheets and tables; frozen rows, words and a language go in, bytes come out."""
