package facesort.ops.system;

import facesort.local.StackAddresses;
import facesort.ops.api.Endpoints;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import facesort.schemas.Topics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where everything answers, and a line to try each with. */
final class AddressList {
  private AddressList() {}

  static void print(Path data, Output output) {
    StackAddresses stack = StackAddresses.read(data).orElseThrow();
    Endpoints endpoints = Endpoints.require(data);
    Map<String, String> addresses = addresses(stack, endpoints);
    Table table = Table.of("part", "address");
    addresses.forEach(table::row);
    output.say("");
    output.say(table);
    output.say("");
    output.say("Use it, after:  . " + ClientEnvironment.file(data));
    output.say("  kcat -b $BOOTSTRAP_SERVERS -t " + Topics.JOB_STATUS.name() + " -C -o beginning");
    output.say("  curl $REGISTRY_URL/subjects");
    output.say("  psql -c '\\dt *.*'");
    output.say("  aws s3 ls --recursive s3://" + stack.bucket());
    output.say("  facesort friend list;  facesort job submit PHOTO...;  facesort status");
    output.result(addresses);
  }

  /** Base URL or address of each part of the stack, by name. */
  static Map<String, String> infrastructure(StackAddresses stack) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("kafka", stack.bootstrapServers());
    addresses.put("registry", stack.registryUrl());
    addresses.put("postgres", stack.jdbcUrl().replace("jdbc:", ""));
    addresses.put("s3", stack.s3Endpoint());
    addresses.put("telegram", stack.telegramUrl());
    return addresses;
  }

  private static Map<String, String> addresses(StackAddresses stack, Endpoints endpoints) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("ingest", endpoints.ingest().toString());
    addresses.put("projector", endpoints.projector().toString());
    addresses.putAll(infrastructure(stack));
    addresses.put("telegram", stack.telegramUrl() + " (a stand-in)");
    addresses.put("albums", endpoints.folderRoot().toString());
    return addresses;
  }
}
