package facesort.delivery.ledger;

import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.service.sql.Sql;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/** Consent and contacts of friends as rows; called inside the reader's transaction. */
final class Friends {

  /** The newest version counts, whatever the order. */
  Mono<Void> profile(Connection connection, FriendProfile profile) {
    return Sql.update(
            connection,
            """
            INSERT INTO ledger.consent (owner_id, friend_id, version, given) VALUES ($1, $2, $3, $4)
            ON CONFLICT (owner_id, friend_id) DO UPDATE
            SET version = excluded.version, given = excluded.given
            WHERE ledger.consent.version <= excluded.version
            """,
            profile.getOwnerId(),
            profile.getFriendId(),
            profile.getVersion(),
            profile.getConsent().getGiven() && !profile.getErased())
        .then();
  }

  /** A friend without a record has given no consent. */
  Mono<Void> noProfile(Connection connection, String ownerId, String friendId) {
    return Sql.update(
            connection,
            "DELETE FROM ledger.consent WHERE owner_id = $1 AND friend_id = $2",
            ownerId,
            friendId)
        .then();
  }

  /** Keeps the contact, and of the older ones those that open pairs were planned with. */
  Mono<Void> contact(Connection connection, FriendContact contact) {
    return Sql.update(
            connection,
            """
            INSERT INTO ledger.contact (owner_id, friend_id, version, channel, address)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """,
            contact.getOwnerId(),
            contact.getFriendId(),
            contact.getVersion(),
            contact.getChannel().name(),
            Sql.nullable(contact.getAddress(), String.class))
        .then(forgetUnused(connection, contact.getOwnerId(), contact.getFriendId()));
  }

  private static Mono<Void> forgetUnused(Connection connection, String ownerId, String friendId) {
    return Sql.update(
            connection,
            """
            DELETE FROM ledger.contact c WHERE owner_id = $1 AND friend_id = $2
            AND version < (SELECT max(version) FROM ledger.contact
                           WHERE owner_id = $1 AND friend_id = $2)
            AND NOT EXISTS (SELECT 1 FROM ledger.pair p
                            WHERE p.owner_id = $1 AND p.friend_id = $2
                            AND p.contact_version = c.version
                            AND p.state IN ('PLANNED', 'HELD', 'RELEASED', 'SENDING'))
            """,
            ownerId,
            friendId)
        .then();
  }

  /** Forgets every address of the friend. */
  Mono<Void> noContact(Connection connection, String ownerId, String friendId) {
    return Sql.update(
            connection,
            "DELETE FROM ledger.contact WHERE owner_id = $1 AND friend_id = $2",
            ownerId,
            friendId)
        .then();
  }
}
