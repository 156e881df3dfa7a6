"""Training, fine-tuning and export of models; needs the `train` extra (torch)."""
