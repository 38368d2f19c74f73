"""The page on which a person whom an agency submits confirms that, or says no."""
