// What the page shows of the server's answers: texts and shares, no elements.

const STATES = ['matched', 'no_match', 'no_face', 'duplicate', 'failed', 'cancelled', 'in_flight'];

/** A row of the table of jobs. */
export function row(job) {
  const settled = job.photos.submitted - job.photos.in_flight;
  return {
    id: job.job_id,
    name: job.name === '' ? job.job_id : job.name,
    state: job.failure === null ? job.state : `${job.state}: ${job.failure}`,
    share: job.total === 0 ? 0 : Math.min(1, settled / job.total),
    photos: `${settled} of ${job.total}`,
    faces: String(job.faces),
    sent: `${job.deliveries.sent} of ${job.deliveries.pairs}`,
    pace: pace(job),
  };
}

function pace(job) {
  if (job.finished_at !== null) {
    return `ended ${new Date(job.finished_at).toLocaleString()}`;
  }
  if (job.rate_per_second === null) {
    return '';
  }
  const left = job.eta_seconds === null ? '' : `, ${duration(job.eta_seconds)} left`;
  return `${job.rate_per_second.toFixed(1)} photos/s${left}`;
}

/** Seconds as people say them. */
export function duration(seconds) {
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Bars of the photos of a job by state. */
export function stateBars(job) {
  return bars(STATES.map((state) => [state.replace('_', ' '), job.photos[state]]));
}

/** Bars of a histogram of scores. */
export function scoreBars(progress) {
  return bars(progress.confidence.map((bin) => [`${bin.from.toFixed(2)}`, bin.faces]));
}

/** Bars of the friends who are on most photos. */
export function friendBars(progress) {
  return bars(progress.friends.map((friend) => [friend.name ?? friend.friend_id, friend.photos]));
}

/** Bars of the causes of failures. */
export function failureBars(errors) {
  return bars(errors.groups.map((group) => [`${group.code} (${group.stage})`, group.count]));
}

/** Label, count and share of the longest; nothing is left out. */
function bars(pairs) {
  const most = Math.max(1, ...pairs.map(([, count]) => count));
  return pairs.map(([label, count]) => ({ label, count, share: count / most }));
}
