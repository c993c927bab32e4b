package facesort.inference.task;

import facesort.schemas.Causation;

/**
 * An event that a role has to answer.
 *
 * @param event what it says
 * @param causation where it was read, for the events that follow from it
 * @param <V> its type
 */
public record Task<V>(V event, Causation causation) {}
