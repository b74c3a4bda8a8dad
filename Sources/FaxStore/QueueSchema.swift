/// Documents, jobs, attempts and a job's history. Times are milliseconds since 1970; states as in FaxModel, repeated
/// here so that no writer can leave a row that the program can't read.
let queueSchema1 = """
    CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        pages INTEGER NOT NULL CHECK (pages > 0),
        longest_call INTEGER NOT NULL CHECK (longest_call > 0),
        created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        group_id INTEGER NOT NULL,
        document_id INTEGER NOT NULL REFERENCES document (id),
        owner TEXT NOT NULL,
        number TEXT NOT NULL CHECK (number <> ''),
        request TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'calling', 'sending', 'waiting',
            'delivered', 'partial', 'failed', 'cancelled', 'expired', 'unknown')),
        cause TEXT,
        detail TEXT NOT NULL DEFAULT '',
        dials INTEGER NOT NULL DEFAULT 0 CHECK (dials >= 0),
        tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
        local_failures INTEGER NOT NULL DEFAULT 0 CHECK (local_failures >= 0),
        pages_done INTEGER NOT NULL DEFAULT 0 CHECK (pages_done >= 0),
        cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
        submitted_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        deadline_at INTEGER NOT NULL,
        finished_at INTEGER,
        CHECK ((finished_at IS NULL) = (state IN ('queued', 'calling', 'sending', 'waiting')))
    ) STRICT;
    CREATE INDEX job_due ON job (due_at, id) WHERE state IN ('queued', 'waiting');
    CREATE INDEX job_document ON job (document_id);

    CREATE TABLE attempt (
        id TEXT PRIMARY KEY,
        job_id INTEGER NOT NULL REFERENCES job (id),
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        state TEXT NOT NULL CHECK (state IN ('claimed', 'published', 'started', 'settled')),
        first_page INTEGER NOT NULL CHECK (first_page >= 0),
        pages INTEGER NOT NULL CHECK (pages > 0),
        claimed_at INTEGER NOT NULL,
        published_at INTEGER,
        started_at INTEGER,
        settled_at INTEGER,
        longest_call INTEGER NOT NULL CHECK (longest_call > 0),
        cause TEXT,
        detail TEXT NOT NULL DEFAULT '',
        pages_confirmed INTEGER NOT NULL DEFAULT 0,
        rate INTEGER,
        mode TEXT,
        remote_station_id TEXT,
        hangup_cause INTEGER,
        tech_cause TEXT,
        line_seconds REAL,
        UNIQUE (job_id, sequence),
        CHECK ((settled_at IS NULL) = (state <> 'settled'))
    ) STRICT;
    -- Nothing is sent twice: a job has one attempt under way at most.
    CREATE UNIQUE INDEX attempt_open ON attempt (job_id) WHERE state <> 'settled';

    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        job_id INTEGER NOT NULL REFERENCES job (id),
        at INTEGER NOT NULL,
        state TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_job ON event (job_id, id);
    """
