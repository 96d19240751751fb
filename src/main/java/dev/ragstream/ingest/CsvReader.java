package dev.ragstream.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CSV and TSV: the first line names the columns, each further record is a section. */
final class CsvReader implements DocumentReader {

  private static final String SEPARATORS = ",;\t|";

  private final TextDecoder decoder;
  private final FieldMapping mapping;
  private final Limits limits;

  CsvReader(TextDecoder decoder, FieldMapping mapping, Limits limits) {
    this.decoder = decoder;
    this.mapping = mapping;
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    String text = decoder.decode(file);
    Rows rows = new Rows(file.source(), mapping, limits);
    try (var records =
        de.siegmar.fastcsv.reader.CsvReader.builder()
            .fieldSeparator(file.extension().equals("tsv") ? "\t" : separator(text))
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(text)) {
      List<String> columns = List.of();
      for (CsvRecord record : records) {
        if (columns.isEmpty()) {
          columns = columns(record.getFields());
        } else {
          rows.add(row(columns, record.getFields()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CsvParseException e) {
      throw Unreadable.because(
          "%s is no valid CSV: %s".formatted(file.source(), Unreadable.reason(e)),
          "mend the quotes at that place",
          e);
    }
    return new Document(file.name(), Map.of(), rows.sections(), rows.warnings());
  }

  /** The separator that the first line has most of, outside of quotes. */
  private static String separator(String text) {
    int[] counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    for (int i = 0; i < text.length() && (quoted || text.charAt(i) != '\n'); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      int separator = SEPARATORS.indexOf(c);
      if (separator >= 0 && !quoted) {
        counts[separator]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return SEPARATORS.substring(best, best + 1);
  }

  /** Every column has a name of its own, so that no value is lost. */
  private static List<String> columns(List<String> head) {
    List<String> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : head) {
      String wanted = name.isBlank() ? unnamed(columns.size()) : name.strip();
      String free = taken.add(wanted) ? wanted : wanted + " " + (columns.size() + 1);
      taken.add(free);
      columns.add(free);
    }
    return columns;
  }

  private static Map<String, String> row(List<String> columns, List<String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      row.put(i < columns.size() ? columns.get(i) : unnamed(i), values.get(i));
    }
    return row;
  }

  private static String unnamed(int index) {
    return "column " + (index + 1);
  }
}
