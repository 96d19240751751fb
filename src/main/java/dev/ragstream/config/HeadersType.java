package dev.ragstream.config;

import dev.ragstream.core.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * HTTP headers. Any of them may be a key, so all values are secrets; as text each header stands in
 * a line of its own.
 */
record HeadersType() implements ValueType {

  /** A token of <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110</a>. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  @Override
  public String accepts() {
    return "headers such as {X-Team: search}";
  }

  @Override
  public Object read(Written written, Setter setter) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    entries(written)
        .forEach((name, value) -> {
          if (!TOKEN.matcher(name).matches()) {
            throw new UnfitException(
                "holds a header name with characters that no header may have", "use " + accepts());
          }
          headers.put(name, Secrets.of(setter.key().name() + "." + name, value, setter));
        });
    return Collections.unmodifiableMap(headers);
  }

  private Map<String, String> entries(Written written) {
    return switch (written) {
      case Written.Text(var text) -> lines(text);
      case Written.Items _ ->
          throw new UnfitException("takes headers, not a list", "use " + accepts());
      case Written.Entries(var entries) -> entries;
    };
  }

  private Map<String, String> lines(String text) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new UnfitException("holds a header without a :", "write each as Name: value");
      }
      entries.put(line.substring(0, colon).strip(), line.substring(colon + 1));
    }
    return entries;
  }

  @Override
  public Object unset() {
    return Map.of();
  }

  @Override
  public boolean secret() {
    return true;
  }
}
