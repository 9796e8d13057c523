"""Learn from job interviews: write them down, and see honestly what lines up with callbacks."""
