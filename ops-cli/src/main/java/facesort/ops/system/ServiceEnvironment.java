package facesort.ops.system;

import facesort.local.StackAddresses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a service is told, as variables: other users of the machine can read a command line, but not
 * these. Each service is told only what it needs.
 *
 * @param data folder of the local system
 * @param folderRoot folder the folder channel delivers below
 * @param models folder of the models as shipped
 */
record ServiceEnvironment(StackAddresses stack, Path data, Path folderRoot, Path models) {

  Map<String, String> of(Service service, int port) {
    Map<String, String> variables = new HashMap<>();
    variables.put("SERVER_PORT", Integer.toString(port));
    variables.put("FACESORT_KAFKA_BOOTSTRAPSERVERS", stack.bootstrapServers());
    variables.put("FACESORT_REGISTRY_URL", stack.registryUrl());
    variables.put("FACESORT_REGISTRY_IDSFILE", schemaIds().toString());
    variables.put(
        "FACESORT_REGISTRY_CACHEFILE", folder(service).resolve("schema-cache.json").toString());
    switch (service) {
      case INGEST -> {
        putStorage(variables);
        variables.put("FACESORT_INGEST_SPOOLDIR", folder(service).resolve("spool").toString());
      }
      case DETECT, MATCH, ENROLL -> {
        putStorage(variables);
        variables.put("FACESORT_MODELS_DIR", models.toString());
      }
      case DELIVERY -> {
        putStorage(variables);
        putPostgres(variables);
        variables.put("FACESORT_DELIVERY_FOLDERROOT", folderRoot.toString());
        variables.put("FACESORT_DELIVERY_TELEGRAM_APIURL", stack.telegramUrl());
        variables.put("FACESORT_DELIVERY_TELEGRAM_TOKEN", stack.telegramToken());
        // The stand-in has no flood control.
        variables.put("FACESORT_DELIVERY_TELEGRAM_LIMITS", "false");
      }
      case PROJECTOR -> {
        putPostgres(variables);
        variables.put("FACESORT_PROJECTOR_STATEDIR", folder(service).resolve("state").toString());
      }
    }
    return variables;
  }

  /** Written when the schemas are registered, read by every service. */
  Path schemaIds() {
    return data.resolve("services").resolve("schema-ids.json");
  }

  /** Where a service may write. */
  Path folder(Service service) {
    return data.resolve("services").resolve(service.processName());
  }

  private void putStorage(Map<String, String> variables) {
    variables.put("FACESORT_STORAGE_ENDPOINT", stack.s3Endpoint());
    variables.put("FACESORT_STORAGE_REGION", stack.s3Region());
    variables.put("FACESORT_STORAGE_ACCESSKEY", stack.s3AccessKey());
    variables.put("FACESORT_STORAGE_SECRETKEY", stack.s3SecretKey());
    variables.put("FACESORT_STORAGE_BUCKET", stack.bucket());
  }

  private void putPostgres(Map<String, String> variables) {
    variables.put("FACESORT_POSTGRES_URL", stack.r2dbcUrl());
    variables.put("FACESORT_POSTGRES_USERNAME", stack.postgresUser());
    variables.put("FACESORT_POSTGRES_PASSWORD", stack.postgresPassword());
  }
}
