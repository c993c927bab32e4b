// Follows server-sent events. EventSource sends no headers, and the owner is one.

const LONGEST_WAIT_MS = 10_000;
const SILENCE_MS = 40_000; // the server says something every 15 s

/**
 * Gives each job's state to onJob, at first all of them, then every change; comes back where it was
 * when the connection breaks. Ends when signal is aborted.
 *
 * @param {string} url of /v1/stream or /v1/jobs/{id}/stream
 * @param {{owner: string, onJob: (job: object) => void, onConnection: (text: string) => void,
 *     signal: AbortSignal}} options
 */
export async function follow(url, { owner, onJob, onConnection, signal }) {
  let lastId = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream', 'X-Facesort-Owner': owner };
      if (lastId !== null) {
        headers['Last-Event-ID'] = lastId;
      }
      await connect(url, headers, signal, (event) => {
        failures = 0;
        onConnection('live');
        if (event.id !== null) {
          lastId = event.id;
        }
        if (event.name === 'job') {
          onJob(JSON.parse(event.data));
        }
      });
      onConnection('reconnecting');
    } catch (trouble) {
      if (signal.aborted) {
        return;
      }
      onConnection(`reconnecting: ${trouble.message}`);
    }
    await pause(Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures++), signal);
  }
}

async function connect(url, headers, signal, onEvent) {
  const silence = new AbortController();
  let timer = null;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error('no sign of life')), SILENCE_MS);
  };
  heard();
  try {
    const answer = await fetch(url, {
      headers,
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      throw new Error(problem.detail ?? `HTTP ${answer.status}`);
    }
    const events = new Events(onEvent);
    const text = new TextDecoder();
    for await (const chunk of chunks(answer.body)) {
      heard();
      events.take(text.decode(chunk, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Not every browser iterates over a stream itself. */
async function* chunks(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    yield value;
  }
}

/** Cuts a text stream into events, as the HTML standard's section on server-sent events says. */
export class Events {
  #rest = '';
  #event = { id: null, name: 'message', data: [], comment: false };

  constructor(onEvent) {
    this.onEvent = onEvent;
  }

  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?=.)/);
    this.#rest = lines.pop();
    for (const line of lines) {
      this.#line(line);
    }
  }

  #line(line) {
    if (line === '') {
      const { id, name, data, comment } = this.#event;
      this.#event = { id: null, name: 'message', data: [], comment: false };
      if (data.length > 0 || comment) {
        this.onEvent({ id, name: data.length > 0 ? name : 'comment', data: data.join('\n') });
      }
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    switch (field) {
      case '':
        this.#event.comment = true;
        break;
      case 'id':
        this.#event.id = value;
        break;
      case 'event':
        this.#event.name = value;
        break;
      case 'data':
        this.#event.data.push(value);
        break;
    }
  }
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
