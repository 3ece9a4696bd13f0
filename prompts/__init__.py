"""What is said: fixed wording, its loader, and the fitted calibration."""
