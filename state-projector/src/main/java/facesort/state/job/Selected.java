package facesort.state.job;

/**
 * What a selection came to when its command was taken.
 *
 * @param photos photos to be queued again
 * @param gone photos that it means and whose originals were removed
 */
record Selected(int photos, int gone) {

  static final Selected NONE = new Selected(0, 0);

  Selected plus(Selected more) {
    return new Selected(photos + more.photos, gone + more.gone);
  }
}
