-- The read model: what queries need, derived from topics alone. Every row can be thrown away and
-- read again. Columns of one row come from several topics, in any order.

-- The read model of earlier versions; its rows come again from the topics.
DROP SCHEMA IF EXISTS projector CASCADE;
DO $$ BEGIN
  IF to_regclass('public.watermark') IS NOT NULL THEN
    DELETE FROM public.watermark WHERE reader = 'state-projector-readmodel';
  END IF;
END $$;

-- How far the rows go: written in the transaction of the rows, and gone when they are.
CREATE TABLE watermark (
  reader          text NOT NULL,
  topic           text NOT NULL,
  kafka_partition int NOT NULL,
  next_offset     bigint NOT NULL,
  PRIMARY KEY (reader, topic, kafka_partition)
);

-- What was committed to a partition before as_of is in the tables.
CREATE TABLE freshness (
  topic           text NOT NULL,
  kafka_partition int NOT NULL,
  as_of           timestamptz NOT NULL,
  PRIMARY KEY (topic, kafka_partition)
);

-- A job's newest status, from job.status. matched_at: since when all photos of its run are settled.
-- commands: [{event_id, command, answer, code, run, photos, message}], oldest first.
CREATE TABLE job (
  job_id           text PRIMARY KEY,
  owner_id         text NOT NULL,
  name             text NOT NULL,
  state            text NOT NULL,
  failure          text,
  release          text NOT NULL,
  closed           boolean NOT NULL,
  run              int NOT NULL,
  total            int,
  submitted        int NOT NULL,
  in_flight        int NOT NULL,
  photos           jsonb NOT NULL,
  faces            int NOT NULL,
  deliveries       jsonb NOT NULL,
  commands         jsonb NOT NULL,
  cleanup_requests int NOT NULL,
  submitted_at     timestamptz,
  matched_at       timestamptz,
  updated_at       timestamptz NOT NULL,
  finished_at      timestamptz,
  first_seen       timestamptz NOT NULL,
  status_offset    bigint NOT NULL
);
CREATE INDEX job_of_owner ON job (owner_id, first_seen DESC, job_id);
CREATE INDEX job_at_work ON job (job_id) WHERE in_flight > 0;

-- Ends of runs, from job.status: "upto" maps topic-partition to the next offset. What lies from
-- there on changed no photo of a run up to this one.
CREATE TABLE run_end (
  job_id        text NOT NULL,
  run           int NOT NULL,
  state         text NOT NULL,
  upto          jsonb NOT NULL,
  status_offset bigint NOT NULL,
  PRIMARY KEY (job_id, run)
);

-- run to duplicate_of: the task of the highest run. detected_run to detect_millis: faces.detected of
-- the highest run. match_run to match: match.result of the highest run and rematch. Of equals the
-- first counts.
CREATE TABLE photo (
  job_id             text NOT NULL,
  owner_id           text NOT NULL,
  photo_id           text NOT NULL,
  task_id            text,
  run                int,
  task_topic         text,
  task_partition     int,
  task_offset        bigint,
  queued_at          timestamptz,
  list_position      int NOT NULL DEFAULT 0,
  filename           text,
  settled            text,
  settled_message    text,
  duplicate_of       text,
  detected_run       int,
  detected_partition int,
  detected_offset    bigint,
  detected           int,
  skipped            int,
  detected_at        timestamptz,
  detect_millis      int,
  match_run          int,
  rematch            bigint,
  match_partition    int,
  match_offset       bigint,
  match_faces        int,
  people             int,
  matched_at         timestamptz,
  -- best score of each face that was compared
  scores             real[],
  -- {threshold, margin, review_from, compared_friends, gallery_late, model_id, space_id, faces: [{face,
  -- decision, rule, friend_id, score, runner_up_margin, skipped, candidates: [{friend_id, score,
  -- exemplar, profile_version}]}]}; no box, no vector
  match              jsonb,
  PRIMARY KEY (job_id, owner_id, photo_id)
);

-- A friend on a photo. match_run to score: from match.result; seq to closed_at: delivery.done.
CREATE TABLE pair (
  job_id      text NOT NULL,
  owner_id    text NOT NULL,
  photo_id    text NOT NULL,
  friend_id   text NOT NULL,
  match_run   int,
  rematch     bigint,
  decision    text,
  score       real,
  seq         int,
  state       text,
  cause       text,
  code        text,
  message     text,
  channel     text,
  album_id    text,
  message_ids text[],
  attempts    int,
  closed_at   timestamptz,
  PRIMARY KEY (job_id, owner_id, photo_id, friend_id)
);

-- One row per dead letter, from its text headers alone.
CREATE TABLE failure (
  source          text NOT NULL,
  kafka_partition int NOT NULL,
  kafka_offset    bigint NOT NULL,
  origin          text,
  code            text NOT NULL,
  message         text,
  attempts        int,
  replays         int,
  service         text,
  owner_id        text,
  job_id          text,
  photo_id        text,
  task_id         text,
  run             int NOT NULL,
  -- what failures of one cause share: see FailureSignature
  signature       text NOT NULL,
  seen_at         timestamptz NOT NULL,
  PRIMARY KEY (source, kafka_partition, kafka_offset)
);
CREATE INDEX failure_of_photo ON failure (job_id, photo_id);
CREATE INDEX failure_unattributed ON failure (seen_at) WHERE job_id IS NULL;

