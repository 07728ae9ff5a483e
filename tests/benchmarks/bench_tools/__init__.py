"""What run.py is made of: the cases, alternating measurement, bars, tables."""
