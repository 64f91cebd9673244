"""`hedge check`: rules for prose, the settings that choose them, and the formats that report what they find."""
