package facesort.worker;

/**
 * Which result: of which task and run, by which stage and model.
 *
 * @param ownerId owner
 * @param jobId job
 * @param taskId task
 * @param run run of the job
 * @param stage name of the stage
 * @param keyHash hash of everything else that decides the result: model and parameters
 */
record ResultKey(
    String ownerId, String jobId, String taskId, int run, String stage, String keyHash) {}
