package facesort.state.web;

import facesort.service.web.ApiException;
import facesort.service.web.OwnerId;
import facesort.state.readmodel.FriendView;
import facesort.state.readmodel.JobView;
import facesort.state.readmodel.PhotoView;
import facesort.state.readmodel.Queries;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Where jobs, photos and friends stand. What is another owner's is not found. */
@RestController
@RequestMapping("/v1")
class QueryController {

  private static final int MOST = 500;

  private final Queries queries;

  QueryController(Queries queries) {
    this.queries = queries;
  }

  /** The answer to a list of jobs. */
  record Jobs(List<JobView> jobs) {}

  /** The answer to a list of friends. */
  record Friends(List<FriendView> friends) {}

  @GetMapping("/jobs")
  Mono<Jobs> jobs(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestParam(defaultValue = "50") int limit) {
    return queries.jobs(OwnerId.of(owner), within("limit", limit)).map(Jobs::new);
  }

  @GetMapping("/jobs/{id}")
  Mono<JobView> job(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id) {
    return queries.job(OwnerId.of(owner), id).switchIfEmpty(noneOf("job", id));
  }

  @GetMapping("/jobs/{id}/photos")
  Mono<PhotoView.Page> photos(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long offset,
      @RequestParam(defaultValue = "100") int limit) {
    if (offset < 0) {
      throw invalid("offset", offset, "0 or more");
    }
    return queries
        .photos(OwnerId.of(owner), id, offset, within("limit", limit))
        .switchIfEmpty(noneOf("job", id));
  }

  @GetMapping("/friends")
  Mono<Friends> friends(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner) {
    return queries.friends(OwnerId.of(owner)).map(Friends::new);
  }

  @GetMapping("/friends/{id}")
  Mono<FriendView> friend(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id) {
    return queries.friend(OwnerId.of(owner), id).switchIfEmpty(noneOf("friend", id));
  }

  private static <T> Mono<T> noneOf(String what, String id) {
    return Mono.error(() -> ApiException.notFound(what, id));
  }

  private static int within(String name, int value) {
    if (value < 1 || value > MOST) {
      throw invalid(name, value, "1 to " + MOST);
    }
    return value;
  }

  private static ApiException invalid(String name, long value, String allowed) {
    return new ApiException(
        HttpStatus.BAD_REQUEST,
        "INVALID_PARAMETER",
        "%s is %d, it must be %s".formatted(name, value, allowed));
  }
}
