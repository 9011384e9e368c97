"""The window: what a caseworker sees, types and clicks. The only room that knows Qt."""
