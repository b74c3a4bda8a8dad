/// Messages to the owners of jobs, written with the change that they tell of.
let noticeSchema3 = """
    CREATE TABLE notice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id INTEGER NOT NULL REFERENCES job (id),
        kind TEXT NOT NULL CHECK (kind IN ('done', 'failed', 'requeued', 'group')),
        at INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'given-up')),
        tries INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL,
        error TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX notice_due ON notice (next_at) WHERE state = 'queued';
    CREATE INDEX notice_job ON notice (job_id);
    CREATE INDEX job_group_open ON job (group_id) WHERE finished_at IS NULL;
    CREATE INDEX job_group ON job (group_id, id);
    """
