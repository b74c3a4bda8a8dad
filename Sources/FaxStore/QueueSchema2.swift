/// What fair claiming, shared calls, several trunks and a large history need.
///
/// `rank` orders what waits: the moment from which it counts as waiting plus, for each step of priority, the seconds that
/// waiting makes up for one. It never changes with time, so an index keeps the order and nothing starves.
let queueSchema2 = """
    ALTER TABLE job RENAME COLUMN local_failures TO repeats;
    ALTER TABLE job ADD COLUMN idle_tries INTEGER NOT NULL DEFAULT 0 CHECK (idle_tries >= 0);
    ALTER TABLE job ADD COLUMN page_failures INTEGER NOT NULL DEFAULT 0 CHECK (page_failures >= 0);
    ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 127 CHECK (priority BETWEEN 0 AND 255);
    ALTER TABLE job ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE job ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
    ALTER TABLE job ADD COLUMN mode TEXT;
    ALTER TABLE job ADD COLUMN failed_trunks TEXT NOT NULL DEFAULT '';
    ALTER TABLE job ADD COLUMN max_dials INTEGER;
    ALTER TABLE job ADD COLUMN max_tries INTEGER;
    ALTER TABLE job ADD COLUMN tag TEXT;
    ALTER TABLE job ADD COLUMN cover_id INTEGER REFERENCES document (id);
    UPDATE job SET rank = due_at + priority * 30000, tag = json_extract(request, '$.tag');

    ALTER TABLE attempt ADD COLUMN trunk TEXT;
    ALTER TABLE attempt ADD COLUMN asked TEXT;
    ALTER TABLE attempt ADD COLUMN carrier TEXT REFERENCES attempt (id);
    ALTER TABLE attempt ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

    -- What is known about a number: when the next call may go there, and what it took last time.
    CREATE TABLE destination (
        number TEXT PRIMARY KEY,
        free_at INTEGER NOT NULL,
        memory TEXT
    ) STRICT, WITHOUT ROWID;

    -- What was accepted under which key, so that whoever asks again after a broken connection gets the same jobs.
    CREATE TABLE submission (
        key TEXT PRIMARY KEY,
        first_job INTEGER NOT NULL,
        jobs INTEGER NOT NULL CHECK (jobs > 0),
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Small facts about the queue itself, by name.
    CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    DROP INDEX job_due;
    CREATE INDEX job_rank ON job (rank, id, due_at, number) WHERE state IN ('queued', 'waiting') AND held = 0;
    CREATE INDEX job_due ON job (due_at) WHERE state IN ('queued', 'waiting') AND held = 0;
    CREATE INDEX job_deadline ON job (deadline_at) WHERE state IN ('queued', 'waiting');
    CREATE INDEX job_unfinished ON job (id) WHERE finished_at IS NULL;
    CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
    CREATE INDEX job_number ON job (number, id);
    CREATE INDEX job_owner ON job (owner, id);
    CREATE INDEX job_state ON job (state, id);
    CREATE INDEX job_tag ON job (tag, id) WHERE tag IS NOT NULL;
    CREATE INDEX job_cover ON job (cover_id) WHERE cover_id IS NOT NULL;
    CREATE INDEX attempt_under_way ON attempt (claimed_at, id) WHERE state <> 'settled';
    CREATE INDEX attempt_carrier ON attempt (carrier) WHERE carrier IS NOT NULL;
    CREATE INDEX attempt_unknown ON attempt (settled_at) WHERE cause = 'outcome.unknown';
    CREATE INDEX attempt_settled ON attempt (settled_at) WHERE settled_at IS NOT NULL;
    """
