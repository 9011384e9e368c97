"""kzcase: an encrypted casebook for people who help trafficking victims, stateless people and migrant children."""

__version__ = "0.1.0"
