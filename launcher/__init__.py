"""Starts the portal: packages, embedded servers, web, worker, scheduler.

Standard library only: it runs before the packages are there.

__main__, commands/   one module a subcommand
packages              the virtual environment
state, holder         the state folder, and who holds it
identity, children    whose processes, and how they end
postgres, valkey      the two embedded servers
services              both of them, for the time of a `with`
portal                web, worker and scheduler, for the time of a `with`
"""
