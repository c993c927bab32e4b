package facesort.state.live;

import facesort.state.query.JobView;

/**
 * A job at a moment.
 *
 * @param id position after it; given back as Last-Event-ID it goes on from there
 */
public record JobChange(String id, JobView job) {}
