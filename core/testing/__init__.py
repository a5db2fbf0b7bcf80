"""Tools that every app's tests share; nothing here runs in the portal."""
