"""One module a subcommand: SUMMARY, a line for `./portal help`, and run(args), which returns the exit code."""

NAMES = ("up", "test", "check", "drill", "bench", "features", "manage", "help")
