/// Probes: faxes that the server sends by itself. `job.probe` keeps them out of what users see and count.
///
/// A notice may be about a run of a probe as well, and then names whom it goes to.
let probeSchema6 = """
    ALTER TABLE job ADD COLUMN probe TEXT;
    CREATE INDEX job_probe ON job (state, held) WHERE probe IS NOT NULL;

    -- How far the schedule was looked at, and what people know.
    CREATE TABLE probe (
        name TEXT PRIMARY KEY,
        schedule TEXT NOT NULL,
        looked_until INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
        alarmed INTEGER NOT NULL DEFAULT 0 CHECK (alarmed IN (0, 1))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE probe_run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        probe TEXT NOT NULL,
        mark TEXT UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('calling', 'looking', 'passed', 'failed', 'missed')),
        count INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),
        scheduled_at INTEGER,
        begun_at INTEGER NOT NULL,
        called_at INTEGER,
        ended_at INTEGER,
        job_id INTEGER,
        cause TEXT,
        detail TEXT NOT NULL DEFAULT '',
        figures TEXT NOT NULL DEFAULT '{}',
        CHECK ((ended_at IS NULL) = (state IN ('calling', 'looking')))
    ) STRICT;
    CREATE INDEX probe_run_begun ON probe_run (begun_at);
    CREATE INDEX probe_run_probe ON probe_run (probe, begun_at);
    CREATE INDEX probe_run_open ON probe_run (id) WHERE ended_at IS NULL;

    CREATE TABLE new_notice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id INTEGER REFERENCES job (id),
        probe_run_id INTEGER REFERENCES probe_run (id),
        recipient TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('done', 'failed', 'requeued', 'group', 'probe-alarm', 'probe-over')),
        at INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'given-up')),
        tries INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL,
        error TEXT NOT NULL DEFAULT '',
        CHECK ((job_id IS NULL) <> (probe_run_id IS NULL)),
        CHECK ((recipient IS NULL) = (probe_run_id IS NULL))
    ) STRICT;
    INSERT INTO new_notice (id, job_id, kind, at, state, tries, next_at, error)
        SELECT id, job_id, kind, at, state, tries, next_at, error FROM notice;
    DROP TABLE notice;
    ALTER TABLE new_notice RENAME TO notice;
    CREATE INDEX notice_due ON notice (next_at) WHERE state = 'queued';
    CREATE INDEX notice_job ON notice (job_id) WHERE job_id IS NOT NULL;
    CREATE INDEX notice_probe_run ON notice (probe_run_id) WHERE probe_run_id IS NOT NULL;
    """
