"""People: who somebody is, their names and phones with the rules for calling them safely."""
