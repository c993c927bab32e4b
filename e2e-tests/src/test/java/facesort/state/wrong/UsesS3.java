package facesort.state.wrong;

/** Breaks: S3 stays behind the object store. */
public record UsesS3(software.amazon.awssdk.services.s3.S3AsyncClient client) {}
