package facesort.ingest.web;

import facesort.ingest.friend.FriendAccepted;
import facesort.ingest.friend.Friends;
import facesort.ingest.photo.PartReader;
import facesort.service.web.OwnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes friends: 202 when profile and contact are committed; enrolment answers later. */
@RestController
final class FriendController {

  private final Friends friends;
  private final PartReader parts;

  FriendController(Friends friends, PartReader parts) {
    this.friends = friends;
    this.parts = parts;
  }

  @PostMapping(path = "/v1/friends", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<FriendAccepted> accept(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestBody Flux<PartEvent> events) {
    var upload = new FriendUpload(friends, OwnerId.of(owner));
    return parts
        .read(events, FriendUpload::maxBytes, upload::accept)
        .then(Mono.defer(upload::finish));
  }
}
