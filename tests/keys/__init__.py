"""Tests of the keys room: real Argon2id at a cost only tests may use, real files."""
