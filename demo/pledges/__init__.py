"""The demo's pledges: their texts, and the loaders that drive them through the gate."""
