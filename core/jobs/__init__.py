"""Long work in the background: a row that a worker takes, says its progress on, and brings to an end.

    jobs.register(jobs.JobKind(code="core.export", label=_("Export"), run=fn))       # in an app's `ready()`
    job = jobs.start(kind="core.export", params={...}, author=user, now=now, once_key="...")
    return redirect(job)                                                             # its page, with the progress bar

`fn(run: JobRun)` reads `run.params`, calls `run.progress(done, total, message)` now and then (that is also its sign of
life, and where it stops when its author asks for it), writes at most one file by `run.result(name, content_type)`.
A worker that dies is found by its silence and the job is run once more from the beginning of `fn`: what was done must
be recognised, by the rows themselves or by `run.done`. After a second death the job has failed.
"""

from core.jobs.acts import cancel, resume, start
from core.jobs.kinds import JobKind, Lane, register
from core.jobs.runs import JobCancelled, JobRun
from core.models import Job

__all__ = ["Job", "JobCancelled", "JobKind", "JobRun", "Lane", "cancel", "register", "resume", "start"]
