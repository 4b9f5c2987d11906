"""The shipped models: weights as safetensors, a card each."""
