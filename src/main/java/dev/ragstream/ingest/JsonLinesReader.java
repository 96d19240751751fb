package dev.ragstream.ingest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON Lines: a section for each line; a line that is no JSON is named in a warning. */
final class JsonLinesReader implements DocumentReader {

  private static final int NAMED = 5;

  private final JsonMapper mapper = new JsonMapper();
  private final TextDecoder decoder;
  private final FieldMapping mapping;
  private final Limits limits;

  JsonLinesReader(TextDecoder decoder, FieldMapping mapping, Limits limits) {
    this.decoder = decoder;
    this.mapping = mapping;
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    Rows rows = new Rows(file.source(), mapping, limits);
    List<Integer> broken = new ArrayList<>();
    Iterator<String> lines = decoder.decode(file).lines().iterator();
    for (int number = 1; lines.hasNext(); number++) {
      String line = lines.next();
      if (!line.isBlank()) {
        try {
          rows.add(JsonFields.of(mapper.readTree(line)));
        } catch (JacksonException e) {
          broken.add(number);
        }
      }
    }
    if (!broken.isEmpty() && rows.sections().isEmpty()) {
      throw Unreadable.because(
          "%s has no line that is valid JSON".formatted(file.source()),
          "write one JSON object to a line, or name the file .json if it is one value");
    }
    return new Document(file.name(), Map.of(), rows.sections(), warnings(file, broken, rows));
  }

  private static List<String> warnings(SourceFile file, List<Integer> broken, Rows rows) {
    if (broken.isEmpty()) {
      return rows.warnings();
    }
    String named = Numbers.ranges(broken.subList(0, Math.min(NAMED, broken.size())));
    String more = broken.size() > NAMED ? " and %d more".formatted(broken.size() - NAMED) : "";
    List<String> warnings = new ArrayList<>(rows.warnings());
    warnings.add(
        "%s: line %s%s of it is no valid JSON and was left out; mend it and index again"
            .formatted(file.source(), named, more));
    return warnings;
  }
}
