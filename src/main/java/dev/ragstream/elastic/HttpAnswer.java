package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.http.TransportHttpClient;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.MissingRequiredPropertyException;
import jakarta.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the client could not use.
 *
 * @param product what the header {@code X-Elastic-Product} names
 */
record HttpAnswer(int status, @Nullable String product, String body) {

  private static final String PRODUCT = "X-Elastic-Product";

  static HttpAnswer of(TransportHttpClient.Response response) {
    return new HttpAnswer(response.statusCode(), response.header(PRODUCT), body(response));
  }

  static HttpAnswer of(Response response) {
    return new HttpAnswer(
        response.getStatusCode(), response.getHeader(PRODUCT), body(response.getEntity()));
  }

  /** Only Elasticsearch names itself, in each answer since version 7.14. */
  boolean isOfElasticsearch() {
    return "Elasticsearch".equals(product);
  }

  /** What Elasticsearch says in the body of an error; empty for all other bodies. */
  Optional<ErrorCause> error() {
    if (status < 400 || body.isBlank()) {
      return Optional.empty();
    }
    Jackson3JsonpMapper mapper = new Jackson3JsonpMapper();
    try (var parser =
        mapper
            .jsonProvider()
            .createParser(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))) {
      return Optional.of(ErrorResponse._DESERIALIZER.deserialize(parser, mapper).error());
    } catch (JsonException | MissingRequiredPropertyException | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  private static String body(TransportHttpClient.Response response) {
    try {
      BinaryData body = response.body();
      return body == null ? "" : text(body.asInputStream());
    } catch (IOException e) {
      return "";
    }
  }

  private static String body(@Nullable HttpEntity entity) {
    try {
      return entity == null ? "" : text(entity.getContent());
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(InputStream body) throws IOException {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
