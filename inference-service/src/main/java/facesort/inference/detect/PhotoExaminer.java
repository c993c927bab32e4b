package facesort.inference.detect;

import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Examines photos on a fixed number of threads, one photo a thread: decoding and the models use one
 * core each, so as many as there are cores keep all of them busy.
 */
public final class PhotoExaminer implements AutoCloseable {
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final FacePipeline pipeline;
  private final Scheduler threads;

  /** Starts the threads. */
  public PhotoExaminer(FacePipeline pipeline, int threads) {
    this.pipeline = pipeline;
    this.threads = Schedulers.newParallel("faces", threads);
  }

  /** Finds the faces of a photo; {@link RejectedPhoto} when its file is bad. */
  public Mono<ExaminedPhoto> examine(byte[] file) {
    return Mono.fromCallable(() -> examined(file)).subscribeOn(threads);
  }

  private ExaminedPhoto examined(byte[] file) throws RejectedPhoto {
    try {
      DecodedPhoto photo = decoder.decode(file);
      return new ExaminedPhoto(photo, pipeline.faces(photo));
    } catch (Error e) {
      // Out of memory or a missing native library; as an error it would never reach the waiter.
      throw new IllegalStateException("A photo could not be examined: " + e, e);
    }
  }

  @Override
  public void close() {
    threads.dispose();
  }
}
