"""The demo municipality: invented people and numbers, driven through the real actions."""
