"""Starting the dashboard: on a fresh machine, and for more readers than one process serves. Standard library alone."""
