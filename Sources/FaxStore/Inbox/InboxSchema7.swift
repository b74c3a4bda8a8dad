/// When messages and errands were first due, which quiet hours can put off for days: patience counts from there. And how
/// often a server was given a message and did not answer.
let inboxSchema7 = """
    ALTER TABLE mail ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE mail ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0 CHECK (unanswered >= 0);
    ALTER TABLE errand ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
    UPDATE mail SET due_at = CASE tries WHEN 0 THEN next_at ELSE created_at END;
    UPDATE errand SET due_at = CASE tries WHEN 0 THEN next_at ELSE created_at END;
    """
