package facesort.state.web;

import facesort.service.web.ApiException;
import facesort.service.web.OwnerId;
import facesort.state.query.FriendQueries;
import facesort.state.query.FriendView;
import facesort.state.readmodel.AsOf;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Friends and what enrolment made of them. What is another owner's is not found. */
@RestController
@RequestMapping("/v1/friends")
@Tag(name = "friends")
class FriendController {

  private final FriendQueries friends;

  FriendController(FriendQueries friends) {
    this.friends = friends;
  }

  @GetMapping
  @Operation(summary = "The owner's friends by id")
  Mono<FriendView.Page> friends(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner) {
    return friends.friends(OwnerId.of(owner));
  }

  @GetMapping("/{id}")
  @Operation(summary = "A friend with the answer of enrolment and its warnings")
  Mono<FriendView> friend(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    return friends.friend(OwnerId.of(owner), id).switchIfEmpty(noFriend(id, asOf));
  }

  private static Mono<FriendView> noFriend(String id, AsOf asOf) {
    return Mono.error(() ->
        asOf.stale()
            ? new UnavailableException("the read model is behind and has no friend " + id + " yet")
            : ApiException.notFound("friend", id));
  }
}
