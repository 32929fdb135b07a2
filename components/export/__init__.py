"""`python -m components.export [COMMAND]`: what leaves the dashboard as files, offline. One file for each command."""
