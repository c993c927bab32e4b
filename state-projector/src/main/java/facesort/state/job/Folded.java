package facesort.state.job;

import java.util.List;

/** What an event made of a job and of the photo it is about, and what is to be written. */
record Folded(JobFacts job, PhotoFacts photo, List<Effect> effects) {}
