-- The read model: what queries need, derived from topics alone. Every row can be thrown away and
-- read again. Columns of one row come from several topics, in any order.
CREATE SCHEMA IF NOT EXISTS projector;

CREATE TABLE IF NOT EXISTS projector.job (
  job_id       text PRIMARY KEY,
  owner_id     text NOT NULL,
  name         text NOT NULL,
  state        text NOT NULL,
  failure      text,
  release      text NOT NULL,
  run          int NOT NULL,
  total        int,
  submitted    int NOT NULL,
  in_flight    int NOT NULL,
  photos       json NOT NULL,
  faces        int NOT NULL,
  deliveries   json NOT NULL,
  submitted_at timestamptz,
  matched_at   timestamptz,
  updated_at   timestamptz NOT NULL,
  finished_at  timestamptz,
  first_seen   timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS job_of_owner ON projector.job (owner_id, first_seen DESC);

-- queued to duplicate_of: from the task. detected: faces.detected. rematch to people: match.result.
CREATE TABLE IF NOT EXISTS projector.photo (
  owner_id        text NOT NULL,
  job_id          text NOT NULL,
  photo_id        text NOT NULL,
  queued          boolean NOT NULL DEFAULT false,
  list_position   int NOT NULL DEFAULT 0,
  filename        text,
  settled         text,
  settled_message text,
  duplicate_of    text,
  detected        int,
  rematch         bigint,
  match_faces     int,
  people          int,
  PRIMARY KEY (job_id, owner_id, photo_id)
);

-- A friend on a photo. rematch to score: from match.result; seq to channel: from delivery.done.
CREATE TABLE IF NOT EXISTS projector.pair (
  owner_id  text NOT NULL,
  job_id    text NOT NULL,
  photo_id  text NOT NULL,
  friend_id text NOT NULL,
  rematch   bigint,
  decision  text,
  score     real,
  seq       int,
  state     text,
  cause     text,
  code      text,
  message   text,
  channel   text,
  PRIMARY KEY (job_id, owner_id, photo_id, friend_id)
);

-- One row per dead letter, from its text headers.
CREATE TABLE IF NOT EXISTS projector.failure (
  source          text NOT NULL,
  kafka_partition int NOT NULL,
  kafka_offset    bigint NOT NULL,
  origin          text,
  code            text NOT NULL,
  message         text,
  attempts        text,
  service         text,
  owner_id        text,
  job_id          text,
  photo_id        text,
  task_id         text,
  seen_at         timestamptz NOT NULL,
  PRIMARY KEY (source, kafka_partition, kafka_offset)
);
CREATE INDEX IF NOT EXISTS failure_of_photo ON projector.failure (job_id, photo_id);

-- version to erased: from friend.profile; gallery_version to answers: from friend.gallery.
CREATE TABLE IF NOT EXISTS projector.friend (
  owner_id        text NOT NULL,
  friend_id       text NOT NULL,
  version         bigint,
  name            text,
  consent         boolean,
  erased          boolean,
  gallery_version bigint,
  gallery_state   text,
  gallery_code    text,
  exemplars       int,
  answers         json,
  PRIMARY KEY (owner_id, friend_id)
);

-- The dead letters that change a job, by the same rules as the fold (EventStripper.died): not those
-- of records that are not part of the job, nor those of the projector's own trouble.
CREATE OR REPLACE VIEW projector.job_failure AS
SELECT f.* FROM projector.failure f
WHERE f.code NOT IN ('JOB_CLOSED', 'OWNER_MISMATCH')
  AND (f.code <> 'INTERNAL' OR f.service IS DISTINCT FROM 'state-projector');

-- Where each photo stands, by the same rules as the fold (PhotoFacts.state).
CREATE OR REPLACE VIEW projector.photo_state AS
SELECT p.*,
  dead.code AS dead,
  dead.message AS dead_message,
  CASE
    WHEN p.settled = 'DUPLICATE' THEN 'DUPLICATE'
    WHEN p.settled IS NOT NULL THEN 'FAILED'
    WHEN p.people > 0 THEN 'MATCHED'
    WHEN p.match_faces = 0 THEN 'NO_FACE'
    WHEN p.match_faces > 0 THEN 'NO_MATCH'
    WHEN dead.code IS NOT NULL THEN 'FAILED'
    WHEN p.detected IS NOT NULL THEN 'DETECTED'
    ELSE 'QUEUED'
  END AS state
FROM projector.photo p
LEFT JOIN LATERAL (
  SELECT f.code, f.message FROM projector.job_failure f
  WHERE f.job_id = p.job_id AND f.photo_id = p.photo_id
    AND (f.owner_id IS NULL OR f.owner_id = p.owner_id)
    AND f.source IN ('task.queued', 'task.queued.interactive', 'faces.detected')
  ORDER BY f.source, f.kafka_partition, f.kafka_offset LIMIT 1
) dead ON true
WHERE p.queued AND NOT EXISTS (
  SELECT 1 FROM projector.failure late
  WHERE late.job_id = p.job_id AND late.photo_id = p.photo_id AND late.owner_id = p.owner_id
    AND late.code = 'JOB_CLOSED'
);
