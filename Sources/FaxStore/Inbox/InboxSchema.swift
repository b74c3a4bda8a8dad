/// Received faxes and the messages about them. Times are milliseconds since 1970; texts of the far end are kept without
/// their control characters. States as in `InboxReceiptState` and `InboxMailState`.
let inboxSchema1 = """
    CREATE TABLE receipt (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        -- Asterisk's UNIQUEID; with the call's end behind it where Asterisk gave the same one a second time.
        uniqueid TEXT NOT NULL UNIQUE CHECK (uniqueid <> ''),
        call TEXT NOT NULL CHECK (call <> ''),
        origin TEXT NOT NULL CHECK (origin IN ('report', 'salvage')),
        state TEXT NOT NULL CHECK (state IN ('reported', 'archived', 'empty')),
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
        -- Where it goes below the archive, without its ending: fixed when the receipt is journalled, so that a pass
        -- which is killed half-way finds its own files again.
        archive_name TEXT NOT NULL CHECK (archive_name <> ''),
        tiff TEXT,
        pdf TEXT,
        -- Pages of the TIFF that the PDF lacks.
        missing INTEGER NOT NULL DEFAULT 0 CHECK (missing >= 0),
        CHECK ((state = 'reported') = (settled_at IS NULL)),
        CHECK ((state = 'reported') = (complete IS NULL)),
        CHECK (state <> 'archived' OR tiff IS NOT NULL),
        CHECK (state <> 'reported' OR (tiff IS NULL AND pdf IS NULL)),
        CHECK (complete IS NOT 1 OR reason = '')
    ) STRICT;
    CREATE INDEX receipt_reported ON receipt (number) WHERE state = 'reported';
    CREATE INDEX receipt_call ON receipt (call);

    CREATE TABLE mail (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uniqueid TEXT NOT NULL REFERENCES receipt (uniqueid),
        kind TEXT NOT NULL CHECK (kind IN ('fax', 'notice', 'undelivered')),
        recipient TEXT NOT NULL CHECK (recipient <> ''),
        -- The message whose failure this one tells of.
        about INTEGER UNIQUE REFERENCES mail (id),
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
        tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
        created_at INTEGER NOT NULL,
        next_at INTEGER NOT NULL,
        last_error TEXT,
        sent_at INTEGER,
        CHECK ((kind = 'undelivered') = (about IS NOT NULL)),
        CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
        CHECK (state <> 'failed' OR last_error IS NOT NULL)
    ) STRICT;
    CREATE INDEX mail_due ON mail (next_at, id) WHERE state = 'queued';
    -- One message of a kind for each recipient of a fax, however often a pass is killed and repeated.
    CREATE UNIQUE INDEX mail_once ON mail (uniqueid, kind, recipient) WHERE about IS NULL;
    CREATE INDEX mail_receipt ON mail (uniqueid, id);
    """
