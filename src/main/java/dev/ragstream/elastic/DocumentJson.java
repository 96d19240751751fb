package dev.ragstream.elastic;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.core.TextAnalysis;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Spells what {@link OwnLayout} lays out. */
record DocumentJson(TextAnalysis analysis) {

  private static final JsonFactory JSON = new JsonFactory();

  byte[] chunk(EmbeddedChunk embedded, long generation) {
    Chunk chunk = embedded.chunk();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
    try (JsonGenerator json = generator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty(OwnLayout.ID, chunk.id());
      json.writeStringProperty(OwnLayout.SOURCE, chunk.source());
      json.writeStringProperty(OwnLayout.TITLE, chunk.title());
      json.writeStringProperty(OwnLayout.TEXT, chunk.text());
      json.writeStringProperty(
          OwnLayout.WORDS, String.join(" ", analysis.passageTerms(chunk.searchableText())));
      json.writeObjectPropertyStart(OwnLayout.METADATA);
      for (Map.Entry<String, String> entry : chunk.metadata().entrySet()) {
        json.writeStringProperty(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeArrayPropertyStart(OwnLayout.FACTS);
      for (String fact : Facts.of(chunk)) {
        json.writeString(fact);
      }
      json.writeEndArray();
      if (embedded.vector() != null) {
        json.writeArrayPropertyStart(OwnLayout.VECTOR);
        for (float value : embedded.vector()) {
          json.writeNumber(value);
        }
        json.writeEndArray();
      }
      json.writeNumberProperty(OwnLayout.GENERATION, generation);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  static byte[] record(StoredDocument document, long generation, int place) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = generator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty(OwnLayout.RECORD, document.source());
      json.writeStringProperty(OwnLayout.FINGERPRINT, document.fingerprint());
      json.writeNumberProperty(OwnLayout.CHUNKS, document.chunks());
      json.writeNumberProperty(OwnLayout.GENERATION, generation);
      json.writeNumberProperty(OwnLayout.PLACE, place);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static JsonGenerator generator(ByteArrayOutputStream bytes) {
    return JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
  }
}
