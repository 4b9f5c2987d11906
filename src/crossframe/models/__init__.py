"""The shipped models: weights as safetensors, a card each; which belong together, and the list of them."""
