package facesort.state.web;

import facesort.state.readmodel.ReadModel;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Says on every answer how current the read model was when the question came, before anything is
 * read: what is read later can only be newer. Who answers from elsewhere says so instead.
 */
@Component
class AsOfFilter implements WebFilter {

  /** Request attribute with the {@link facesort.state.readmodel.AsOf}. */
  static final String ATTRIBUTE = "facesort.as-of";

  private final ReadModel readModel;

  AsOfFilter(ReadModel readModel) {
    this.readModel = readModel;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (exchange.getRequest().getPath().value().startsWith("/v1/")) {
      var asOf = readModel.asOf();
      exchange.getAttributes().put(ATTRIBUTE, asOf);
      Currency.write(exchange.getResponse().getHeaders(), asOf, Currency.POSTGRES);
    }
    return chain.filter(exchange);
  }
}
