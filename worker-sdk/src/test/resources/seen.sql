CREATE TABLE IF NOT EXISTS seen (job text, seq int);
