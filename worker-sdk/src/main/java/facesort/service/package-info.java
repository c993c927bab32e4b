/**
 * What every service shares: settings, codec wiring, Kafka clients, dead letters, storage,
 * heartbeat.
 */
@NullMarked
package facesort.service;

import org.jspecify.annotations.NullMarked;
