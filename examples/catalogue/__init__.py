"""A sample catalogue made from a seed: product records, pictures rendered with Blender, and questions about them."""
