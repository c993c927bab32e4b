package facesort.schemas;

/**
 * One version of a subject.
 *
 * @param version number within the subject, from 1; 0 when it was learned from a record's id alone
 * @param id the registry's id, in front of every value
 * @param schema JSON text
 */
record RegisteredSchema(int version, int id, String schema) {}