-- version to profile_offset: from friend.profile; gallery_version to gallery_offset: from
-- friend.gallery; the newest record of each. answers: [{key, accepted, code, faces, message}].
-- warnings: [{code, friend_id, score, message}].
CREATE TABLE friend (
  owner_id        text NOT NULL,
  friend_id       text NOT NULL,
  version         bigint,
  name            text,
  consent         boolean,
  erased          boolean,
  profile_offset  bigint,
  gallery_version bigint,
  gallery_state   text,
  gallery_code    text,
  exemplars       int,
  answers         jsonb,
  warnings        jsonb,
  gallery_offset  bigint,
  PRIMARY KEY (owner_id, friend_id)
);

-- The newest heartbeat of each instance. seen_at: the broker's clock; written_at: the database's.
-- in_flight: [{task_id, job_id, since}].
CREATE TABLE worker (
  worker_id  text PRIMARY KEY,
  service    text NOT NULL,
  role       text NOT NULL,
  slot       int NOT NULL,
  version    text NOT NULL,
  device     text NOT NULL,
  state      text NOT NULL,
  started_at timestamptz NOT NULL,
  said_at    timestamptz NOT NULL,
  partitions text[] NOT NULL,
  in_flight  jsonb NOT NULL,
  processed  bigint NOT NULL,
  failed     bigint NOT NULL,
  per_minute double precision NOT NULL,
  seen_at    timestamptz NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Every event of a job, where it was read. One line says what it was. run is 0 where the event has
-- none (job.control). attempt: of a dead letter the tries that failed, else 1 + replays.
CREATE TABLE history (
  job_id          text NOT NULL,
  topic           text NOT NULL,
  kafka_partition int NOT NULL,
  kafka_offset    bigint NOT NULL,
  owner_id        text,
  at              timestamptz NOT NULL,
  occurred_at     timestamptz,
  event_id        text,
  run             int NOT NULL,
  attempt         int,
  photo_id        text,
  friend_id       text,
  summary         text NOT NULL,
  PRIMARY KEY (job_id, topic, kafka_partition, kafka_offset)
);
CREATE INDEX history_of_photo ON history (job_id, photo_id) WHERE photo_id IS NOT NULL;

-- The dead letters that change a job, by the same rules as the fold (EventStripper.died): not those
-- of records that are not part of the job, nor those of the projector's own trouble.
CREATE VIEW job_failure AS
SELECT f.* FROM failure f
WHERE f.code NOT IN ('JOB_CLOSED', 'OWNER_MISMATCH')
  AND (f.code <> 'INTERNAL' OR f.service IS DISTINCT FROM 'state-projector');

-- Where each photo stands, by the same rules as the fold (PhotoFacts.state): of the photo's highest
-- run, what was read before that run's end, by fixed precedence.
CREATE VIEW photo_state AS
SELECT p.*,
  dead.code AS dead,
  dead.message AS dead_message,
  counted.yes AS match_counts,
  CASE
    WHEN p.settled = 'DUPLICATE' THEN 'DUPLICATE'
    WHEN p.settled IS NOT NULL THEN 'FAILED'
    WHEN counted.yes AND p.people > 0 THEN 'MATCHED'
    WHEN counted.yes AND p.match_faces = 0 THEN 'NO_FACE'
    WHEN counted.yes THEN 'NO_MATCH'
    WHEN dead.code IS NOT NULL THEN 'FAILED'
    WHEN e.state = 'CANCELLED' THEN 'CANCELLED'
    WHEN e.state = 'FAILED' THEN 'FAILED'
    WHEN p.detected_run >= p.run THEN 'DETECTED'
    ELSE 'QUEUED'
  END AS state,
  e.state AS ended
FROM photo p
LEFT JOIN LATERAL (
  SELECT r.state, r.upto FROM run_end r
  WHERE r.job_id = p.job_id AND r.run >= p.run ORDER BY r.run LIMIT 1
) e ON true
CROSS JOIN LATERAL (
  SELECT coalesce(p.match_run >= p.run AND (e.upto IS NULL OR p.match_offset
    < coalesce((e.upto->>('match.result-' || p.match_partition))::bigint, 0)), false) AS yes
) counted
LEFT JOIN LATERAL (
  SELECT f.code, f.message FROM job_failure f
  WHERE f.job_id = p.job_id AND f.photo_id = p.photo_id
    AND (f.owner_id IS NULL OR f.owner_id = p.owner_id)
    AND f.source IN ('task.queued', 'task.queued.interactive', 'faces.detected')
    AND f.run >= p.run
    AND (e.upto IS NULL OR f.kafka_offset
      < coalesce((e.upto->>(f.source || '-dlt-' || f.kafka_partition))::bigint, 0))
  ORDER BY f.source, f.kafka_partition, f.kafka_offset LIMIT 1
) dead ON true
WHERE p.run IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM failure late
  WHERE late.job_id = p.job_id AND late.photo_id = p.photo_id AND late.owner_id = p.owner_id
    AND late.code = 'JOB_CLOSED'
);
