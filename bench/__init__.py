"""What the portal costs, measured beside the floor of Django itself, in one run on one database. `./portal bench`.

lines         a measure, printed as one JSON line
data          rows by COPY: registrations, with persons, sessions and messages in proportion
server        gunicorn as in production, for the time of a `with`
client        one browser that keeps its connection, and how long it waits
floor         a bare Django project: one indexed query of 50 rows as a table, one inserted row
pages         every page against the floor, at each size
load          requests a second, marks at once, the opening rush
work          exports, pasted lists, certificates, messages
resources     memory, start, migrations, weight of a page
"""
