"""What the program says about itself when somebody asks."""
