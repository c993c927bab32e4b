package facesort.state.job;

import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The end of every run up to one: what is read of them afterwards changes no photo.
 *
 * @param run the last run that ended
 * @param state COMPLETED, CANCELLED or FAILED: what became of photos in flight
 * @param failure why photos in flight failed; null when they did not
 * @param upto by topic-partition the offset after the job's last record that counted
 */
record RunEnd(
    int run, JobState state, @Nullable FailureCode failure, NavigableMap<String, Long> upto) {}
