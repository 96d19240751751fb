package dev.ragstream.server;

import dev.ragstream.core.Filter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for whom: where passages belong to organisations, nobody sees those of another.
 *
 * @param names by id; empty: any id will do, and is the name
 * @param field the metadata that holds a passage's organisation; null: passages are for all
 */
record Organisations(Map<String, String> names, @Nullable String field) {

  static Organisations of(ServerOptions options) {
    return new Organisations(options.organisations(), options.organisationField());
  }

  /**
   * Looks whether there is such an organisation.
   *
   * @param id as the request has it; null where it has none
   * @throws RefusedException where there is not
   */
  void check(@Nullable String id) {
    if (id == null ? field != null : !names.isEmpty() && !names.containsKey(id)) {
      throw new Refusal(
              400,
              id == null ? "the request names no organisation" : "no organisation has this orgId",
              "send the orgId of one in serve.organisations")
          .exception();
    }
  }

  /** What the request may see, out of what it asks for. */
  Filter narrowed(Filter asked, @Nullable String id) {
    check(id);
    if (field == null || id == null) {
      return asked;
    }
    Map<String, String> required = new TreeMap<>(asked.required());
    required.put(field, names.getOrDefault(id, id));
    return new Filter(required);
  }
}
