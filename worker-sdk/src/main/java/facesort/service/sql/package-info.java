/** From Kafka to PostgreSQL: rows and the position they came from in one transaction. */
@NullMarked
package facesort.service.sql;

import org.jspecify.annotations.NullMarked;
