"""The Qt face over the actions."""
