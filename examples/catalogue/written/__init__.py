"""Written questions about the catalogue, in a vocabulary that is not that of its titles."""
