"""How fast the dashboard is, beside a bare page of the framework: `python -m tests.benchmarks`. No tests are here."""
