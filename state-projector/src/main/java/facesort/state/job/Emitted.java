package facesort.state.job;

/** What a processor of the topology sends on: an event for the fold, or a record for a topic. */
sealed interface Emitted permits JobEvent, Outgoing {}
