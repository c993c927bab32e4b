CREATE SCHEMA IF NOT EXISTS ledger;

-- What delivery needs to know of a job, from job.status.
CREATE TABLE IF NOT EXISTS ledger.job (
  job_id text PRIMARY KEY,
  owner_id text NOT NULL,
  run integer NOT NULL,
  state text NOT NULL,
  release text NOT NULL,
  -- match_upto as text; null before the job is matched
  matched_upto text,
  -- true when ledger.barrier also says how far the friends' topics must be read
  friends_asked boolean NOT NULL DEFAULT false,
  -- true when this reader has passed every barrier
  complete boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS job_incomplete ON ledger.job (job_id)
  WHERE matched_upto IS NOT NULL AND NOT complete;

-- What a job that ended before all was sent leaves to do, from job.status.
ALTER TABLE ledger.job
  -- cleanup requests as last seen while the job was neither CANCELLED nor FAILED
  ADD COLUMN IF NOT EXISTS cleanups integer NOT NULL DEFAULT 0,
  -- true when it is CANCELLED or FAILED and its cleanup was asked for since
  ADD COLUMN IF NOT EXISTS given_up boolean NOT NULL DEFAULT false,
  -- ends of runs: [{"run": 0, "upto": {"<partition of match.result>": <next offset>}}]
  ADD COLUMN IF NOT EXISTS ends jsonb NOT NULL DEFAULT '[]';

-- How far each partition must have been read before the job's pairs are decided.
CREATE TABLE IF NOT EXISTS ledger.barrier (
  job_id text NOT NULL,
  topic text NOT NULL,
  kafka_partition integer NOT NULL,
  upto bigint NOT NULL,
  PRIMARY KEY (job_id, topic, kafka_partition)
);

CREATE TABLE IF NOT EXISTS ledger.consent (
  owner_id text NOT NULL,
  friend_id text NOT NULL,
  version bigint NOT NULL,
  given boolean NOT NULL,
  PRIMARY KEY (owner_id, friend_id)
);

-- Personal data. An old version stays only while a pair that is not closed needs its address.
CREATE TABLE IF NOT EXISTS ledger.contact (
  owner_id text NOT NULL,
  friend_id text NOT NULL,
  version bigint NOT NULL,
  channel text NOT NULL,
  address text,
  PRIMARY KEY (owner_id, friend_id, version)
);

-- One row for every photo and friend, and the outbox of delivery.done: seq is the newest event that
-- is due, published the newest that was written, -1 is none.
CREATE TABLE IF NOT EXISTS ledger.pair (
  job_id text NOT NULL,
  photo_id text NOT NULL,
  friend_id text NOT NULL,
  owner_id text NOT NULL,
  run integer NOT NULL,
  state text NOT NULL,
  cause text,
  code text,
  message text,
  channel text,
  contact_version bigint,
  bucket text NOT NULL,
  object_key text NOT NULL,
  etag text,
  length bigint,
  filename text,
  media_type text NOT NULL,
  position integer NOT NULL,
  score real NOT NULL,
  alone boolean NOT NULL DEFAULT false,
  -- the request that has it or had it last
  attempt text,
  attempts integer NOT NULL DEFAULT 0,
  slot integer,
  process text,
  message_id text,
  from_partition integer NOT NULL,
  from_offset bigint NOT NULL,
  seq integer NOT NULL DEFAULT -1,
  published integer NOT NULL DEFAULT -1,
  planned_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (job_id, photo_id, friend_id)
);
-- 0, or the re-match that found it: those are not bound to the ends of runs
ALTER TABLE ledger.pair ADD COLUMN IF NOT EXISTS rematch bigint NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS pair_open ON ledger.pair (state, channel, job_id, friend_id)
  WHERE state IN ('PLANNED', 'HELD', 'RELEASED', 'SENDING');
CREATE INDEX IF NOT EXISTS pair_attempt ON ledger.pair (attempt) WHERE state = 'SENDING';
CREATE INDEX IF NOT EXISTS pair_due ON ledger.pair (changed_at) WHERE seq > published;
CREATE INDEX IF NOT EXISTS pair_friend ON ledger.pair (owner_id, friend_id)
  WHERE state IN ('PLANNED', 'HELD', 'RELEASED', 'SENDING');
