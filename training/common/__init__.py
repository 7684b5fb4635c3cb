"""What every model shares: architecture, schedules, checkpoints, export, manifest."""
