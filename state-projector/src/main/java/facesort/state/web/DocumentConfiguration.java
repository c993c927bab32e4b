package facesort.state.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document: names as they are answered, and what it is about. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

  /** The document is made by another Jackson than the answers, which has to be told as well. */
  @Bean
  ModelResolver modelResolver() {
    return new ModelResolver(
            Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
        .openapi31(true);
  }

  @Bean
  OpenAPI document() {
    return new OpenAPI()
        .info(
            new Info()
                .title("FaceSort state projector")
                .version("1")
                .description(
                    "Where jobs, photos, deliveries and workers stand. Every answer carries"
                        + " X-Facesort-As-Of (all events before it are in the answer),"
                        + " X-Facesort-Stale and X-Facesort-Source (postgres or store). Errors are"
                        + " problem JSON with a code; 503 carries Retry-After."));
  }
}
