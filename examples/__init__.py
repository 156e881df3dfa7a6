"""What Looksee can be tried on."""
