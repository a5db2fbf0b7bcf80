"""The portal as `up` starts it, seen through a real browser: journeys of people, and every page once."""
