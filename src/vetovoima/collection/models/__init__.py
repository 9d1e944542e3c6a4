"""What collection stores, one module for each noun."""
