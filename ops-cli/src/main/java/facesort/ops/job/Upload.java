package facesort.ops.job;

import facesort.ops.api.IngestApi;
import facesort.ops.api.JobAccepted;
import facesort.ops.api.NewJob;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import java.nio.file.Path;
import java.util.List;

/** Submits photos and shows how many of them are sent. */
public final class Upload {
  private Upload() {}

  /** Blocks until ingest has committed the job. */
  public static JobAccepted send(IngestApi ingest, NewJob job, List<Path> photos, Output output) {
    try (Progress progress = new Progress(output)) {
      return ingest.submit(job, photos, sent -> progress.show("upload", sent, photos.size()));
    }
  }
}
