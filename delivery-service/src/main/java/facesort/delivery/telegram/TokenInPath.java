package facesort.delivery.telegram;

import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Puts the token into the path below everything that logs, traces or names addresses in exceptions:
 * the client above only ever knows {@code https://host/sendPhoto}.
 */
final class TokenInPath implements ClientHttpConnector {

  private final ClientHttpConnector wire;
  private final String token;

  TokenInPath(ClientHttpConnector wire, String token) {
    this.wire = wire;
    this.token = token;
  }

  @Override
  public Mono<ClientHttpResponse> connect(
      HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
    var path = uri.getRawPath();
    int slash = path.lastIndexOf('/');
    var secret = path.substring(0, slash) + "/bot" + token + path.substring(slash);
    return wire.connect(method, uri.resolve(secret), requestCallback);
  }
}
