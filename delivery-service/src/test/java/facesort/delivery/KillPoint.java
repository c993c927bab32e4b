package facesort.delivery;

/** Where a process is killed, from the claim of an album to the report of its end. */
enum KillPoint {
  /** Photos are fetched, nothing is claimed. */
  BEFORE_CLAIM,
  /** The claim is committed, the request is not made. */
  BEFORE_SEND,
  /** The request had its effect, the ledger does not know. */
  BEFORE_MARK,
  /** The ledger knows, nothing is reported. */
  BEFORE_PUBLISH,
  /** It is reported, the ledger does not know that it is. */
  AFTER_PUBLISH;

  static final String POINT = "kill.point";
  static final String JOB = "kill.job";
  static final String ADDRESS = "kill.address";
  static final String TOKEN = "kill.token";
  static final int EXIT = 77;

  /** Dies as by kill -9: no shutdown hook, no finally. */
  static void die() {
    Runtime.getRuntime().halt(EXIT);
  }
}
