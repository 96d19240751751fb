package dev.ragstream.config;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an index in an Elasticsearch cluster, by <a
 * href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-create">its
 * rules</a>, and short enough that something can be appended.
 */
public record IndexName(String name) {

  private static final int LONGEST = 200;
  private static final Pattern FORM =
      Pattern.compile("[^-_+\\\\/*?\"<>| ,#:\\s][^\\\\/*?\"<>| ,#:\\s]*");

  /** The name; null for anything else. */
  static @Nullable IndexName parse(String text) {
    boolean fits =
        FORM.matcher(text).matches()
            && text.equals(text.toLowerCase(Locale.ROOT))
            && !text.equals(".")
            && !text.equals("..")
            && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    return fits ? new IndexName(text) : null;
  }

  @Override
  public String toString() {
    return name;
  }
}
