package facesort.worker;

import facesort.service.KafkaClients;
import facesort.service.WorkerIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what it means that a lane was fenced. When another member has the lane's place in the
 * group, a newer instance has the slot: this one ends at once. When nobody has, the transaction was
 * only too old, as after a long suspension: the lane starts again.
 */
final class SlotGuard {
  private static final Logger log = LoggerFactory.getLogger(SlotGuard.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** A newer instance opens its producer first and joins a moment later. */
  private static final Duration JOINS_WITHIN = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final AtomicBoolean ends = new AtomicBoolean();

  SlotGuard(KafkaClients clients) {
    this.clients = clients;
  }

  /** Ends the process if a newer instance has the lane's place; returns if nobody has. */
  void fenced(Lane<?> lane) {
    log.warn("{} was fenced", lane.memberId());
    long limit = System.nanoTime() + JOINS_WITHIN.toNanos();
    while (true) {
      Optional<Boolean> taken = hasMember(lane);
      if (taken.orElse(false)) {
        // Both lanes of a process find out at the same time.
        if (ends.compareAndSet(false, true)) {
          log.error("a newer instance has slot {}; this one ends", lane.who().slot());
        }
        // At once: an orderly exit would wait for a group that knows this member no more.
        Runtime.getRuntime().halt(WorkerIdentity.SLOT_TAKEN);
      }
      if (taken.isPresent() && System.nanoTime() > limit) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  /**
   * Whether the group has a member in the lane's place: before this process has joined that is one
   * that died, or lives still. Empty when nobody answers.
   */
  Optional<Boolean> hasMember(Lane<?> lane) {
    try (Admin admin = clients.admin()) {
      Map<String, ConsumerGroupDescription> groups =
          admin
              .describeConsumerGroups(List.of(lane.groupId()))
              .all()
              .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(
          groups.values().stream()
              .flatMap(group -> group.members().stream())
              .anyMatch(
                  member -> member.groupInstanceId().filter(lane.memberId()::equals).isPresent()));
    } catch (ExecutionException e) {
      // Before the first worker of all there is no group.
      return e.getCause() instanceof GroupIdNotFoundException
          ? Optional.of(false)
          : notSeen(lane, e);
    } catch (TimeoutException | KafkaException e) {
      return notSeen(lane, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(false);
    }
  }

  private static Optional<Boolean> notSeen(Lane<?> lane, Exception why) {
    log.warn("cannot see who has slot {}: {}", lane.who().slot(), why.toString());
    return Optional.empty();
  }
}
