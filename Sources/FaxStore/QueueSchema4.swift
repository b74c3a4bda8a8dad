/// Who said when a job is due: a person or a window, by the clock on the wall, or the queue itself, which counts a pause.
///
/// Only the latter moves along when the clock is set. What waits from before was named when it is later than its
/// submission and no attempt was made yet.
let queueSchema4 = """
    ALTER TABLE job ADD COLUMN due_named INTEGER NOT NULL DEFAULT 0 CHECK (due_named IN (0, 1));
    UPDATE job SET due_named = 1 WHERE finished_at IS NULL AND due_at > submitted_at
        AND NOT EXISTS (SELECT 1 FROM attempt WHERE job_id = job.id);
    """
