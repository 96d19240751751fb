package dev.ragstream.ingest;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON: a section for each element of a list at the top, or one for the whole. */
final class JsonReader implements DocumentReader {

  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private final TextDecoder decoder;
  private final FieldMapping mapping;
  private final Limits limits;

  JsonReader(TextDecoder decoder, FieldMapping mapping, Limits limits) {
    this.decoder = decoder;
    this.mapping = mapping;
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    Rows rows = new Rows(file.source(), mapping, limits);
    try (JsonParser parser = mapper.createParser(decoder.decode(file))) {
      JsonToken token = parser.nextToken();
      boolean list = token == JsonToken.START_ARRAY;
      if (!list) {
        limits.checkTree(file);
      }
      for (token = list ? parser.nextToken() : token;
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        JsonNode element = mapper.readTree(parser);
        rows.add(JsonFields.of(element));
      }
    } catch (StreamConstraintsException e) {
      throw constraint(file.source(), e);
    } catch (JacksonException e) {
      throw Unreadable.because(
          "%s is no valid JSON: line %d, column %d: %s"
              .formatted(
                  file.source(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          "mend it at that place",
          e);
    }
    return new Document(file.name(), Map.of(), rows.sections(), rows.warnings());
  }

  /** A limit of the parser that the file passes: its depth, or the length of one value. */
  static RuntimeException constraint(String source, StreamConstraintsException e) {
    boolean depth = e.getMessage() != null && e.getMessage().contains("nesting depth");
    return depth
        ? Unreadable.nestedTooDeeply(source)
        : Unreadable.because(
            "%s holds a value that is too long: %s".formatted(source, Unreadable.reason(e)),
            "split the value, or exclude the file",
            e);
  }
}
