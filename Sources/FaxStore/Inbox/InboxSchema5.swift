/// The receiver in full: where a fax went and for how long it is kept, blocked calls, what was read, who looked, and what is
/// still to be done besides mail. Times are milliseconds since 1970.
///
/// The table of receipts is made anew, because it takes states and origins that its checks refused.
let inboxSchema5 = """
    CREATE TABLE receipt5 (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        uniqueid TEXT NOT NULL UNIQUE CHECK (uniqueid <> ''),
        call TEXT NOT NULL CHECK (call <> ''),
        origin TEXT NOT NULL CHECK (origin IN ('report', 'salvage', 'import')),
        state TEXT NOT NULL CHECK (state IN ('reported', 'archived', 'empty', 'blocked', 'removed')),
        recorded_at INTEGER NOT NULL,
        started_at INTEGER,
        ended_at INTEGER NOT NULL,
        settled_at INTEGER,
        channel TEXT NOT NULL,
        dialled TEXT NOT NULL,
        caller_number TEXT NOT NULL,
        caller_name TEXT NOT NULL,
        account TEXT NOT NULL,
        recipients TEXT NOT NULL,
        fax_status TEXT,
        fax_error TEXT,
        fax_status_text TEXT,
        pages INTEGER CHECK (pages >= 0),
        rate INTEGER,
        resolution TEXT,
        mode TEXT,
        ecm TEXT,
        remote_station_id TEXT,
        local_station_id TEXT,
        hangup_cause INTEGER,
        complete INTEGER CHECK (complete IN (0, 1)),
        reason TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        archive_name TEXT NOT NULL CHECK (archive_name <> ''),
        tiff TEXT,
        pdf TEXT,
        missing INTEGER NOT NULL DEFAULT 0 CHECK (missing >= 0),
        -- Lines that came damaged, as the file tells.
        bad_lines INTEGER CHECK (bad_lines >= 0),
        -- The name of the route that decided.
        route TEXT NOT NULL DEFAULT '',
        -- The rule that blocked the call, or made a fax junk.
        junk TEXT NOT NULL DEFAULT '',
        seen_at INTEGER,
        seen_by TEXT,
        -- Kept whatever its route says.
        held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
        -- When its files go; NULL: never.
        keep_until INTEGER,
        CHECK ((state = 'reported') = (settled_at IS NULL)),
        CHECK ((state = 'reported') = (complete IS NULL)),
        CHECK (state <> 'archived' OR tiff IS NOT NULL),
        CHECK (state NOT IN ('reported', 'blocked', 'removed') OR (tiff IS NULL AND pdf IS NULL)),
        CHECK (complete IS NOT 1 OR reason = ''),
        CHECK (state <> 'blocked' OR junk <> ''),
        CHECK (state <> 'removed' OR held = 0),
        CHECK ((seen_at IS NULL) = (seen_by IS NULL))
    ) STRICT;
    INSERT INTO receipt5 (number, uniqueid, call, origin, state, recorded_at, started_at, ended_at, settled_at, channel,
        dialled, caller_number, caller_name, account, recipients, fax_status, fax_error, fax_status_text, pages, rate,
        resolution, mode, ecm, remote_station_id, local_station_id, hangup_cause, complete, reason, note, archive_name,
        tiff, pdf, missing)
    SELECT number, uniqueid, call, origin, state, recorded_at, started_at, ended_at, settled_at, channel,
        dialled, caller_number, caller_name, account, recipients, fax_status, fax_error, fax_status_text, pages, rate,
        resolution, mode, ecm, remote_station_id, local_station_id, hangup_cause, complete, reason, note, archive_name,
        tiff, pdf, missing FROM receipt;
    -- Numbers of receipts that were removed are never given again.
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'receipt')
        WHERE name = 'receipt5' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'receipt');
    DROP TABLE receipt;
    ALTER TABLE receipt5 RENAME TO receipt;
    CREATE INDEX receipt_reported ON receipt (number) WHERE state = 'reported';
    CREATE INDEX receipt_call ON receipt (call);
    CREATE INDEX receipt_dialled ON receipt (dialled, number);
    CREATE INDEX receipt_caller ON receipt (caller_number, number);
    CREATE INDEX receipt_ended ON receipt (ended_at);
    CREATE INDEX receipt_state ON receipt (state, number);
    CREATE INDEX receipt_unseen ON receipt (number) WHERE seen_at IS NULL AND state = 'archived';
    CREATE INDEX receipt_route ON receipt (route, number) WHERE route <> '';
    CREATE INDEX receipt_junk ON receipt (number) WHERE junk <> '';
    CREATE INDEX receipt_held ON receipt (number) WHERE held = 1;
    CREATE INDEX receipt_keep ON receipt (keep_until) WHERE keep_until IS NOT NULL AND held = 0;
    CREATE INDEX receipt_archive ON receipt (archive_name);

    -- How the message looks, fixed when it is queued: each try is the same message.
    ALTER TABLE mail ADD COLUMN style TEXT NOT NULL DEFAULT '{}';
    -- Whether quiet hours named the time, by the clock on the wall; a pause moves along when the clock is set.
    ALTER TABLE mail ADD COLUMN next_named INTEGER NOT NULL DEFAULT 0 CHECK (next_named IN (0, 1));
    -- Counts up with each time that a person has it delivered again.
    ALTER TABLE mail ADD COLUMN round INTEGER NOT NULL DEFAULT 0 CHECK (round >= 0);
    DROP INDEX mail_once;
    CREATE UNIQUE INDEX mail_once ON mail (uniqueid, kind, recipient, round) WHERE about IS NULL;

    -- What is to be done about a fax besides mail. The target is a printer, a directory or a command's words as JSON.
    CREATE TABLE errand (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uniqueid TEXT NOT NULL REFERENCES receipt (uniqueid),
        kind TEXT NOT NULL CHECK (kind IN ('print', 'folder', 'command', 'repack', 'read')),
        target TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'done', 'failed')),
        tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
        created_at INTEGER NOT NULL,
        next_at INTEGER NOT NULL,
        next_named INTEGER NOT NULL DEFAULT 0 CHECK (next_named IN (0, 1)),
        last_error TEXT,
        done_at INTEGER,
        round INTEGER NOT NULL DEFAULT 0 CHECK (round >= 0),
        CHECK ((state = 'done') = (done_at IS NOT NULL)),
        CHECK (state <> 'failed' OR last_error IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX errand_once ON errand (uniqueid, kind, target, round);
    CREATE INDEX errand_due ON errand (next_at, id) WHERE state = 'queued';
    CREATE INDEX errand_failed ON errand (created_at) WHERE state = 'failed';

    -- Who looked at what, changed it or took it away. Outlives the fax.
    CREATE TABLE look (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        person TEXT NOT NULL,
        action TEXT NOT NULL,
        uniqueid TEXT NOT NULL,
        detail TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX look_uniqueid ON look (uniqueid, id);
    CREATE INDEX look_at ON look (at);

    -- The text of pages that were read; rowid is the receipt's number.
    CREATE VIRTUAL TABLE receipt_text USING fts5 (body, tokenize = "unicode61 remove_diacritics 2");
    """
