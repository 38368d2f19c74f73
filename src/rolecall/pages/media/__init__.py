"""Pictures for everybody: avatars and header images, as career sites show them."""
