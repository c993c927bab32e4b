// node follow.mjs URL OWNER JOB STATE: prints the page's row of the job once it has reached STATE,
// as the page itself would show it.
import { follow } from '../../../main/resources/static/live.js';
import { row, stateBars } from '../../../main/resources/static/views.js';

const [url, owner, jobId, state] = process.argv.slice(2);
const end = new AbortController();
await follow(url, {
  owner,
  signal: end.signal,
  onConnection: (text) => console.error(text),
  onJob: (job) => {
    if (job.job_id === jobId && job.state === state) {
      console.log(JSON.stringify({ ...row(job), bars: stateBars(job) }));
      end.abort();
    }
  },
});
