package facesort.state.job;

/**
 * Photos that a command selected and that wait to be queued again, part by part.
 *
 * @param run run that they are queued in
 * @param selection which photos
 * @param after the last photo that was looked at; empty at the beginning
 * @param cause the command
 */
record Requeue(int run, Selection selection, String after, Origin cause) {

  Requeue after(String photoId) {
    return new Requeue(run, selection.after(photoId), photoId, cause);
  }
}
