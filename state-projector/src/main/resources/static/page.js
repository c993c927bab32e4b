import { follow } from './live.js';
import { failureBars, friendBars, row, scoreBars, stateBars } from './views.js';

const DETAIL_EVERY_MS = 1_000;

const $ = (id) => document.getElementById(id);
const jobs = new Map();
let owner = new URLSearchParams(location.search).get('owner') ?? 'demo';
let shown = null;
let asked = 0;
let following = new AbortController();

$('whose').owner.value = owner;
$('whose').addEventListener('submit', (event) => {
  event.preventDefault();
  owner = $('whose').owner.value;
  history.replaceState(null, '', `?owner=${encodeURIComponent(owner)}`);
  start();
});
start();

function start() {
  following.abort();
  following = new AbortController();
  jobs.clear();
  shown = null;
  $('jobs').tBodies[0].replaceChildren();
  $('detail').hidden = true;
  $('none').hidden = false;
  follow('v1/stream', {
    owner,
    signal: following.signal,
    onConnection: (text) => ($('connection').textContent = text),
    onJob: show,
  });
}

function show(job) {
  const known = jobs.get(job.job_id);
  const line = known?.line ?? newLine(job.job_id);
  jobs.set(job.job_id, { job, line });
  const view = row(job);
  const [name, state, photos, faces, sent, pace] = line.cells;
  name.firstChild.textContent = view.name;
  state.textContent = view.state;
  photos.replaceChildren(meter(view.share), view.photos);
  faces.textContent = view.faces;
  sent.textContent = view.sent;
  pace.textContent = view.pace;
  $('none').hidden = true;
  if (shown === job.job_id) {
    detail();
  }
}

function newLine(id) {
  const line = $('jobs').tBodies[0].insertRow(0);
  for (let cell = 0; cell < 6; cell++) {
    line.insertCell();
  }
  const open = document.createElement('button');
  open.addEventListener('click', () => {
    shown = id;
    asked = 0;
    detail();
  });
  line.cells[0].append(open);
  return line;
}

/** At most one question a second, and always one after the last change. */
function detail() {
  const wait = asked + DETAIL_EVERY_MS - Date.now();
  if (wait > 0) {
    clearTimeout(detail.timer);
    detail.timer = setTimeout(detail, wait);
    return;
  }
  asked = Date.now();
  fillDetail(shown).catch((trouble) => ($('title').textContent = trouble.message));
}

async function fillDetail(id) {
  const [progress, errors] = await Promise.all([ask(id, 'progress'), ask(id, 'errors?limit=1')]);
  if (id !== shown) {
    return;
  }
  const { job } = jobs.get(id);
  $('detail').hidden = false;
  $('title').textContent = row(job).name;
  draw('states', stateBars(job));
  draw('scores', scoreBars(progress));
  draw('friends', friendBars(progress));
  draw('failures', failureBars(errors));
}

async function ask(id, what) {
  const answer = await fetch(`v1/jobs/${encodeURIComponent(id)}/${what}`, {
    headers: { 'X-Facesort-Owner': owner },
  });
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(body.detail ?? `HTTP ${answer.status}`);
  }
  return body;
}

function draw(where, bars) {
  $(where).replaceChildren(
    ...bars.map(({ label, count, share }) => {
      const line = document.createElement('div');
      const name = document.createElement('span');
      const number = document.createElement('span');
      name.textContent = label;
      number.textContent = count;
      line.append(name, meter(share), number);
      return line;
    }),
  );
}

function meter(share) {
  const meter = document.createElement('progress');
  meter.max = 1;
  meter.value = share;
  return meter;
}
