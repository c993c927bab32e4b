import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Events, follow } from '../../../main/resources/static/live.js';
import { duration, row } from '../../../main/resources/static/views.js';

const TEXT = ': still here\n\nevent: job\nid: 7.9\ndata: {"a":\ndata: 1}\n\ndata:x\r\n\r\n';

test('events are the same wherever the text is cut', () => {
  const expected = [
    { id: null, name: 'comment', data: '' },
    { id: '7.9', name: 'job', data: '{"a":\n1}' },
    { id: null, name: 'message', data: 'x' },
  ];
  for (let size = 1; size <= TEXT.length; size++) {
    const found = [];
    const events = new Events((event) => found.push(event));
    for (let at = 0; at < TEXT.length; at += size) {
      events.take(TEXT.slice(at, at + size));
    }
    assert.deepEqual(found, expected, `pieces of ${size}`);
  }
});

test('a broken connection goes on where it was, with the owner named', async () => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push([request.headers['last-event-id'], request.headers['x-facesort-owner']]);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(`event: job\nid: ${asked.length}\ndata: {"n":${asked.length}}\n\n`);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const end = new AbortController();
  const seen = [];
  await follow(`http://127.0.0.1:${server.address().port}/`, {
    owner: 'anna',
    signal: end.signal,
    onConnection: () => {},
    onJob: (job) => {
      seen.push(job.n);
      if (job.n === 2) {
        end.abort();
      }
    },
  });
  server.close();
  server.closeAllConnections();
  assert.deepEqual(seen, [1, 2]);
  assert.deepEqual(asked, [[undefined, 'anna'], ['1', 'anna']]);
});

test('a refusal is shown in the words of the server', async () => {
  const server = createServer((_, response) => {
    response.writeHead(503, { 'Content-Type': 'application/problem+json' });
    response.end('{"detail":"the read model is being rebuilt"}');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const end = new AbortController();
  const texts = [];
  await follow(`http://127.0.0.1:${server.address().port}/`, {
    owner: 'anna',
    signal: end.signal,
    onConnection: (text) => {
      texts.push(text);
      end.abort();
    },
    onJob: () => {},
  });
  server.close();
  server.closeAllConnections();
  assert.deepEqual(texts, ['reconnecting: the read model is being rebuilt']);
});

test('a job that nobody has announced yet shows no share', () => {
  const view = row({
    job_id: 'j', name: '', state: 'QUEUED', failure: null, total: 0, faces: 0, finished_at: null,
    photos: { submitted: 0, in_flight: 0 }, deliveries: { sent: 0, pairs: 0 },
    rate_per_second: null, eta_seconds: null,
  });
  assert.equal(view.share, 0);
  assert.equal(view.name, 'j');
  assert.equal(view.pace, '');
});

test('durations', () => {
  assert.equal(duration(59), '59 s');
  assert.equal(duration(61), '1 min');
  assert.equal(duration(7260), '2 h 1 min');
});
