package facesort.state.web;

import facesort.state.ops.AuditQuery;
import facesort.state.ops.AuditView;
import facesort.state.ops.FailureQueries;
import facesort.state.ops.FailureView;
import facesort.state.ops.ScalingQuery;
import facesort.state.ops.ScalingView;
import facesort.state.ops.WorkerQueries;
import facesort.state.ops.WorkerView;
import facesort.state.readmodel.AsOf;
import facesort.state.readmodel.ContentHash;
import io.r2dbc.spi.ConnectionFactory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For those who run the system, over all owners. */
@RestController
@RequestMapping("/v1")
@Tag(name = "operations")
class OperationsController {

  private final WorkerQueries workers;
  private final ScalingQuery scaling;
  private final AuditQuery audit;
  private final FailureQueries failures;
  private final ConnectionFactory database;

  OperationsController(
      WorkerQueries workers,
      ScalingQuery scaling,
      AuditQuery audit,
      FailureQueries failures,
      ConnectionFactory database) {
    this.workers = workers;
    this.scaling = scaling;
    this.audit = audit;
    this.failures = failures;
    this.database = database;
  }

  /** The content of the read model as one number. */
  record Hash(String hash) {}

  @GetMapping("/workers")
  @Operation(summary = "Instances of services: live, late, lost, stopped; what they work on")
  Mono<WorkerView.Page> workers() {
    return workers.workers();
  }

  @GetMapping("/scaling")
  @Operation(summary = "True remaining work of each stage by partition, poisoned records apart")
  Mono<ScalingView> scaling() {
    return scaling.scaling();
  }

  @GetMapping("/audit")
  @Operation(summary = "Conservation: whether every photo is accounted for, and which is not")
  Mono<AuditView> audit(
      @RequestParam(required = false) @Nullable String job,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    return asOf.stale()
        ? Mono.error(
            () -> new UnavailableException("the read model is behind: nothing can be audited"))
        : audit.audit(Parameters.textOrNull(job), asOf.asOf());
  }

  @GetMapping("/failures")
  @Operation(summary = "Dead letters that name no job, newest first")
  Mono<FailureView.Page> failures(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") long offset) {
    return failures.unattributed(Parameters.limit(limit), Parameters.offset(offset));
  }

  @GetMapping("/content-hash")
  @Operation(summary = "Hash over the content of the read model")
  Mono<Hash> contentHash() {
    return ContentHash.of(database).map(Hash::new);
  }
}
